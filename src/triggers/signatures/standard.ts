// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md : the id is signed too.
import { hmacSha256, isSameSecret } from "../../kernel/domain/hmac.ts";
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";
import { judgeAge } from "./timestamped.ts";

const PREFIX = "whsec_";
const MOST_SIGNATURES = 5;

export const standard: SignatureScheme = {
  name: "standard",
  whenExpired: "unauthenticated",
  verify(request, secret, now) {
    const [id, timestamp, header] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
      request.header(name),
    );
    if (!id || !timestamp || !header) return { valid: false, fault: "missing" };
    const signatures = header.split(" ").filter((item) => item.startsWith("v1,"));
    const isWellFormed =
      /^\d{1,12}$/.test(timestamp) && signatures.length > 0 && signatures.length <= MOST_SIGNATURES;
    const key = toKey(secret);
    if (!isWellFormed || key === null) return { valid: false, fault: "malformed" };
    const expected = `v1,${toBase64(hmacSha256(key, [`${id}.${timestamp}.`, request.body]))}`;
    const matches = signatures.filter((signature) => isSameSecret(signature, expected));
    return matches.length > 0
      ? judgeAge(timestamp, now, `${id}.${timestamp}`)
      : { valid: false, fault: "wrong" };
  },
  findEventId: (request) => request.header("webhook-id"),
};

/** The secret is base64 after its prefix. Null: it is not. */
function toKey(secret: string): Uint8Array | null {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
