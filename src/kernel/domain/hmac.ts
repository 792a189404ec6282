// Keyed digests and their comparison. `node:crypto` because it is synchronous and compares in constant time.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

type Bytes = string | Uint8Array;

export function hmacSha256(secret: Bytes, parts: readonly Bytes[]): Uint8Array {
  const mac = createHmac("sha256", secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** SHA-256 of the parts one after another, lower-case hex. */
export function sha256OfParts(parts: readonly Bytes[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** Whether two secrets are the same text, in a time that tells neither where they differ nor how long they are. */
export function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
