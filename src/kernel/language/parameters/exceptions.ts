// Where an exception begins: "кроме", "other than".
import { EXCEPT_WORDS } from "../except-words.ts";
import type { Sentence } from "./sentence.ts";
import { wordAt } from "./sentence.ts";

const PHRASES = EXCEPT_WORDS.map((phrase) => phrase.split(" "));

/** Where its words end when they start at this token; undefined when they do not. */
export function matchException(sentence: Sentence, at: number): number | undefined {
  const found = PHRASES.find((words) => words.every((word, n) => wordAt(sentence, at + n) === word));
  return found && at + found.length;
}
