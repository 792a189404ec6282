// Quantities and amounts in a sentence: magnitude, unit, currency, and what a price is per. Which field takes one is decided elsewhere.
import { parseCurrency } from "./currencies.ts";
import type { FoundNumber, Role } from "./found.ts";
import { NUMBER_LEADS, PRICE_LEADS, findLead } from "./lead-words.ts";
import { parseMagnitude } from "./magnitudes.ts";
import { ATTACHED_SCALES, COLLECTIVE_NUMBERS, SCALES } from "./number-words.ts";
import { toPhrase } from "./phrase.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { Unit } from "./units.ts";
import { parseUnit, toRounded } from "./units.ts";

interface Measured {
  readonly unit?: Unit | undefined;
  readonly currency?: string | undefined;
  readonly end: number;
}

function skipDot(sentence: Sentence, at: number): number {
  return textAt(sentence, at) === "." && isAttached(sentence, at) ? at + 1 : at;
}

/** "3-х", "2-мя": a case ending, not a unit. */
function skipCaseEnding(sentence: Sentence, at: number): number {
  return textAt(sentence, at) === "-" && /^(?:х|ух|ти|мя|ю)$/.test(wordAt(sentence, at + 1)) && isAttached(sentence, at + 1) ? at + 2 : at;
}

function parseMeasure(sentence: Sentence, at: number): Measured {
  const start = textAt(sentence, at) === "-" && isAttached(sentence, at) && isAttached(sentence, at + 1) ? at + 1 : at;
  const currency = parseCurrency(sentence, start);
  if (currency) return { currency: currency.code, end: currency.end };
  const text = textAt(sentence, start);
  const word = text === "%" ? text : wordAt(sentence, start);
  const unit = word === "" ? undefined : parseUnit(word);
  // "5 л.с.", "в 2026 г.": left to others.
  return unit ? { unit, end: start + 1 } : { end: at };
}

/** "/кг", "за 1 кг", "per kg", "a kilo", "с человека". */
function parsePer(sentence: Sentence, at: number): { per: Unit; end: number } | undefined {
  const start = skipDot(sentence, at);
  const lead = textAt(sentence, start);
  if (!/^(?:\/|за|per|a|an|each|every|с|со|the)$/.test(lead)) return undefined;
  const afterArticle = /^(?:a|an|один|одну|каждый|каждую)$/.test(wordAt(sentence, start + 1)) || textAt(sentence, start + 1) === "1" ? start + 2 : start + 1;
  const per = parseUnit(wordAt(sentence, afterArticle));
  return per ? { per, end: afterArticle + 1 } : undefined;
}

/** "цена за кг 1900", "price per kg: 1900". */
function parsePerBefore(sentence: Sentence, start: number): Unit | undefined {
  const at = /^[:=—-]$/.test(textAt(sentence, start - 1)) ? start - 2 : start - 1;
  const unit = parseUnit(wordAt(sentence, at));
  return unit && /^(?:за|per|\/)$/.test(textAt(sentence, at - 1)) ? unit : undefined;
}

/** Model names, ordinals, times and fractions hold digits but are not quantities. */
function isNotQuantity(sentence: Sentence, start: number, end: number): boolean {
  if (isAttached(sentence, start) && wordAt(sentence, start - 1) !== "" && parseCurrency(sentence, start - 1) === undefined) return true;
  const after = textAt(sentence, end);
  const isTouching = isAttached(sentence, end);
  if (isTouching && (after === "/" || after === ":") && /^\d/.test(textAt(sentence, end + 1))) return true;
  if (isTouching && after === "-" && /^(?:й|я|е|го|му|ой|ая|ый|м|фз|fz)$/.test(wordAt(sentence, end + 1))) return true;
  if (!isTouching || wordAt(sentence, end) === "") return false;
  const isKnown = parseUnit(after) !== undefined || SCALES.has(after) || ATTACHED_SCALES.has(after) || parseCurrency(sentence, end) !== undefined || after === "х" || after === "x";
  return !isKnown;
}

function findPrefix(sentence: Sentence, start: number): { currency: string; start: number } | undefined {
  for (const at of [start - 1, start - 2]) {
    const mention = at >= 0 ? parseCurrency(sentence, at) : undefined;
    // A word before a number is its currency only as a sign or a code: "курс доллара 5 декабря" names no five dollars.
    const isSign = /^(?:\p{Sc}|\$|[a-z]{3})$/u.test(textAt(sentence, start - 1));
    if (mention?.end === start && isSign) return { currency: mention.code, start: at };
  }
  return undefined;
}

/** "-5", not the range "1-5". */
function isNegative(sentence: Sentence, start: number): boolean {
  const before = sentence.tokens[start - 2];
  const isFree = before === undefined || !isAttached(sentence, start - 1);
  return textAt(sentence, start - 1) === "-" && isAttached(sentence, start) && isFree;
}

function parseCollective(sentence: Sentence, at: number): FoundNumber | undefined {
  const amount = COLLECTIVE_NUMBERS.get(wordAt(sentence, at));
  const unit = parseUnit("people");
  if (amount === undefined) return undefined;
  const lead = findLead(sentence, at, NUMBER_LEADS);
  const isMeasured = parseUnit(wordAt(sentence, at + 1))?.dimension === "people";
  const span = { start: at, end: isMeasured ? at + 2 : at + 1 };
  return { ...PLAIN, amount, span, core: span, unit, role: lead?.role, leadStart: lead?.start ?? at };
}

const TOTAL_LEADS = new Set(["на сумму", "суммой", "в сумме"].map((words) => toPhrase(words).join(" ")));

const PLAIN = {
  kind: "number",
  unit: undefined,
  currency: undefined,
  per: undefined,
  isPrice: false,
  isTotal: false,
  isLabel: false,
  isCount: false,
  isSpelled: false,
  isScaled: false,
} as const;

function isPlainWord(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return word !== "" && !isFunctionWord(word);
}

/** "полтонны", "полкило": number and unit in one word. */
function parseHalfUnit(sentence: Sentence, at: number): FoundNumber | undefined {
  const word = wordAt(sentence, at);
  const unit = word.startsWith("пол") && word.length >= 6 ? parseUnit(word.slice(3)) : undefined;
  if (unit === undefined) return undefined;
  const lead = findLead(sentence, at, NUMBER_LEADS);
  const span = { start: at, end: at + 1 };
  return { ...PLAIN, amount: 0.5, span, core: span, unit, role: lead?.role, leadStart: lead?.start ?? at };
}

/** "max 2.5m": a million only behind a limit, in English, touching its digits; otherwise metres. */
function isMillion(sentence: Sentence, at: number, role: Role | undefined): boolean {
  return textAt(sentence, at) === "m" && isAttached(sentence, at) && role !== undefined && !/\p{Script=Cyrillic}/u.test(sentence.normal);
}

function parseNumber(sentence: Sentence, at: number): FoundNumber | undefined {
  const collective = parseCollective(sentence, at) ?? parseHalfUnit(sentence, at);
  if (collective) return collective;
  const magnitude = parseMagnitude(sentence, at);
  if (magnitude === undefined || (!magnitude.isSpelled && isNotQuantity(sentence, at, magnitude.end))) return undefined;
  const prefix = findPrefix(sentence, at);
  const isMinus = isNegative(sentence, at);
  const start = prefix?.start ?? (isMinus ? at - 1 : at);
  const measure = parseMeasure(sentence, skipCaseEnding(sentence, magnitude.end));
  const per = parsePer(sentence, measure.end);
  const unitOfPeople = measure.unit === undefined && magnitude.isSpelled && wordAt(sentence, at - 1) === "for" && !isPlainWord(sentence, measure.end) ? parseUnit("people") : undefined;
  const lead = findLead(sentence, start, NUMBER_LEADS);
  const hasMillions = isMillion(sentence, magnitude.end, lead?.role);
  const sign = (isMinus ? -1 : 1) * (hasMillions ? 1e6 : 1);
  const isBare = measure.end === magnitude.end && prefix === undefined && per === undefined;
  return {
    ...PLAIN,
    amount: toRounded(sign * magnitude.amount),
    span: { start, end: per?.end ?? measure.end },
    core: { start: isMinus ? start : at, end: magnitude.end },
    unit: hasMillions ? undefined : (measure.unit ?? unitOfPeople),
    currency: prefix?.currency ?? measure.currency,
    per: per?.per ?? parsePerBefore(sentence, start),
    leadStart: lead?.start ?? start,
    role: lead?.role,
    isPrice: lead !== undefined && PRICE_LEADS.some((phrase) => phrase.join(" ") === lead.phrase.join(" ")),
    isTotal: /^(?:total|всего|итого|overall|altogether)$/.test(wordAt(sentence, per?.end ?? measure.end)) || (lead !== undefined && TOTAL_LEADS.has(lead.phrase.join(" "))),
    isLabel: /^(?:№|#|номер|no|number|num|n)$/.test(textAt(sentence, start - 1).replace(".", "")) || (textAt(sentence, start - 1) === "." && /^(?:no|n)$/.test(textAt(sentence, start - 2))),
    isCount: isBare && !magnitude.isScaled && isPlainWord(sentence, magnitude.end),
    isSpelled: magnitude.isSpelled && !magnitude.isScaled && measure.end === magnitude.end,
    isScaled: magnitude.isScaled || hasMillions,
  };
}

/** "10-15 кг", "от 1 до 3 млн": the first number takes scale, unit and currency of the second. */
function toRange(first: FoundNumber, second: FoundNumber, core: (found: FoundNumber) => number): [FoundNumber, FoundNumber] {
  const factor = !first.isScaled && second.isScaled && first.amount < second.amount / core(second) ? second.amount / core(second) : 1;
  const from = { ...first, amount: first.amount * factor, role: "start", unit: first.unit ?? second.unit, currency: first.currency ?? second.currency, per: first.per ?? second.per, isScaled: second.isScaled, isCount: false } as const;
  return [from, { ...second, role: "end", isCount: false }];
}

function isRange(sentence: Sentence, first: FoundNumber, second: FoundNumber): boolean {
  const between = textAt(sentence, first.span.end);
  if (first.unit !== undefined || first.currency !== undefined) return first.role === "start" && second.role === "end" && second.leadStart === first.span.end;
  const isNear = second.span.start - first.span.end === 1 || second.leadStart === first.span.end;
  if (!isNear || first.isScaled) return first.isScaled && isNear && first.role === "start" && second.role === "end";
  const isBetween = /^(?:between|между)$/.test(wordAt(sentence, first.span.start - 1));
  return /^[-—]$/.test(between) || (isBetween && /^(?:and|и)$/.test(between)) || (first.role === "start" && (second.role === "end" || between === "to"));
}

/** The number before its scale: 3 for "3 млн". */
function toBase(found: FoundNumber): number {
  for (const scale of [1e9, 1e6, 1e3]) if (found.isScaled && Math.abs(found.amount) >= scale) return found.amount / scale;
  return found.amount;
}

function joinRanges(sentence: Sentence, found: readonly FoundNumber[]): FoundNumber[] {
  const result = [...found];
  for (let index = 1; index < result.length; index += 1) {
    const first = result[index - 1];
    const second = result[index];
    if (first === undefined || second === undefined || !isRange(sentence, first, second)) continue;
    const [from, to] = toRange(first, { ...second, leadStart: Math.max(second.leadStart, first.span.end) }, toBase);
    result[index - 1] = from;
    result[index] = to;
  }
  return result;
}

/** `isFree` says whether a token may be part of a number: not in a date, an address, a quotation or a choice. */
export function findNumbers(sentence: Sentence, isFree: (index: number) => boolean): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < sentence.tokens.length; at += 1) {
    const number = isFree(at) ? parseNumber(sentence, at) : undefined;
    if (number === undefined) continue;
    found.push(number);
    at = Math.max(at, number.span.end - 1);
  }
  return joinRanges(sentence, found);
}
