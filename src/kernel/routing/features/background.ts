// How often a feature occurs in everyday requests of any topic, so that a small catalogue does not take `please` for a rare word.
import { COMMON_WORDS } from "../data/common-words.ts";
import { toStem } from "../text/stem.ts";
import { toWords } from "../text/normalise.ts";
import { toWordKey } from "./extract.ts";

/** The share of requests that hold the most common word; the others follow Zipf's law. */
const HIGHEST_SHARE = 0.3;
const HALF_AT = 20;

const SHARES = new Map<number, number>();
for (const line of COMMON_WORDS.trim().split("\n")) {
  toWords(line).forEach((word, rank) => {
    const key = toWordKey(toStem(word));
    SHARES.set(key, Math.max(SHARES.get(key) ?? 0, (HIGHEST_SHARE * HALF_AT) / (HALF_AT + rank)));
  });
}

export function backgroundShare(key: number): number {
  return SHARES.get(key) ?? 0;
}
