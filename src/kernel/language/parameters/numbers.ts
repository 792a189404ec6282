// Quantities and amounts of a sentence: magnitude, measure, what leads to them. Which field takes one is decided elsewhere.
import type { FoundNumber, Role } from "./found.ts";
import type { LeadFound } from "./lead-words.ts";
import { NUMBER_LEADS, PRICE_LEADS, findLead } from "./lead-words.ts";
import type { Magnitude } from "./magnitudes.ts";
import { parseMagnitude } from "./magnitudes.ts";
import type { Measure } from "./measures.ts";
import { findPrefix, isNoQuantity, parseMeasure, parsePer, parsePerBefore } from "./measures.ts";
import { joinRanges } from "./number-ranges.ts";
import { COLLECTIVE_NUMBERS } from "./number-words.ts";
import { toPhrase } from "./phrase.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { Unit } from "./units.ts";
import { parseUnit, toRounded } from "./units.ts";

const TOTAL_LEADS = new Set(["на сумму", "суммой", "в сумме"].map((words) => toPhrase(words).join(" ")));
const TOTAL_WORDS = /^(?:total|всего|итого|overall|altogether)$/;

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

/** Amount, unit and end of what one word says: "двоих", "полтонны". */
function toOneWord(sentence: Sentence, span: Span, said: { amount: number; unit: Unit }): FoundNumber {
  const lead = findLead(sentence, span.start, NUMBER_LEADS);
  return { ...PLAIN, ...said, span, core: span, role: lead?.role, leadStart: lead?.start ?? span.start };
}

/** "тонну в Казань", "a ton from Sochi": one, though nobody counts. */
function parseOneOfMass(sentence: Sentence, at: number): { span: Span; unit: Unit } | undefined {
  const word = wordAt(sentence, at);
  const end = word === "a" ? at + 2 : at + 1;
  const isOne = word === "a" ? /^tonn?e?$/.test(wordAt(sentence, at + 1)) : /^(?:тонну|центнер)$/.test(word);
  const unit = isOne ? parseUnit(wordAt(sentence, end - 1)) : undefined;
  return unit && { span: { start: at, end }, unit };
}

function parseOneWord(sentence: Sentence, at: number): FoundNumber | undefined {
  const word = wordAt(sentence, at);
  const people = parseUnit("people");
  const amount = COLLECTIVE_NUMBERS.get(word);
  if (amount !== undefined && people) {
    const isNamed = parseUnit(wordAt(sentence, at + 1))?.dimension === people.dimension;
    return toOneWord(sentence, { start: at, end: isNamed ? at + 2 : at + 1 }, { amount, unit: people });
  }
  const unit = word.startsWith("пол") && word.length >= 6 ? parseUnit(word.slice(3)) : undefined;
  if (unit) return toOneWord(sentence, { start: at, end: at + 1 }, { amount: 0.5, unit });
  const one = parseOneOfMass(sentence, at);
  return one && toOneWord(sentence, one.span, { amount: 1, unit: one.unit });
}

/** "-5", not the range "1-5". */
function isNegative(sentence: Sentence, start: number): boolean {
  const isFree = start < 2 || !isAttached(sentence, start - 1);
  return textAt(sentence, start - 1) === "-" && isAttached(sentence, start) && isFree;
}

/** "max 2.5m": a million only behind a limit, in English, touching its digits; otherwise metres. */
function isMillion(sentence: Sentence, at: number, role: Role | undefined): boolean {
  const isEnglish = !/\p{Script=Cyrillic}/u.test(sentence.normal);
  return textAt(sentence, at) === "m" && isAttached(sentence, at) && role !== undefined && isEnglish;
}

function isPlainWord(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return word !== "" && !isFunctionWord(word);
}

/** "нас 6", "we are 6", "a group of 6" */
function isOurselves(sentence: Sentence, start: number): boolean {
  const before = wordAt(sentence, start - 1);
  if (before === "нас" || /^we['’]re$/.test(before)) return true;
  if (/^(?:of|из)$/.test(before))
    return /^(?:group|party|групп[аыу]|компани[яию])$/.test(wordAt(sentence, start - 2));
  const isBeing = /^(?:будет|всего|are)$/.test(before);
  return isBeing && /^(?:нас|we)$/.test(wordAt(sentence, start - 2));
}

/** "for two": people, when nothing else is named. */
function toUnit(
  sentence: Sentence,
  measure: Measure,
  { start, isSpelled }: { start: number; isSpelled: boolean },
): Unit | undefined {
  const isFor = (isSpelled && wordAt(sentence, start - 1) === "for") || isOurselves(sentence, start);
  const isPeople = isFor && !isPlainWord(sentence, measure.end);
  return measure.unit ?? (isPeople ? parseUnit("people") : undefined);
}

/** "№ 1041", "no. 7". */
function isLabelled(sentence: Sentence, start: number): boolean {
  const at = textAt(sentence, start - 1) === "." ? start - 2 : start - 1;
  return /^(?:№|#|номер|no|number|num|n)$/.test(textAt(sentence, at));
}

function isIn(phrases: ReadonlySet<string>, lead: LeadFound | undefined): boolean {
  return lead !== undefined && phrases.has(lead.phrase.join(" "));
}

interface Body {
  readonly at: number;
  readonly start: number;
  readonly magnitude: Magnitude;
  readonly prefix: { currency: string } | undefined;
  readonly isMinus: boolean;
}

type Manner = Pick<FoundNumber, "leadStart" | "role" | "isPrice" | "isTotal" | "isLabel">;
type Measured = Pick<FoundNumber, "span" | "unit" | "currency" | "per"> & { readonly isBare: boolean };

function parseBody(sentence: Sentence, at: number): Body | undefined {
  const magnitude = parseMagnitude(sentence, at);
  if (magnitude === undefined) return undefined;
  if (!magnitude.isSpelled && isNoQuantity(sentence, at, magnitude.end)) return undefined;
  const prefix = findPrefix(sentence, at);
  const isMinus = isNegative(sentence, at);
  return { at, start: prefix?.start ?? (isMinus ? at - 1 : at), magnitude, prefix, isMinus };
}

/** What stands around the digits. */
function toMeasured(sentence: Sentence, { at, start, magnitude, prefix }: Body): Measured {
  const measure = parseMeasure(sentence, magnitude.end);
  const currency = prefix?.currency ?? measure.currency;
  const isAmount = magnitude.isScaled || currency !== undefined;
  const behind = parsePer(sentence, measure, { start: magnitude.end, isAmount });
  const end = behind?.end ?? measure.end;
  const isOwnUnit = behind === undefined || behind.end > measure.end;
  // "2,4 тыс за кило 85 кг": what is measured itself has no price.
  const before = measure.unit === undefined ? parsePerBefore(sentence, start) : undefined;
  return {
    span: { start, end },
    // The day of "6 тыс сутки" is what the price is per, and counts nothing.
    unit: isOwnUnit ? toUnit(sentence, measure, { start: at, isSpelled: magnitude.isSpelled }) : undefined,
    currency,
    per: behind?.per ?? before,
    isBare: end === magnitude.end && prefix === undefined,
  };
}

function toSigned(amount: number, isMinus: boolean, hasMillions: boolean): number {
  return toRounded((isMinus ? -1 : 1) * (hasMillions ? 1e6 : 1) * amount);
}

/** Said as a price, as a total, or as a name. */
function toManner(sentence: Sentence, span: Span, lead: LeadFound | undefined): Manner {
  return {
    leadStart: lead?.start ?? span.start,
    role: lead?.role,
    isPrice: isIn(PRICE_LEADS, lead),
    isTotal: TOTAL_WORDS.test(wordAt(sentence, span.end)) || isIn(TOTAL_LEADS, lead),
    isLabel: isLabelled(sentence, span.start),
  };
}

/** "me and three friends" are four. */
function isWithOneself(sentence: Sentence, start: number): boolean {
  const isAnd = /^(?:and|и)$/.test(wordAt(sentence, start - 1));
  return isAnd && /^(?:me|myself|я|меня)$/.test(wordAt(sentence, start - 2));
}

function toNumber(sentence: Sentence, body: Body): FoundNumber {
  const { at, start, magnitude, isMinus } = body;
  const { span, unit, currency, per, isBare } = toMeasured(sentence, body);
  const lead = findLead(sentence, start, NUMBER_LEADS);
  const hasMillions = isMillion(sentence, magnitude.end, lead?.role);
  const isScaled = magnitude.isScaled || hasMillions;
  const oneself = unit?.dimension === "people" && isWithOneself(sentence, start) ? 1 : 0;
  return {
    ...PLAIN,
    amount: toSigned(magnitude.amount + oneself, isMinus, hasMillions),
    span,
    core: { start: isMinus ? start : at, end: magnitude.end },
    unit: hasMillions ? undefined : unit,
    currency,
    per,
    ...toManner(sentence, span, lead),
    isCount: isBare && !isScaled && isPlainWord(sentence, magnitude.end),
    isSpelled: magnitude.isSpelled && !isScaled && isBare,
    isScaled,
  };
}

/** `isFree` says whether a token may be part of a number: not in a date, an address, a quotation or a choice. */
export function findNumbers(sentence: Sentence, isFree: (index: number) => boolean): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < sentence.tokens.length; at += 1) {
    if (!isFree(at)) continue;
    const body = parseBody(sentence, at);
    const number = parseOneWord(sentence, at) ?? (body && toNumber(sentence, body));
    if (number === undefined) continue;
    found.push(number);
    at = Math.max(at, number.span.end - 1);
  }
  return joinRanges(sentence, found);
}
