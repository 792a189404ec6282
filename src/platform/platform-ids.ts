// Ids and keys from the platform's clock and chance.
import type { Ids } from "../kernel/ports/ids.ts";

/** Crockford's base 32, lower case: https://github.com/ulid/spec */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const CHANCE_LENGTH = 16;

/** The platform's own clock and chance. */
export const platformIds: Ids = {
  ulid() {
    let time = Date.now();
    let head = "";
    for (let n = 0; n < TIME_LENGTH; n += 1) {
      head = (ALPHABET[time % 32] ?? "0") + head;
      time = Math.floor(time / 32);
    }
    return head + toText(CHANCE_LENGTH);
  },
  secret: () => toText(40),
};

function toText(length: number): string {
  let text = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(length))) text += ALPHABET[byte % 32];
  return text;
}
