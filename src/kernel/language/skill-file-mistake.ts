// A mistake in a file: its place, a rule, and words in both languages that say what is wrong and how to mend it.
import type { BothLanguages } from "../domain/text.ts";
import type { FileMistake, Position } from "../domain/refusal.ts";

const MAX_MISTAKES = 100;

export interface MistakeWords {
  readonly rule: string;
  readonly message: BothLanguages;
  readonly mend: BothLanguages;
}

/** What a place in a text has against it. */
export interface Slip extends MistakeWords {
  /** Of the text. */
  readonly offset: number;
}

export function toMistakeWords(rule: string, message: BothLanguages, mend: BothLanguages): MistakeWords {
  return { rule, message, mend };
}

export function toWrongName(message: BothLanguages): MistakeWords {
  const mend = { ru: "Латинские буквы, цифры и _.", en: "Use Latin letters, digits and _." };
  return toMistakeWords("wrong_name", message, mend);
}

export function toMistake(at: Position, words: MistakeWords): FileMistake {
  return { at, ...words };
}

/** In file order, each once. */
export function toOrdered(mistakes: readonly FileMistake[]): readonly FileMistake[] {
  const once = new Map(
    mistakes.map((mistake) => [JSON.stringify([mistake.at, mistake.rule, mistake.message]), mistake]),
  );
  return [...once.values()]
    .sort((left, right) => left.at.line - right.at.line || left.at.column - right.at.column)
    .slice(0, MAX_MISTAKES);
}

/** A value as its author wrote it. A map may have a key named toString: text is never made by its own methods. */
export const toWritten = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);
