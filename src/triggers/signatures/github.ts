// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries : no timestamp, so nothing expires.
import { hmacSha256, isSameSecret, toHex } from "../../kernel/domain/hmac.ts";
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";

export const github: SignatureScheme = {
  name: "github",
  whenExpired: "unauthenticated",
  verify(request, secret) {
    const header = request.header("x-hub-signature-256");
    if (header === null || header === "") return { valid: false, fault: "missing" };
    if (!/^sha256=[0-9a-f]{64}$/.test(header)) return { valid: false, fault: "malformed" };
    const expected = `sha256=${toHex(hmacSha256(secret, [request.body]))}`;
    return isSameSecret(header, expected) ? { valid: true, covers: "" } : { valid: false, fault: "wrong" };
  },
  findEventId: (request) => request.header("x-github-delivery"),
};
