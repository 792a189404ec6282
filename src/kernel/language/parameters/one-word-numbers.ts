// Quantities that one word says: "двоих", "полтонны", "тонну".
import { WHICH } from "./date-words.ts";
import type { FoundNumber } from "./found.ts";
import { NUMBER_LEADS, findLead } from "./lead-words.ts";
import { COLLECTIVE_NUMBERS } from "./number-words.ts";
import { toStem } from "./phrase.ts";
import type { Sentence, Span } from "./sentence.ts";
import { wordAt } from "./sentence.ts";
import type { Unit } from "./units.ts";
import { parseUnit } from "./units.ts";

export const PLAIN = {
  kind: "number",
  unit: undefined,
  currency: undefined,
  per: undefined,
  isPrice: false,
  isTotal: false,
  isMeasureOf: false,
  isOn: false,
  isDelta: false,
  isHalf: false,
  isLabel: false,
  isCount: false,
  isPlural: false,
  isApart: false,
  isOfName: false,
  isSpelled: false,
  isScaled: false,
} as const;

/** Amount, unit and end of what one word says: "двоих", "полтонны". */
function toOneWord(sentence: Sentence, span: Span, said: { amount: number; unit: Unit }): FoundNumber {
  const lead = findLead(sentence, span.start, NUMBER_LEADS);
  return { ...PLAIN, ...said, span, core: span, role: lead?.role, leadStart: lead?.start ?? span.start };
}

/** "неделю в Алматы", "на сутки", "a week in Baku"; "за неделю" and "in a week" are times. */
function isStay(sentence: Sentence, at: number): boolean {
  const [before, word, next] = [at - 1, at, at + 1].map((index) => wordAt(sentence, index));
  if (word === "сутки") return before === "на";
  if (word === "неделю")
    return !/^(?:за|через|в|раз|эту|всю)$/.test(before ?? "") && !WHICH.has(toStem(before ?? ""));
  return word === "a" && next === "week" && !/^(?:in|per|once|twice|than|within|times)$/.test(before ?? "");
}

/** "тонну в Казань", "a ton from Sochi"; "за тонну" is what a price is per. */
function isMass(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  const isOne =
    word === "a" ? /^tonn?e?$/.test(wordAt(sentence, at + 1)) : /^(?:тонну|тонна|центнер)$/.test(word);
  return isOne && !/^(?:за|per|в|одна|одну)$/.test(wordAt(sentence, at - 1));
}

/** One, though nobody counts. */
function parseOne(sentence: Sentence, at: number): { span: Span; unit: Unit } | undefined {
  if (!isStay(sentence, at) && !isMass(sentence, at)) return undefined;
  const end = wordAt(sentence, at) === "a" ? at + 2 : at + 1;
  const unit = parseUnit(wordAt(sentence, end - 1));
  return unit && { span: { start: at, end }, unit };
}

export function parseOneWord(sentence: Sentence, at: number): FoundNumber | undefined {
  const word = wordAt(sentence, at);
  const people = parseUnit("people");
  const amount = COLLECTIVE_NUMBERS.get(word);
  if (amount !== undefined && people) {
    const isNamed = parseUnit(wordAt(sentence, at + 1))?.dimension === people.dimension;
    return toOneWord(sentence, { start: at, end: isNamed ? at + 2 : at + 1 }, { amount, unit: people });
  }
  const unit = word.startsWith("пол") && word.length >= 6 ? parseUnit(word.slice(3)) : undefined;
  if (unit) return toOneWord(sentence, { start: at, end: at + 1 }, { amount: 0.5, unit });
  const one = parseOne(sentence, at);
  return one && toOneWord(sentence, one.span, { amount: 1, unit: one.unit });
}
