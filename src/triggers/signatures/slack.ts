// https://docs.slack.dev/authentication/verifying-requests-from-slack
import { hmacSha256, isSameSecret, toHex } from "../../kernel/domain/hmac.ts";
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";
import { findText } from "./payload-text.ts";
import { judgeAge } from "./timestamped.ts";

export const slack: SignatureScheme = {
  name: "slack",
  whenExpired: "unauthenticated",
  verify(request, secret, now) {
    const [header, timestamp] = [
      request.header("x-slack-signature"),
      request.header("x-slack-request-timestamp"),
    ];
    if (!header || !timestamp) return { valid: false, fault: "missing" };
    if (!/^v0=[0-9a-f]{64}$/.test(header) || !/^\d{1,12}$/.test(timestamp))
      return { valid: false, fault: "malformed" };
    const expected = `v0=${toHex(hmacSha256(secret, [`v0:${timestamp}:`, request.body]))}`;
    return isSameSecret(header, expected) ? judgeAge(timestamp, now) : { valid: false, fault: "wrong" };
  },
  findEventId: (_request, payload) => findText(payload, "event_id"),
  answerHandshake(payload) {
    const challenge = findText(payload, "challenge");
    return findText(payload, "type") === "url_verification" && challenge !== null ? { challenge } : null;
  },
};
