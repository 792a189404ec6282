// https://docs.stripe.com/webhooks#verify-manually
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";
import { findText } from "./payload-text.ts";
import { verifyTimestamped } from "./timestamped.ts";

export const stripe: SignatureScheme = {
  name: "stripe",
  whenExpired: "unauthenticated",
  verify: (request, secret, now) =>
    verifyTimestamped(request.header("stripe-signature"), { secret, body: request.body, now }),
  findEventId: (_request, payload) => findText(payload, "id"),
};
