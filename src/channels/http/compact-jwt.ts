// A JWT as text, judged strictly before any library sees it: libraries forgive loose base64, and what is forgiven makes
// two texts of one token. It proves nothing of who signed.
import { base64url } from "jose";
import { hasDoubleKeys } from "../../kernel/domain/double-keys.ts";
import { isRecord } from "../../kernel/domain/json.ts";

export interface JwtHeader {
  readonly alg: string;
  readonly kid: string | null;
}

/** Far above what identity providers send; a header of 64 KB is an attack on the parser. */
export const MAX_JWT_CHARACTERS = 8_192;
const MAX_KID_CHARACTERS = 256;
const PARTS = 3;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** Keys that the token brings along itself or names where to get, extensions that must be understood, packed content. */
const FORBIDDEN = ["crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "epk", "cty"];

/** Null: not exactly header.claims.signature in their one spelling, or a header that asks for more than a check. */
export function parseCompactJwt(token: string): JwtHeader | null {
  if (token.length > MAX_JWT_CHARACTERS) return null;
  const parts = token.split(".");
  if (parts.length !== PARTS || !parts.every(isCanonical)) return null;
  const [header, claims] = parts.map(parseObject);
  return header && claims ? toHeader(header) : null;
}

/** No padding, no other sign, and the bits that the last sign does not need are zero. */
function isCanonical(part: string): boolean {
  return BASE64URL.test(part) && part.length % 4 !== 1 && base64url.encode(base64url.decode(part)) === part;
}

function parseObject(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(base64url.decode(part));
    const value: unknown = JSON.parse(text);
    return isRecord(value) && !hasDoubleKeys(text) ? value : null;
  } catch {
    // No UTF-8, or no JSON.
    return null;
  }
}

function toHeader(header: Readonly<Record<string, unknown>>): JwtHeader | null {
  const { alg, kid = null, typ = "JWT" } = header;
  if (typeof alg !== "string" || FORBIDDEN.some((name) => Object.hasOwn(header, name))) return null;
  if (typeof typ !== "string" || !/^(application\/)?(at\+)?jwt$/i.test(typ)) return null;
  if (kid !== null && (typeof kid !== "string" || kid === "" || kid.length > MAX_KID_CHARACTERS)) return null;
  return { alg, kid };
}
