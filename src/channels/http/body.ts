// Reads a request's body once, within limits.
import { readWithin } from "../../kernel/domain/read-within.ts";
import { isRecord, isTooDeep, MAX_JSON_DEPTH } from "../../kernel/domain/json.ts";
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
  const tooLarge: Body = { refusal: { reason: "too_large", what: "the body", limitBytes } };
  if (declared > limitBytes) {
    await dropBody(request, declared);
    return tooLarge;
  }
  // HTTP holds a sender to the length it declared: a fifth of the time of a stream.
  if (!isRaw && declared <= limitBytes) return toBody(NO_BYTES, await request.text());
  const bytes =
    declared <= limitBytes
      ? new Uint8Array(await request.arrayBuffer())
      : await readWithin(request.body ?? new Blob().stream(), limitBytes);
  if (bytes === null) return tooLarge;
  const text = new TextDecoder().decode(bytes);
  return isRaw ? { bytes, text, value: {} } : toBody(bytes, text);
}

const DROPPED_BYTES = 16 * MAX_JSON_BYTES;

/** Who is cut off while sending may never read why: what is not far too large is let in and dropped. */
async function dropBody(request: Request, declared: number): Promise<void> {
  if (declared <= DROPPED_BYTES) await request.body?.pipeTo(new WritableStream());
}

function toBody(bytes: Uint8Array, text: string): Body {
  return text.trim() === "" ? { bytes, text, value: {} } : parseJson(text);
}

const TOO_DEEP: Refusal = {
  reason: "bad_request",
  message: {
    en: `The body is nested more than ${MAX_JSON_DEPTH} deep.`,
    ru: `Вложенность тела глубже ${MAX_JSON_DEPTH} уровней.`,
  },
  mend: { en: "Flatten it.", ru: "Сделайте его площе." },
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
        message: { en: `The body is not valid JSON: ${where}.`, ru: `Тело — не правильный JSON: ${where}.` },
        mend: { en: "Send a JSON object.", ru: "Отправьте объект JSON." },
      },
    };
  }
  if (isTooDeep(value)) return { refusal: TOO_DEEP };
  if (!isRecord(value)) {
    return {
      refusal: {
        reason: "bad_request",
        message: { en: "The body is not a JSON object.", ru: "Тело — не объект JSON." },
        mend: { en: 'Send something like {"query": "…"}.', ru: 'Отправьте, например, {"query": "…"}.' },
      },
    };
  }
  return { bytes: NO_BYTES, text, value: { ...value } };
}
