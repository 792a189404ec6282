// The header form `t=<unix seconds>,v1=<hex>` that our own scheme and Stripe's share, judged more strictly than Stripe's
// library does: it takes a timestamp an hour ahead, and the last of two `t=`.
import { hmacSha256, isSameSecret, toHex } from "../../kernel/domain/hmac.ts";
import type { SignatureVerdict } from "../../kernel/ports/signatures.ts";

export const TOLERANCE_SECONDS = 300;
/** More than one signature: the sender is changing its secret. More than these: somebody is guessing. */
const MOST_SIGNATURES = 5;

export interface SignedParts {
  /** As written: it is part of what was signed. */
  readonly timestamp: string;
  readonly signatures: readonly string[];
}

export function parseTimestamped(header: string): SignedParts | null {
  const items = header.split(",").map((item) => item.trim().split("="));
  const valuesOf = (name: string): string[] =>
    items.filter(([key]) => key === name).map(([, ...rest]) => rest.join("="));
  const [timestamp, ...more] = valuesOf("t");
  const signatures = valuesOf("v1");
  if (timestamp === undefined || more.length > 0 || !/^\d{1,12}$/.test(timestamp)) return null;
  if (signatures.length === 0 || signatures.length > MOST_SIGNATURES) return null;
  return { timestamp, signatures };
}

/** The signature first: only who knows the secret learns that it is too late. */
export function verifyTimestamped(
  header: string | null,
  signed: { secret: string; body: Uint8Array; now: number },
): SignatureVerdict {
  if (header === null || header.trim() === "") return { valid: false, fault: "missing" };
  const parts = parseTimestamped(header);
  if (parts === null) return { valid: false, fault: "malformed" };
  const expected = toHex(hmacSha256(signed.secret, [`${parts.timestamp}.`, signed.body]));
  const matches = parts.signatures.filter((signature) => isSameSecret(signature, expected));
  if (matches.length === 0) return { valid: false, fault: "wrong" };
  return judgeAge(parts.timestamp, signed.now);
}

export function judgeAge(signedAtSeconds: string, now: number, covers = signedAtSeconds): SignatureVerdict {
  const ageSeconds = Math.floor(now / 1000) - Number(signedAtSeconds);
  if (ageSeconds > TOLERANCE_SECONDS) return { valid: false, fault: "expired" };
  if (ageSeconds < -TOLERANCE_SECONDS) return { valid: false, fault: "future" };
  return { valid: true, covers };
}
