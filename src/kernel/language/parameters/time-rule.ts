// What every rule of time works with: the day it is, what a match is, and the parts that several rules read (years, ordinals).
import type { Day } from "../../domain/civil.ts";
import { toCivil } from "../../domain/civil.ts";
import { parseCivil } from "./calendar.ts";
import { parseCurrency } from "./currencies.ts";
import { CALENDAR_UNITS, ORDINAL_DAYS, TENS_OF_DAYS, WHICH } from "./date-words.ts";
import { toStem } from "./phrase.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import { parseUnit } from "./units.ts";

export interface Calendar {
  readonly sentence: Sentence;
  readonly today: Day;
  /** A date without a year is the nearest one behind, not ahead. */
  readonly isPast: boolean;
  /** A bare 30.11 may then be a price. */
  readonly hasAmounts: boolean;
}

export interface TimeMatch {
  readonly end: number;
  /** NaN for what looks like a date and is none ("31.02.2026"): its digits are still no quantity. */
  readonly from: Day;
  readonly to: Day;
  readonly isRange: boolean;
  readonly isAbsolute: boolean;
  /** The year was not said. */
  readonly isYearless?: boolean;
}

export type TimeRule = (calendar: Calendar, at: number) => TimeMatch | undefined;

export function toDayMatch(end: number, day: Day | undefined, isYearless = false): TimeMatch {
  const value = day ?? Number.NaN;
  return { end, from: value, to: value, isRange: false, isAbsolute: true, isYearless };
}

/** The nearest such date not behind today (or not ahead of it). 29 February waits for its year. */
export function toNearest(calendar: Calendar, month: number, day: number): Day | undefined {
  const { year } = toCivil(calendar.today);
  const years = Array.from({ length: 9 }, (_, index) => (calendar.isPast ? year - index : year + index));
  const days = years
    .map((candidate) => parseCivil(candidate, month, day))
    .filter((candidate) => candidate !== undefined);
  return days.find((candidate) =>
    calendar.isPast ? candidate <= calendar.today : candidate >= calendar.today,
  );
}

export interface DayFound {
  readonly day: number;
  /** Behind its "st", "-го". */
  readonly end: number;
  readonly isOrdinal: boolean;
}

/** A day of a month: "3", "3rd", "5-го", "третьего", "двадцать первого", "twenty-first". */
export function parseDay(sentence: Sentence, at: number): DayFound | undefined {
  const spelled = parseSpelledDay(sentence, at);
  if (spelled) return spelled;
  const day = intAt(sentence, at);
  if (day === undefined || day < 1 || day > 31) return undefined;
  const end = skipOrdinal(sentence, at + 1);
  return { day, end, isOrdinal: end > at + 1 };
}

function parseSpelledDay(sentence: Sentence, at: number): DayFound | undefined {
  const tens = TENS_OF_DAYS.get(wordAt(sentence, at));
  const next = textAt(sentence, at + 1) === "-" ? at + 2 : at + 1;
  const ones = ORDINAL_DAYS.get(wordAt(sentence, tens === undefined ? at : next));
  if (ones === undefined) return undefined;
  if (tens === undefined) return { day: ones, end: at + 1, isOrdinal: true };
  return ones < 10 && tens + ones <= 31 ? { day: tens + ones, end: next + 1, isOrdinal: true } : undefined;
}

/** "next", "прошлой", "след.": which week, month or weekday is meant, and where its word ends. */
export function parseWhich(sentence: Sentence, at: number): { which: number; end: number } | undefined {
  const which = WHICH.get(toStem(wordAt(sentence, at)));
  if (which === undefined) return undefined;
  return { which, end: textAt(sentence, at + 1) === "." ? at + 2 : at + 1 };
}

/** "the week before last", "the weekend after next". */
export function parseBeyond(sentence: Sentence, at: number): { which: number; end: number } | undefined {
  const phrase = `${wordAt(sentence, at)} ${wordAt(sentence, at + 1)}`;
  if (phrase === "before last") return { which: -2, end: at + 2 };
  return phrase === "after next" ? { which: 2, end: at + 2 } : undefined;
}

export function intAt(sentence: Sentence, at: number): number | undefined {
  const text = textAt(sentence, at);
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** "2026", ", 2026 года", "этого года", "next year" behind a date or a month. */
export function parseYear(calendar: Calendar, at: number): { year: number; end: number } | undefined {
  const { sentence } = calendar;
  const start = textAt(sentence, at) === "," ? at + 1 : at;
  const which = WHICH.get(toStem(wordAt(sentence, start)));
  if (which !== undefined && CALENDAR_UNITS.get(wordAt(sentence, start + 1)) === "year")
    return { year: toCivil(calendar.today).year + which, end: start + 2 };
  const year = intAt(sentence, start);
  if (year === undefined || year < 1990 || year > 2100) return undefined;
  if (/^(?:г|год|года|году)$/.test(wordAt(sentence, start + 1))) return { year, end: start + 2 };
  const isAmount = isMeasured(sentence, start + 1) || textAt(sentence, start + 1) === "/";
  return isAmount ? undefined : { year, end: start + 1 };
}

/** Skips "st", "-го", "-е" behind a day of the month. */
function skipOrdinal(sentence: Sentence, at: number): number {
  if (isAttached(sentence, at) && /^(?:st|nd|rd|th|го|е)$/.test(wordAt(sentence, at))) return at + 1;
  return textAt(sentence, at) === "-" && /^(?:го|е|ого)$/.test(wordAt(sentence, at + 1)) ? at + 2 : at;
}

/** "5 руб", "5 кг": a number that has a measure is no day and no year. */
export function isMeasured(sentence: Sentence, at: number): boolean {
  return parseCurrency(sentence, at) !== undefined || parseUnit(wordAt(sentence, at)) !== undefined;
}
