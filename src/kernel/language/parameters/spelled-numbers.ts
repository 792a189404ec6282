// Numbers that are said in words: "двадцать пять", "two hundred fifty", "nineteen hundred", "две двести".
import { SPELLED_NUMBERS } from "./number-words.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";

export interface Magnitude {
  readonly amount: number;
  readonly end: number;
  readonly isSpelled: boolean;
  readonly isScaled: boolean;
}

interface Sum {
  readonly amount: number;
  /** What the last word was worth: the next must be smaller. */
  readonly smallest: number;
  readonly isScaled: boolean;
}

const EMPTY: Sum = { amount: 0, smallest: Number.POSITIVE_INFINITY, isScaled: false };

/** "two hundred", "nineteen hundred", "пять сотен": they multiply what stands before them. */
const HUNDREDS = /^(?:hundred|сотни|сотен)$/;

/** The sum with one more word, or undefined where the word starts another number: "двадцать" + "пять", "two" + "hundred". */
function add({ amount, smallest, isScaled }: Sum, word: string): Sum | undefined {
  const value = SPELLED_NUMBERS.get(word);
  if (value === undefined) return undefined;
  if (HUNDREDS.test(word) && amount >= 1 && amount < 100)
    return { amount: amount * value, smallest: value, isScaled };
  // "две двести", "пять сто": prices without the word for thousands.
  if (value >= 100 && Number.isInteger(amount) && amount > 0 && amount < 10)
    return { amount: amount * 1000 + value, smallest: value, isScaled: true };
  const room = smallest === Number.POSITIVE_INFINITY ? smallest : 10 ** Math.floor(Math.log10(smallest));
  return value < room ? { amount: amount + value, smallest: value, isScaled } : undefined;
}

/** Each word is smaller than the one before, or multiplies it. */
export function parseSpelled(sentence: Sentence, at: number): Magnitude | undefined {
  let sum = EMPTY;
  let end = at;
  for (;;) {
    const index = end > at && textAt(sentence, end) === "-" ? end + 1 : end;
    const next = add(sum, wordAt(sentence, index));
    if (next === undefined) break;
    sum = next;
    end = index + 1;
  }
  if (end === at) return undefined;
  // "half a ton", "a quarter of a ton"
  if (sum.smallest < 1) while (/^(?:an?|of)$/.test(wordAt(sentence, end))) end += 1;
  return { amount: sum.amount, end, isSpelled: true, isScaled: sum.isScaled };
}
