// How often a feature occurs in everyday requests of any topic, so that a small catalogue does not take `please` for a rare word.
import { COMMON_WORDS } from "../data/common-words.ts";
import { EVERYDAY_KINDS, toTerm } from "../text/terms.ts";
import { toWords } from "../text/normalise.ts";
import { toWordKey } from "./extract.ts";

/** The share of requests that hold the most common word; the others follow Zipf's law. */
const HIGHEST_SHARE = 0.3;
const HALF_AT = 20;

const SHARES = new Map<number, number>();
for (const line of COMMON_WORDS.trim().split("\n")) {
  toWords(line).forEach((word, rank) => {
    const key = toWordKey(toTerm(word));
    SHARES.set(key, Math.max(SHARES.get(key) ?? 0, (HIGHEST_SHARE * HALF_AT) / (HALF_AT + rank)));
  });
}

/** That a place or a number is named says as little as `time` or `day`; that a person is, says more. */
const KIND_SHARE = 0.12;
for (const kind of EVERYDAY_KINDS) SHARES.set(toWordKey(kind), KIND_SHARE);

export function backgroundShare(key: number): number {
  return SHARES.get(key) ?? 0;
}
