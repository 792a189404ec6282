// From a text to its features: terms, pairs of terms, character n-grams of whole words. It never knows which of them the catalogue has.
import { isKind, toTerm } from "../text/terms.ts";
import { addToHash, toHash, toKey } from "./hash.ts";
import { KeyCounts } from "./key-counts.ts";

export const GROUPS = ["words", "pairs", "characters"] as const;

const SEEDS: readonly [number, number, number] = [0x811c9dc5, 0x1b873593, 0x2545f491];
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
const SEPARATOR = 0x20;
const WORD_START = 0x3c;
const WORD_END = 0x3e;

/** Feature keys with their counts, group after group. */
export interface Features {
  readonly keys: Uint32Array;
  readonly counts: Uint32Array;
  /** Where each group ends in keys. */
  readonly ends: readonly [number, number, number];
}

/** Kept empty between calls. */
const counting = { words: new KeyCounts(), pairs: new KeyCounts(), grams: new KeyCounts() };

/** `terms` are those of the words, or what they were meant to be: n-grams are cut from words as they were written. */
export function toFeatures(words: readonly string[], terms: readonly string[] = words.map(toTerm)): Features {
  const { words: singles, pairs, grams } = counting;
  for (const term of terms) singles.add(toWordKey(term));
  let before = "";
  for (const term of [...terms, ""]) {
    pairs.add(toKey(toHash(addToHash(toHash(SEEDS[1], before), SEPARATOR), term)));
    before = term;
  }
  words.forEach((word, at) => {
    if (!isKind(terms[at] ?? "")) countGrams(grams, word);
  });
  return takeFeatures();
}

function takeFeatures(): Features {
  const { words, pairs, grams } = counting;
  const ends: Features["ends"] = [
    words.keys.length,
    words.keys.length + pairs.keys.length,
    words.keys.length + pairs.keys.length + grams.keys.length,
  ];
  // One piece of memory for both: asking for it is most of the time of a short text.
  const both = new Uint32Array(2 * ends[2]);
  const keys = both.subarray(0, ends[2]);
  const counts = both.subarray(ends[2]);
  [words, pairs, grams].forEach((group, number) => {
    const start = number === 0 ? 0 : (ends[number - 1] ?? 0);
    keys.set(group.keys, start);
    counts.set(group.counts, start);
    group.clear();
  });
  return { keys, counts, ends };
}

export function toWordKey(term: string): number {
  return toKey(toHash(SEEDS[0], term));
}

/** The longest n-gram that ends a word: two words of one stem differ in it. */
export function toEndingKey(word: string): number {
  let hash = SEEDS[2];
  for (const letter of word.slice(1 - LONGEST_GRAM)) hash = addToHash(hash, letter.charCodeAt(0));
  return toKey(addToHash(hash, WORD_END));
}

function countGrams(counts: KeyCounts, word: string): void {
  const last = word.length + 1;
  for (let start = 0; start + SHORTEST_GRAM - 1 <= last; start++) {
    let hash = SEEDS[2];
    for (let at = start; at <= last && at - start < LONGEST_GRAM; at++) {
      hash = addToHash(hash, at === 0 ? WORD_START : at === last ? WORD_END : word.charCodeAt(at - 1));
      if (at - start + 1 >= SHORTEST_GRAM) counts.add(toKey(hash));
    }
  }
}
