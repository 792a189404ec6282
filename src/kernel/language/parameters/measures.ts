// What stands around the digits of an amount: its unit or currency, what a price is per, and the signs that it is no quantity at all.
import { parseCurrency } from "./currencies.ts";
import { ATTACHED_SCALES, SCALES } from "./number-words.ts";
import { parseMagnitude } from "./magnitudes.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { Unit } from "./units.ts";
import { parseUnit, toFieldUnit, toRounded } from "./units.ts";

export interface Measure {
  readonly unit?: Unit | undefined;
  readonly currency?: string | undefined;
  readonly end: number;
}

function skipDot(sentence: Sentence, at: number): number {
  return textAt(sentence, at) === "." && isAttached(sentence, at) ? at + 1 : at;
}

/** "3-х", "2-мя", "40-ish": an ending, not a unit. */
function skipCaseEnding(sentence: Sentence, at: number): number {
  if (wordAt(sentence, at) === "ish" && isAttached(sentence, at)) return at + 1;
  const isEnding = textAt(sentence, at) === "-" && /^(?:х|ух|ти|мя|ю|ish)$/.test(wordAt(sentence, at + 1));
  return isEnding && isAttached(sentence, at + 1) ? at + 2 : at;
}

export function parseMeasure(sentence: Sentence, magnitudeEnd: number): Measure {
  const at = skipCaseEnding(sentence, magnitudeEnd);
  // "7-day", "3-дневный"
  const isHyphen = textAt(sentence, at) === "-" && isAttached(sentence, at) && isAttached(sentence, at + 1);
  const start = isHyphen ? at + 1 : at;
  const currency = parseCurrency(sentence, start);
  if (currency) return { currency: currency.code, end: currency.end };
  const unit = parseUnit(textAt(sentence, start));
  // "6 of us"
  if (wordAt(sentence, start) === "of" && /^(?:us|them)$/.test(wordAt(sentence, start + 1)))
    return { unit: parseUnit("people"), end: start + 2 };
  return unit ? { unit, end: start + 1 } : { end: at };
}

const RECURRING = /^(?:night|day|24 hours|hour|week|month)$/;

/** "6 тыс сутки", "5000 руб ночь": an amount of money has no duration, so it is the price of one. */
function parseBarePer(sentence: Sentence, at: number): { per: Unit; end: number } | undefined {
  const per = parseUnit(wordAt(sentence, at));
  return per && RECURRING.test(per.name) ? { per, end: at + 1 } : undefined;
}

/** "per 100 g", "/100g", "за 100 грамм"; "за 40 кг" is what all of them cost. */
function parseCountedPer(sentence: Sentence, at: number): { per: Unit; end: number } | undefined {
  const word = textAt(sentence, at);
  const count = /^(?:\/|per|за)$/.test(word) ? parseMagnitude(sentence, at + 1) : undefined;
  const unit = count && parseUnit(wordAt(sentence, count.end));
  if (count === undefined || unit?.dimension !== "mass" || !(count.amount > 0)) return undefined;
  if (word === "за" && unit.factor >= 1) return undefined;
  const { name, dimension, factor } = unit;
  const per = { name: `${count.amount} ${name}`, dimension, factor: toRounded(factor * count.amount) };
  return { per, end: count.end + 1 };
}

/** "/кг", "за 1 кг", "per kg", "a kilo", "с человека", "в сутки". */
export function parsePer(
  sentence: Sentence,
  measure: Measure,
  amount: { readonly start: number; readonly isAmount: boolean },
): { per: Unit; end: number } | undefined {
  const start = skipDot(sentence, measure.end);
  const bare = amount.isAmount ? parseBarePer(sentence, measure.unit ? amount.start : start) : undefined;
  if (bare) return bare;
  // "20 тысяч на человека"
  const isEach =
    textAt(sentence, start) === "на" && /^(?:человека|чел|каждого|одного)$/.test(wordAt(sentence, start + 1));
  if (isEach && amount.isAmount) return { per: toFieldUnit("people"), end: start + 2 };
  if (!/^(?:\/|за|в|per|a|an|each|every|с|со|the)$/.test(textAt(sentence, start))) return undefined;
  const counted = parseCountedPer(sentence, start);
  if (counted) return counted;
  const isOne = /^(?:a|an|один|одну|каждый|каждую|1)$/.test(textAt(sentence, start + 1));
  const unitAt = isOne ? start + 2 : start + 1;
  const per = parseUnit(wordAt(sentence, unitAt));
  return per ? { per, end: unitAt + 1 } : undefined;
}

/** "цена за кг 1900", "price per kg: 1900". */
export function parsePerBefore(sentence: Sentence, start: number): Unit | undefined {
  const at = /^[:=—-]$/.test(textAt(sentence, start - 1)) ? start - 2 : start - 1;
  const unit = parseUnit(wordAt(sentence, at));
  return unit && /^(?:за|per|\/)$/.test(textAt(sentence, at - 1)) ? unit : undefined;
}

/** "$50", "RUB 4500". */
export function findPrefix(
  sentence: Sentence,
  start: number,
): { currency: string; start: number } | undefined {
  // A word before a number is its currency only as a sign or a code: "курс доллара 5 декабря" names no five dollars.
  if (!/^(?:\p{Sc}|[a-z]{3})$/u.test(textAt(sentence, start - 1))) return undefined;
  for (const at of [start - 1, start - 2]) {
    const mention = at >= 0 ? parseCurrency(sentence, at) : undefined;
    if (mention?.end === start) return { currency: mention.code, start: at };
  }
  return undefined;
}

/** "iPhone15", "Q3": the digits belong to a name. */
function isNameBefore(sentence: Sentence, start: number): boolean {
  const isTouching = isAttached(sentence, start) && wordAt(sentence, start - 1) !== "";
  return isTouching && parseCurrency(sentence, start - 1) === undefined;
}

function isKnownAfter(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  const isScale = SCALES.has(word) || ATTACHED_SCALES.has(word) || /^(?:х|x|ish)$/.test(word);
  return isScale || parseUnit(word) !== undefined || parseCurrency(sentence, at) !== undefined;
}

/** "2-й", "44-ФЗ", "5-figure", "4-star"; but "3-х", "7-day", "200-kg". */
function isAdjective(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (word === "" || !isAttached(sentence, at) || /^(?:х|ух|ех|ти|мя|ю|ish)$/.test(word)) return false;
  const unit = parseUnit(word);
  return unit === undefined ? !isKnownAfter(sentence, at) : unit.dimension === "star";
}

/** Model names, ordinals, times, laws and fractions hold digits but are not quantities. */
export function isNoQuantity(sentence: Sentence, start: number, end: number): boolean {
  if (isNameBefore(sentence, start)) return true;
  if (!isAttached(sentence, end)) return false;
  const after = textAt(sentence, end);
  if (after === "/" && parseCountedPer(sentence, end)) return false;
  if (/^[/:]$/.test(after)) return /^\d/.test(textAt(sentence, end + 1));
  if (after === "-") return isAdjective(sentence, end + 1);
  return wordAt(sentence, end) !== "" && !isKnownAfter(sentence, end);
}
