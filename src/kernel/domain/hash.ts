// SHA-256 of text. `node:crypto` because it is synchronous: a plan is hashed on the way of every request.
import { createHash } from "node:crypto";

/** Lower-case hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Length of the forms that people see. */
const SHORT = 16;

export function toShortHash(text: string): string {
  return sha256(text).slice(0, SHORT);
}
