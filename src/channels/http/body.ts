// Reads a request's body once, within limits.
import { isTooDeep, MAX_JSON_DEPTH } from "../../kernel/domain/json.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";

export const MAX_JSON_BYTES = 1_048_576;

export type Body =
  | { readonly bytes: Uint8Array; readonly text: string; readonly value: Readonly<Record<string, unknown>> }
  | { readonly refusal: Refusal };

const NO_BYTES = new Uint8Array();
const EMPTY: Body = { bytes: NO_BYTES, text: "", value: {} };

export async function readBody(request: Request, how: { isRaw: boolean; limitBytes: number }): Promise<Body> {
  const { isRaw, limitBytes } = how;
  if (request.method === "GET" || request.method === "HEAD") return EMPTY;
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > limitBytes) return { refusal: { reason: "too_large", what: "the body", limitBytes } };
  // HTTP holds a sender to the length it declared: a fifth of the time of bytes and a decoder.
  if (!isRaw && declared <= limitBytes) return toBody(NO_BYTES, await request.text());
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > limitBytes) return { refusal: { reason: "too_large", what: "the body", limitBytes } };
  const text = new TextDecoder().decode(bytes);
  return isRaw ? { bytes, text, value: {} } : toBody(bytes, text);
}

function toBody(bytes: Uint8Array, text: string): Body {
  return text.trim() === "" ? { bytes, text, value: {} } : parseJson(text);
}

const TOO_DEEP: Refusal = {
  reason: "bad_request",
  message: `The body is nested more than ${MAX_JSON_DEPTH} deep.`,
  mend: "Flatten it.",
};

function parseJson(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? error.message : "";
    return {
      refusal: {
        reason: "bad_request",
        message: `The body is not valid JSON: ${where}.`,
        mend: "Send a JSON object.",
      },
    };
  }
  if (isTooDeep(value)) return { refusal: TOO_DEEP };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return {
      refusal: {
        reason: "bad_request",
        message: "The body is not a JSON object.",
        mend: 'Send something like {"query": "…"}.',
      },
    };
  }
  return { bytes: NO_BYTES, text, value: { ...value } };
}
