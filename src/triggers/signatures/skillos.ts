// `X-SkillOS-Signature: t=<unix>,v1=<hex>`: HMAC-SHA256 over `{t}.{raw body}`, good for 300 seconds (PRD, US-042).
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";
import { verifyTimestamped } from "./timestamped.ts";

export const skillos: SignatureScheme = {
  name: "skillos",
  whenExpired: "gone",
  verify: (request, secret, now) =>
    verifyTimestamped(request.header("x-skillos-signature"), { secret, body: request.body, now }),
  // Named in a header that the specification leaves unsigned: a delivery is held to its signature too.
  findEventId: (request) => request.header("x-skillos-event-id"),
};
