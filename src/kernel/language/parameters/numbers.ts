// Quantities and amounts of a sentence: magnitude, measure, what leads to them. Which field takes one is decided elsewhere.
import type { FoundNumber, Role } from "./found.ts";
import type { LeadFound } from "./lead-words.ts";
import { NUMBER_LEADS, PRICE_LEADS, findLead } from "./lead-words.ts";
import { parseMagnitude } from "./magnitudes.ts";
import type { Measure } from "./measures.ts";
import { findPrefix, isNoQuantity, parseMeasure, parsePer, parsePerBefore } from "./measures.ts";
import { joinPairs } from "./number-ranges.ts";
import {
  type Approximation,
  findApproximation,
  isClock,
  isCounted,
  isLabelled,
  isNumbered,
  isPlainWord,
} from "./number-signs.ts";
import { PLAIN, parseOneWord } from "./one-word-numbers.ts";
import { toPhrase } from "./phrase.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { Magnitude } from "./spelled-numbers.ts";
import type { Unit } from "./units.ts";
import { parseUnit, toRounded } from "./units.ts";

const TOTAL_LEADS = new Set(["на сумму", "суммой", "в сумме"].map((words) => toPhrase(words).join(" ")));
const MEASURE_LEADS = new Set(["в", "из", "of"]);
/** "6500 tops" */
const LIMIT_WORDS = /^(?:tops|max|maximum|максимум|макс|потолок)$/;
const TOTAL_WORDS = /^(?:total|всего|итого|overall|altogether)$/;

/** "-5", not the range "1-5". */
function isNegative(sentence: Sentence, start: number): boolean {
  const isFree = start < 2 || !isAttached(sentence, start - 1);
  return textAt(sentence, start - 1) === "-" && isAttached(sentence, start) && isFree;
}

/** "max 2.5m", "$1.2m": a million only behind a limit or a sign of money, in English, touching its digits; otherwise metres. */
function isMillion(sentence: Sentence, { magnitude, prefix }: Body, role: Role | undefined): boolean {
  const isEnglish = !/\p{Script=Cyrillic}/u.test(sentence.normal);
  const isMoney = role !== undefined || prefix !== undefined;
  return (
    textAt(sentence, magnitude.end) === "m" && isAttached(sentence, magnitude.end) && isMoney && isEnglish
  );
}

/** "нас 6", "we are 6", "a group of 6" */
function isOurselves(sentence: Sentence, start: number): boolean {
  const before = wordAt(sentence, start - 1);
  if (before === "нас" || /^we['’]re$/.test(before)) return true;
  if (/^(?:of|из)$/.test(before))
    return /^(?:group|party|team|crew|family|(?:групп|команд|бригад)[аыу]|компани[яию]|семь[яию])$/.test(
      wordAt(sentence, start - 2),
    );
  const isBeing = /^(?:будет|всего|are)$/.test(before);
  return isBeing && /^(?:нас|we)$/.test(wordAt(sentence, start - 2));
}

/** "for two", "на одного", "на 2-х": people, when nothing else is named. */
function isForPeople(sentence: Sentence, { at, magnitude }: Body): boolean {
  const before = wordAt(sentence, at - 1);
  if (magnitude.isSpelled && before === "for") return true;
  const isAnimate = magnitude.isSpelled
    ? /^(?:одного|двух|трех|четырех)$/.test(wordAt(sentence, at))
    : /^(?:х|ух|ех)$/.test(wordAt(sentence, magnitude.end + 1));
  return isAnimate && /^(?:на|для)$/.test(before);
}

/** "10 engineers", "5 монтажников": who does something, by the ending. */
function isDoer(word: string): boolean {
  return /(?:[^aeiou](?:ers|ors|ists|eers|ians)|(?:чик|щик|ник|ист)ов|телей)$/.test(word);
}

function toUnit(sentence: Sentence, measure: Measure, body: Body): Unit | undefined {
  if (measure.unit === undefined && isDoer(wordAt(sentence, measure.end))) return parseUnit("people");
  const isPeople = isForPeople(sentence, body) || isOurselves(sentence, body.at);
  if (measure.unit !== undefined || !isPeople || isPlainWord(sentence, measure.end)) return measure.unit;
  return parseUnit("people");
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
  /** "тысяч 70": the measure that stands before. */
  readonly about: Approximation | undefined;
}

type Manner = Pick<
  FoundNumber,
  "leadStart" | "role" | "isPrice" | "isTotal" | "isMeasureOf" | "isOn" | "isDelta" | "isLabel"
>;
type Measured = Pick<FoundNumber, "span" | "unit" | "currency" | "per"> & { readonly isBare: boolean };

function parseBody(sentence: Sentence, at: number): Body | undefined {
  const magnitude = parseMagnitude(sentence, at);
  if (magnitude === undefined) return undefined;
  const isNone = isNoQuantity(sentence, at, magnitude.end) || isClock(sentence, magnitude.end);
  if (!magnitude.isSpelled && isNone) return undefined;
  const prefix = findPrefix(sentence, at);
  const isMinus = isNegative(sentence, at);
  const start = prefix?.start ?? (isMinus ? at - 1 : at);
  const about = magnitude.isScaled ? undefined : findApproximation(sentence, start);
  return about === undefined
    ? { at, start, magnitude, prefix, isMinus, about }
    : { at, start: about.start, magnitude: toAbout(magnitude, about), prefix, isMinus, about };
}

function toAbout(magnitude: Magnitude, { factor }: Approximation): Magnitude {
  return { ...magnitude, amount: magnitude.amount * factor, isScaled: factor > 1 };
}

/** Longer nobody stays: "5500 сутки" is a price. */
const LONGEST_STAY = 366;

/** The measure behind the digits, or the one of "тысяч 70" before them. */
function toMeasure(sentence: Sentence, { magnitude, prefix, about }: Body): Measure {
  const own = parseMeasure(sentence, magnitude.end);
  const isOwn = own.unit !== undefined || own.currency !== undefined;
  const measure = isOwn ? own : { ...about, end: own.end };
  return { ...measure, currency: prefix?.currency ?? measure.currency };
}

/** What stands around the digits. */
function toMeasured(sentence: Sentence, body: Body): Measured {
  const { start, magnitude } = body;
  const measure = toMeasure(sentence, body);
  const { unit, currency } = measure;
  const isAmount = magnitude.isScaled || currency !== undefined || magnitude.amount > LONGEST_STAY;
  const behind = parsePer(sentence, measure, { start: magnitude.end, isAmount });
  const end = behind?.end ?? measure.end;
  const isOwnUnit = behind === undefined || behind.end > measure.end;
  // "2,4 тыс за кило 85 кг": what is measured itself has no price.
  const before = unit === undefined ? parsePerBefore(sentence, start) : undefined;
  return {
    span: { start, end },
    // The day of "6 тыс сутки" is what the price is per, and counts nothing.
    unit: isOwnUnit ? toUnit(sentence, measure, body) : undefined,
    currency,
    per: behind?.per ?? before,
    isBare: end === magnitude.end && currency === undefined && !magnitude.isScaled,
  };
}

function toSigned(amount: number, isMinus: boolean, hasMillions: boolean): number {
  return toRounded((isMinus ? -1 : 1) * (hasMillions ? 1e6 : 1) * amount);
}

/** "15k for 3 nights", "20 тысяч на всё" */
function isForAll(sentence: Sentence, at: number): boolean {
  if (!/^(?:за|на|for)$/.test(wordAt(sentence, at))) return false;
  if (/^(?:все|всю|весь|the|whole|entire)$/.test(wordAt(sentence, at + 1))) return true;
  const length = parseMagnitude(sentence, at + 1);
  const unit = length && parseUnit(wordAt(sentence, length.end));
  // "76000 за 40 кг"
  const dimensions = wordAt(sentence, at) === "за" ? /^(?:night|day|mass)$/ : /^(?:night|day)$/;
  return length !== undefined && length.amount > 1 && dimensions.test(unit?.dimension ?? "");
}

/** "на всю поездку 20 тысяч", "total 84,000" */
function isWholeSum(sentence: Sentence, span: Span, lead: LeadFound | undefined): boolean {
  if (TOTAL_WORDS.test(wordAt(sentence, span.end)) || isIn(TOTAL_LEADS, lead)) return true;
  const start = lead?.start ?? span.start;
  const before = [1, 2].map((step) => wordAt(sentence, start - step));
  const isWhole = (word: string): boolean =>
    TOTAL_WORDS.test(word) || /^(?:поездку|отпуск|trip|stay)$/.test(word);
  return before.some(isWhole) || isForAll(sentence, span.end);
}

/** Said as a price, as a total, or as a name. */
function toManner(
  sentence: Sentence,
  { span, isBare }: Pick<Measured, "span" | "isBare">,
  lead: LeadFound | undefined,
): Manner {
  return {
    leadStart: lead?.start ?? span.start,
    role: lead?.role ?? (LIMIT_WORDS.test(wordAt(sentence, span.end)) ? "end" : undefined),
    isPrice: isIn(PRICE_LEADS, lead),
    isTotal: isWholeSum(sentence, span, lead),
    isMeasureOf: isIn(MEASURE_LEADS, lead),
    isOn: lead?.phrase.join(" ") === "на",
    isDelta: /^(?:минус|плюс|minus|plus)$/.test(wordAt(sentence, span.start - 1)),
    isLabel: isLabelled(sentence, span.start) || (isBare && isNumbered(sentence, span.start)),
  };
}

/** "me and three friends" are four. */
function isWithOneself(sentence: Sentence, start: number): boolean {
  const isAnd = /^(?:and|и)$/.test(wordAt(sentence, start - 1));
  return isAnd && /^(?:me|myself|я|меня)$/.test(wordAt(sentence, start - 2));
}

/** A capital inside the sentence. */
function isNamed(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  return (
    at > 0 && token?.kind === "word" && /^\p{Lu}\p{Ll}/u.test(sentence.source.slice(token.start, token.end))
  );
}

/** Counted things and people: "100 laptops", "me and three friends". */
function toCounted(
  sentence: Sentence,
  { at, magnitude }: Body,
  { unit, isBare }: Measured,
): { oneself: number; isCount: boolean; isPlural: boolean } {
  const oneself = unit?.dimension === "people" && isWithOneself(sentence, at) ? 1 : 0;
  const isCount = isBare && isPlainWord(sentence, magnitude.end);
  return { oneself, isCount, isPlural: isCount && isCounted(sentence, magnitude.end, magnitude.amount) };
}

function toNumber(sentence: Sentence, body: Body): FoundNumber {
  const { at, start, magnitude, isMinus } = body;
  const lead = findLead(sentence, start, NUMBER_LEADS);
  const hasMillions = isMillion(sentence, body, lead?.role);
  const measured = toMeasured(sentence, body);
  const isBare = measured.isBare && !hasMillions;
  const { oneself, ...counted } = toCounted(sentence, body, { ...measured, isBare });
  return {
    ...PLAIN,
    amount: toSigned(magnitude.amount + oneself, isMinus, hasMillions),
    span: measured.span,
    core: { start: isMinus ? start : at, end: magnitude.end },
    unit: hasMillions ? undefined : measured.unit,
    currency: measured.currency,
    per: measured.per,
    ...toManner(sentence, { span: measured.span, isBare }, lead),
    ...counted,
    isOfName: isBare && isNamed(sentence, start - 1),
    isApart: isBare && /^(?:[,:(—-]|около|about)$/.test(textAt(sentence, start - 1)),
    isSpelled: magnitude.isSpelled && isBare,
    isScaled: magnitude.isScaled || hasMillions,
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
  return joinPairs(sentence, found);
}
