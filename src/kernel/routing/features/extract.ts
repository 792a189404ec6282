// From a text to its features: terms, pairs of terms, character n-grams of whole words. It never knows which of them the catalogue has.
import { isKind, toTerm } from "../text/terms.ts";
import { addToHash, toHash, toKey } from "./hash.ts";

export const GROUPS = ["words", "pairs", "characters"] as const;
export const GROUP_WEIGHTS: readonly number[] = [1, 0.5, 1];

const SEEDS: readonly [number, number, number] = [0x811c9dc5, 0x1b873593, 0x2545f491];
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
const SEPARATOR = 0x20;
const WORD_START = 0x3c;
const WORD_END = 0x3e;

/** Feature keys with their counts, one map per group. */
export type Features = readonly [
  ReadonlyMap<number, number>,
  ReadonlyMap<number, number>,
  ReadonlyMap<number, number>,
];

/** `terms` are those of the words, or what they were meant to be: n-grams are cut from words as they were written. */
export function toFeatures(words: readonly string[], terms: readonly string[] = words.map(toTerm)): Features {
  const singles = new Map<number, number>();
  const pairs = new Map<number, number>();
  const grams = new Map<number, number>();
  for (const term of terms) count(singles, toWordKey(term));
  let before = "";
  for (const term of [...terms, ""]) {
    count(pairs, toKey(toHash(addToHash(toHash(SEEDS[1], before), SEPARATOR), term)));
    before = term;
  }
  words.forEach((word, at) => {
    if (!isKind(terms[at] ?? "")) countGrams(grams, word);
  });
  return [singles, pairs, grams];
}

export function toWordKey(term: string): number {
  return toKey(toHash(SEEDS[0], term));
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countGrams(counts: Map<number, number>, word: string): void {
  const last = word.length + 1;
  for (let start = 0; start + SHORTEST_GRAM - 1 <= last; start++) {
    let hash = SEEDS[2];
    for (let at = start; at <= last && at - start < LONGEST_GRAM; at++) {
      hash = addToHash(hash, at === 0 ? WORD_START : at === last ? WORD_END : word.charCodeAt(at - 1));
      if (at - start + 1 >= SHORTEST_GRAM) count(counts, toKey(hash));
    }
  }
}
