// Single days as people write them: absolute ("21 ноября", "5/12/2026"), relative ("завтра", "in 3 days") and weekdays.
import type { Day } from "./calendar.ts";
import { addMonths, parseCivil, toCivil, toDay, toMonthStart, toWeekday } from "./calendar.ts";
import type { CalendarUnit } from "./date-words.ts";
import { CALENDAR_UNITS, MONTHS, RELATIVE_DAYS, WEEKDAYS, WHICH } from "./date-words.ts";
import { parseCurrency } from "./currencies.ts";
import { SPELLED_NUMBERS } from "./number-words.ts";
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

function toRelativeMatch(end: number, day: Day): TimeMatch {
  return { end, from: day, to: day, isRange: false, isAbsolute: false };
}

/** The nearest such date not behind today (or not ahead of it). 29 February waits for its year. */
export function toNearest(calendar: Calendar, month: number, day: number): Day | undefined {
  const { year } = toCivil(calendar.today);
  const years = Array.from({ length: 9 }, (_, index) => (calendar.isPast ? year - index : year + index));
  const days = years.map((candidate) => parseCivil(candidate, month, day)).filter((candidate) => candidate !== undefined);
  return days.find((candidate) => (calendar.isPast ? candidate <= calendar.today : candidate >= calendar.today));
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
  if (which !== undefined && CALENDAR_UNITS.get(wordAt(sentence, start + 1)) === "year") return { year: toCivil(calendar.today).year + which, end: start + 2 };
  const year = intAt(sentence, start);
  if (year === undefined || year < 1990 || year > 2100) return undefined;
  if (/^(?:г|год|года|году)$/.test(wordAt(sentence, start + 1))) return { year, end: start + 2 };
  const isAmount = parseCurrency(sentence, start + 1) !== undefined || parseUnit(wordAt(sentence, start + 1)) !== undefined || textAt(sentence, start + 1) === "/";
  return isAmount ? undefined : { year, end: start + 1 };
}

/** "01.12-15.12" */
function isDashedPair(sentence: Sentence, at: number): boolean {
  return /^[-—]$/.test(textAt(sentence, at + 1)) && /^\d{1,2}\.(?:0[1-9]|1[0-2])(?:\.|$)/.test(textAt(sentence, at + 2));
}

/** 21.11.2026, 21.11.26; without a year only after "на", "до", "с" and the like: 21.11 is also a price. */
const dotted: TimeRule = ({ sentence, ...rest }, at) => {
  const text = textAt(sentence, at);
  const full = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(text);
  if (full) {
    const year = Number(full[3]);
    return toDayMatch(at + 1, parseCivil(year < 100 ? 2000 + year : year, Number(full[2]), Number(full[1])));
  }
  const short = /^(\d{1,2})\.(0[1-9]|1[0-2])$/.exec(text);
  const isLed = /^(?:на|до|с|со|от|по|за|к|on|until|till|from|by|before|after|-|—)$/.test(textAt(sentence, at - 1)) || isDashedPair(sentence, at) || !rest.hasAmounts;
  const isAmount = parseCurrency(sentence, at + 1) !== undefined || parseUnit(wordAt(sentence, at + 1)) !== undefined;
  if (!short || !isLed || isAmount) return undefined;
  return toDayMatch(at + 1, toNearest({ sentence, ...rest }, Number(short[2]), Number(short[1])), true);
};

function isJoined(sentence: Sentence, at: number, mark: string): boolean {
  return [at + 1, at + 3].every((index) => textAt(sentence, index) === mark) && [at + 1, at + 2, at + 3, at + 4].every((index) => isAttached(sentence, index));
}

/** 2026-11-21, 21-11-2026, 21/11/2026. "5/12/2026" is day first in Russian; in English nobody can know, so it is no date. */
const joined: TimeRule = ({ sentence }, at) => {
  const isSlash = isJoined(sentence, at, "/");
  if (!isSlash && !isJoined(sentence, at, "-")) return undefined;
  const [first, second, third] = [intAt(sentence, at), intAt(sentence, at + 2), intAt(sentence, at + 4)];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  if (first > 1900) return toDayMatch(at + 5, parseCivil(first, second, third));
  if (third < 1900) return undefined;
  if (second > 12) return toDayMatch(at + 5, parseCivil(third, first, second));
  const isUnknown = isSlash && first <= 12 && first !== second && !/\p{Script=Cyrillic}/u.test(sentence.normal);
  return toDayMatch(at + 5, isUnknown ? undefined : parseCivil(third, second, first));
};

/** Skips "st", "-го", "-е" behind a day of the month. */
export function skipOrdinal(sentence: Sentence, at: number): number {
  if (isAttached(sentence, at) && /^(?:st|nd|rd|th|го|е)$/.test(wordAt(sentence, at))) return at + 1;
  return textAt(sentence, at) === "-" && /^(?:го|е|ого)$/.test(wordAt(sentence, at + 1)) ? at + 2 : at;
}

export function toDated(calendar: Calendar, date: { month: number; day: number }, end: number): TimeMatch {
  const year = parseYear(calendar, end);
  if (year) return toDayMatch(year.end, parseCivil(year.year, date.month, date.day));
  return toDayMatch(end, toNearest(calendar, date.month, date.day), true);
}

/** "21 ноября 2026 года", "21st of November". */
const dayMonth: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const day = intAt(sentence, at);
  if (day === undefined || day < 1 || day > 31) return undefined;
  const next = skipOrdinal(sentence, at + 1);
  const index = wordAt(sentence, next) === "of" ? next + 1 : next;
  const month = MONTHS.get(wordAt(sentence, index));
  if (month === undefined) return undefined;
  const end = textAt(sentence, index + 1) === "." && parseYear(calendar, index + 2) ? index + 2 : index + 1;
  return toDated(calendar, { month, day }, end);
};

/** "November 21, 2026". The number must not count something: "in December 5 people". */
const monthDay: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const month = MONTHS.get(wordAt(sentence, at));
  const dayAt = wordAt(sentence, at + 1) === "the" ? at + 2 : at + 1;
  const day = intAt(sentence, dayAt);
  if (month === undefined || day === undefined || day < 1 || day > 31 || /\p{Script=Cyrillic}/u.test(wordAt(sentence, at))) return undefined;
  const end = skipOrdinal(sentence, dayAt + 1);
  return parseUnit(wordAt(sentence, end)) || parseCurrency(sentence, end) ? undefined : toDated(calendar, { month, day }, end);
};

/** "3 числа", "on the 15th": the nearest such day of a month. */
const dayOfMonth: TimeRule = (calendar, at) => {
  const { sentence, today } = calendar;
  const day = intAt(sentence, at);
  if (day === undefined || day < 1 || day > 31) return undefined;
  const end = skipOrdinal(sentence, at + 1);
  const isNamed = /^(?:числа|число)$/.test(wordAt(sentence, end));
  const isEnglish = end > at + 1 && wordAt(sentence, at - 1) === "the" && /^(?:on|from|until|till|by|before|after|since)$/.test(wordAt(sentence, at - 2));
  if (!isNamed && !isEnglish) return undefined;
  const months = [0, 1, 2].map((step) => toMonthStart(today, calendar.isPast ? -step : step) + day - 1).filter((candidate) => toCivil(candidate).day === day);
  const nearest = months.find((candidate) => (calendar.isPast ? candidate <= today : candidate >= today));
  return toDayMatch(isNamed ? end + 1 : end, nearest);
};

const relativeDay: TimeRule = ({ sentence, today }, at) => {
  const word = wordAt(sentence, at).replace("’", "'");
  const start = word === "the" ? at + 1 : at;
  const phrase = [0, 1, 2].map((step) => wordAt(sentence, start + step)).join(" ");
  if (phrase === "day after tomorrow") return toRelativeMatch(start + 3, today + 2);
  if (phrase === "day before yesterday") return toRelativeMatch(start + 3, today - 2);
  const days = RELATIVE_DAYS.get(word);
  if (days === undefined) return undefined;
  // "завтрашний день", "сегодняшнюю дату"
  return toRelativeMatch(/^(?:день|дня|дню|дату|дата|число)$/.test(wordAt(sentence, at + 1)) ? at + 2 : at + 1, today + days);
};

export interface Amount {
  readonly count: number;
  readonly unit: CalendarUnit;
  readonly end: number;
}

/** "3 дня", "a week", "неделю", "полгода". */
export function parseAmount(sentence: Sentence, at: number): Amount | undefined {
  const word = wordAt(sentence, at);
  if (/^полгода$|^полугода$/.test(word)) return { count: 6, unit: "month", end: at + 1 };
  const alone = CALENDAR_UNITS.get(word);
  if (alone && alone !== "weekend") return { count: 1, unit: alone, end: at + 1 };
  const count = /^an?$/.test(word) ? 1 : (intAt(sentence, at) ?? SPELLED_NUMBERS.get(word));
  const next = textAt(sentence, at + 1) === "-" ? at + 2 : at + 1;
  const unit = CALENDAR_UNITS.get(wordAt(sentence, next));
  return count !== undefined && Number.isInteger(count) && unit && unit !== "weekend" ? { count, unit, end: next + 1 } : undefined;
}

export function addAmount(day: Day, { count, unit }: Pick<Amount, "count" | "unit">): Day {
  if (unit === "day") return day + count;
  if (unit === "week") return day + count * 7;
  return addMonths(day, count * (unit === "month" ? 1 : unit === "quarter" ? 3 : 12));
}

/** "через 3 дня", "in a week", "3 days ago", "неделю назад", "2 weeks from now". */
const offset: TimeRule = ({ sentence, today }, at) => {
  const word = wordAt(sentence, at);
  if (word === "через" || (word === "in" && !CALENDAR_UNITS.has(wordAt(sentence, at + 1)))) {
    const amount = parseAmount(sentence, at + 1);
    return amount && amount.count <= 1000 ? toRelativeMatch(amount.end, addAmount(today, amount)) : undefined;
  }
  const amount = parseAmount(sentence, at);
  if (amount === undefined || amount.count > 1000) return undefined;
  const after = wordAt(sentence, amount.end);
  if (after === "назад" || after === "ago") return toRelativeMatch(amount.end + 1, addAmount(today, { ...amount, count: -amount.count }));
  if (after === "from" && /^(?:now|today)$/.test(wordAt(sentence, amount.end + 1))) return toRelativeMatch(amount.end + 2, addAmount(today, amount));
  return undefined;
};

/** "older than 30 days", "старше месяца": the day so long ago. */
const age: TimeRule = ({ sentence, today }, at) => {
  const before = wordAt(sentence, at - 1);
  const isOlder = /^(?:старше|старее)$/.test(before) || (before === "than" && /^(?:older|newer|earlier)$/.test(wordAt(sentence, at - 2)));
  const amount = isOlder ? parseAmount(sentence, at) : undefined;
  return amount && amount.count <= 1000 ? toRelativeMatch(amount.end, addAmount(today, { ...amount, count: -amount.count })) : undefined;
};

/** "в пятницу", "next Monday", "прошлый вторник", "Monday next week". */
const weekday: TimeRule = ({ sentence, today, isPast }, at) => {
  const which = WHICH.get(toStem(wordAt(sentence, at)));
  const start = which === undefined ? at : at + 1;
  const target = WEEKDAYS.get(wordAt(sentence, start));
  if (target === undefined) return undefined;
  const monday = today - toWeekday(today);
  const weekAt = [start + 1, start + 2].find((index) => CALENDAR_UNITS.get(wordAt(sentence, index + 1)) === "week" && WHICH.has(toStem(wordAt(sentence, index))));
  const week = weekAt === undefined ? undefined : WHICH.get(toStem(wordAt(sentence, weekAt)));
  if (weekAt !== undefined && week !== undefined) return toRelativeMatch(weekAt + 2, monday + week * 7 + target);
  if (which === 1) return toRelativeMatch(start + 1, monday + 7 + target);
  const ahead = (target - toWeekday(today) + 7) % 7;
  const behind = (toWeekday(today) - target + 7) % 7;
  if (which === -1) return toRelativeMatch(start + 1, today - (behind === 0 ? 7 : behind));
  return toRelativeMatch(start + 1, isPast && which === undefined ? today - behind : today + ahead);
};

const EDGES: ReadonlyMap<string, "first" | "last"> = new Map([
  ...["начало", "начала", "начале", "начал", "beginning", "start"].map((word) => [word, "first"] as const),
  ...["конец", "конца", "конце", "концу", "end"].map((word) => [word, "last"] as const),
]);

/** "конец месяца", "the end of next month", "к концу года", "начало декабря". */
const edge: TimeRule = (calendar, at) => {
  const { sentence, today } = calendar;
  const start = wordAt(sentence, at) === "the" ? at + 1 : at;
  const side = EDGES.get(wordAt(sentence, start));
  if (side === undefined) return undefined;
  let index = start + 1;
  while (/^(?:of|the)$/.test(wordAt(sentence, index))) index += 1;
  const which = WHICH.get(toStem(wordAt(sentence, index)));
  const shift = which ?? 0;
  const unitAt = which === undefined ? index : index + 1;
  const unit = CALENDAR_UNITS.get(wordAt(sentence, unitAt));
  const toEdge = (from: Day, next: Day): TimeMatch => toRelativeMatch(unitAt + 1, side === "first" ? from : next - 1);
  const { year } = toCivil(today);
  if (unit === "week") return toEdge(today - toWeekday(today) + shift * 7, today - toWeekday(today) + shift * 7 + 7);
  if (unit === "month") return toEdge(toMonthStart(today, shift), toMonthStart(today, shift + 1));
  if (unit === "year") return toEdge(toDay({ year: year + shift, month: 1, day: 1 }), toDay({ year: year + shift + 1, month: 1, day: 1 }));
  const month = MONTHS.get(wordAt(sentence, unitAt));
  if (month === undefined) return undefined;
  const said = parseYear(calendar, unitAt + 1);
  const first = said ? toDay({ year: said.year, month, day: 1 }) : toMonthStart(toNearest(calendar, month, 28) ?? today);
  const match = toEdge(first, toMonthStart(first, 1));
  return said ? { ...match, end: said.end } : match;
};

export const DAY_RULES: readonly TimeRule[] = [dotted, joined, dayMonth, monthDay, dayOfMonth, relativeDay, offset, age, weekday, edge];
