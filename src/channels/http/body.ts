// Reads a request's body once, within limits.
import type { Refusal } from "../../kernel/domain/refusal.ts";

export const MAX_JSON_BYTES = 1_048_576;

export type Body = { readonly text: string; readonly value: Readonly<Record<string, unknown>> } | { readonly refusal: Refusal };

const EMPTY: Body = { text: "", value: {} };

export async function readBody(request: Request, how: { isRaw: boolean; limitBytes: number }): Promise<Body> {
  const { isRaw, limitBytes } = how;
  if (request.method === "GET" || request.method === "HEAD" || request.body === null) return EMPTY;
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limitBytes) return { refusal: { reason: "too_large", what: "the body", limitBytes } };
  const text = await request.text();
  // Characters, not bytes: a body within the byte limit can only be shorter.
  if (text.length > limitBytes) return { refusal: { reason: "too_large", what: "the body", limitBytes } };
  if (isRaw || text.trim() === "") return { text, value: {} };
  return parseJson(text);
}

function parseJson(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? error.message : "";
    return { refusal: { reason: "bad_request", message: `The body is not valid JSON: ${where}.`, mend: "Send a JSON object." } };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { refusal: { reason: "bad_request", message: "The body is not a JSON object.", mend: 'Send something like {"query": "…"}.' } };
  }
  return { text, value: { ...value } };
}
