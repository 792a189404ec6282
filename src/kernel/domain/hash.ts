// SHA-256 of text. `node:crypto` because it is synchronous: a plan is hashed on the way of every request.
import { hash } from "node:crypto";

/** Lower-case hex. In one shot: a quarter of the time of `createHash`, which makes a stream (9 against 32 µs). */
export function sha256(content: string | Uint8Array): string {
  return hash("sha256", content, "hex");
}

/** Length of the forms that people see. */
const SHORT = 16;

export function toShortHash(text: string): string {
  return sha256(text).slice(0, SHORT);
}
