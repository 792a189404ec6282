// Stretches of days: months, weeks, quarters, windows ("последние 7 дней") and ranges said as two dates ("с 1 по 15 декабря").
import type { Day } from "./calendar.ts";
import { addMonths, parseCivil, toCivil, toDay, toMonthStart, toWeekday } from "./calendar.ts";
import type { Calendar, TimeMatch, TimeRule } from "./dates.ts";
import { DAY_RULES, addAmount, intAt, parseAmount, parseYear, skipOrdinal, toNearest } from "./dates.ts";
import type { CalendarUnit } from "./date-words.ts";
import { AMBIGUOUS_MONTHS, CALENDAR_UNITS, MONTHS, ORDINALS, WHICH, WINDOW_WORDS } from "./date-words.ts";
import { parseCurrency } from "./currencies.ts";
import { SCALES } from "./number-words.ts";
import { toStem } from "./phrase.ts";
import type { Span } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import { parseUnit } from "./units.ts";

interface Stretch {
  readonly from: Day;
  readonly to: Day;
}

function toRangeMatch(end: number, { from, to }: Stretch, isAbsolute = false): TimeMatch {
  return { end, from, to, isRange: true, isAbsolute };
}

function toMonth(first: Day): Stretch {
  return { from: first, to: toMonthStart(first, 1) - 1 };
}

export function toYear(year: number): Stretch {
  return { from: toDay({ year, month: 1, day: 1 }), to: toDay({ year, month: 12, day: 31 }) };
}

function toQuarter(year: number, quarter: number): Stretch {
  const from = toDay({ year, month: quarter * 3 - 2, day: 1 });
  return { from, to: toMonthStart(from, 3) - 1 };
}

function toStretch(today: Day, unit: CalendarUnit, which: number): Stretch | undefined {
  const { year, month } = toCivil(today);
  const monday = today - toWeekday(today) + which * 7;
  if (unit === "week") return { from: monday, to: monday + 6 };
  // The days of a weekend that are over are not part of a plan for it.
  if (unit === "weekend") return { from: which === 0 ? Math.max(monday + 5, today) : monday + 5, to: monday + 6 };
  if (unit === "month") return toMonth(toMonthStart(today, which));
  if (unit === "year") return toYear(year + which);
  const index = year * 4 + Math.floor((month - 1) / 3) + which;
  return unit === "quarter" ? toQuarter(Math.floor(index / 4), (index % 4) + 1) : undefined;
}

/** "на этой неделе", "last month", "выходные". */
const calendarUnit: TimeRule = ({ sentence, today }, at) => {
  const which = WHICH.get(toStem(wordAt(sentence, at)));
  const unitAt = which === undefined ? at : at + 1;
  const unit = CALENDAR_UNITS.get(wordAt(sentence, unitAt));
  if (unit === undefined || (which === undefined && unit !== "weekend")) return undefined;
  const stretch = toStretch(today, unit, which ?? 0);
  return stretch && toRangeMatch(unitAt + 1, stretch);
};

function isBehind(calendar: Calendar, at: number): boolean {
  return calendar.isPast || /^(?:за|last|past|прошлый|прошлого|прошлом)$/.test(wordAt(calendar.sentence, at - 1));
}

/** "в декабре", "за октябрь", "ноябрь 2026". "за" looks back: nobody reports a month to come. */
const month: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const word = wordAt(sentence, at);
  const number = MONTHS.get(word);
  if (number === undefined) return undefined;
  const year = parseYear(calendar, at + 1);
  if (year) return toRangeMatch(year.end, toMonth(toDay({ year: year.year, month: number, day: 1 })), true);
  const isLed = /^(?:in|for|during|since|until|till|before|after|by|from|to|of|this|last|next|в|за|на|с|до|по|к)$/.test(wordAt(sentence, at - 1)) || /^[-—]$/.test(textAt(sentence, at - 1));
  if (AMBIGUOUS_MONTHS.has(word) && !isLed) return undefined;
  const isPast = isBehind(calendar, at);
  // Day 1 looking back and day 28 looking ahead: the running month counts both ways.
  const nearest = toNearest({ ...calendar, isPast }, number, isPast ? 1 : 28);
  const running = toCivil(calendar.today).month === number ? calendar.today : nearest;
  return running === undefined ? undefined : { ...toRangeMatch(at + 1, toMonth(toMonthStart(running)), true), isYearless: true };
};

/** "последние 7 дней", "the past month", "за неделю": N days that end today. "last month" is a calendar month, not a window. */
const windowBack: TimeRule = ({ sentence, today }, at) => {
  const word = wordAt(sentence, at);
  const isWeekBack = word === "неделю" && wordAt(sentence, at - 1) === "за";
  const amount = isWeekBack ? parseAmount(sentence, at) : WINDOW_WORDS.has(word) ? parseAmount(sentence, at + 1) : undefined;
  if (amount === undefined || amount.count > 1000 || amount.count < 1) return undefined;
  const isCounted = intAt(sentence, at + 1) !== undefined || amount.end > at + 2;
  if (/^(?:last|previous|предыдущ.*)$/.test(word) && !isCounted) return undefined;
  return toRangeMatch(amount.end, { from: addAmount(today, { ...amount, count: -amount.count }) + 1, to: today });
};

/** "next 7 days", "ближайшие 3 дня": N days that start today. */
const windowAhead: TimeRule = ({ sentence, today }, at) => {
  const isAhead = /^(?:ближайшие|следующие|next|coming)$/.test(wordAt(sentence, at));
  const amount = isAhead && intAt(sentence, at + 1) !== undefined ? parseAmount(sentence, at + 1) : undefined;
  if (amount === undefined || amount.count > 1000 || amount.count < 1) return undefined;
  return toRangeMatch(amount.end, { from: today, to: addAmount(today, amount) - 1 });
};

/** "Q3", "3 квартал 2026", "third quarter": of this year unless said. */
const quarter: TimeRule = (calendar, at) => {
  const { sentence, today } = calendar;
  const word = wordAt(sentence, at);
  const isShort = word === "q" && isAttached(sentence, at + 1);
  const number = isShort ? intAt(sentence, at + 1) : (intAt(sentence, at) ?? ORDINALS.get(word));
  const end = isShort ? at + 2 : skipQuarterWord(calendar, at + 1);
  if (number === undefined || number < 1 || number > 4 || end === undefined) return undefined;
  const said = parseYear(calendar, wordAt(sentence, end) === "of" ? end + 1 : end);
  return toRangeMatch(said?.end ?? end, toQuarter(said?.year ?? toCivil(today).year, number), true);
};

function skipQuarterWord({ sentence }: Calendar, at: number): number | undefined {
  const isEnding = /^(?:й|го|м|rd|st|nd|th)$/.test(wordAt(sentence, at)) || (textAt(sentence, at) === "-" && /^(?:й|го|м)$/.test(wordAt(sentence, at + 1)));
  const index = isEnding ? (textAt(sentence, at) === "-" ? at + 2 : at + 1) : at;
  return /^(?:кв|квартал.*|quarter)$/.test(wordAt(sentence, index)) ? index + 1 : undefined;
}

/** "2026 год", "в 2026", "before 2026": a bare number is a year only after a preposition and without a unit. */
const year: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const number = intAt(sentence, at);
  if (number === undefined || number < 1990 || number > 2100 || isAttached(sentence, at + 1) && textAt(sentence, at + 1) === "-") return undefined;
  if (/^(?:год|года|году|г)$/.test(wordAt(sentence, at + 1))) return toRangeMatch(at + 2, toYear(number), true);
  const isLed = /^(?:в|за|до|с|после|in|for|during|before|after|since|until|than|of|year)$/.test(wordAt(sentence, at - 1));
  const next = wordAt(sentence, at + 1);
  const isAmount = parseCurrency(sentence, at + 1) !== undefined || parseUnit(next) !== undefined || SCALES.has(next) || /^[/%]$/.test(textAt(sentence, at + 1));
  return isLed && !isAmount ? toRangeMatch(at + 1, toYear(number), true) : undefined;
};

const PERIOD_RULES: readonly TimeRule[] = [calendarUnit, month, windowBack, windowAhead, quarter, year];

/** The longest thing that starts here. */
export function parseSimple(calendar: Calendar, at: number): TimeMatch | undefined {
  let best: TimeMatch | undefined;
  for (const rule of [...DAY_RULES, ...PERIOD_RULES]) {
    const match = rule(calendar, at);
    if (match && (best === undefined || match.end > best.end)) best = match;
  }
  return best;
}

export interface RangeMatch extends TimeMatch {
  readonly halves: readonly [Span, Span];
}

const LEADS = /^(?:с|со|от|from|between|между)$/;
const CONNECTORS = /^(?:по|до|to|till|until|through|thru|and|и|-|—)$/;

/** The years that were not said: a range runs forward, and the half with a year lends it to the other. */
function toOrdered(calendar: Calendar, first: TimeMatch, second: TimeMatch): Stretch | undefined {
  if (first.isYearless && !second.isYearless && second.isAbsolute) {
    const { month: firstMonth, day } = toCivil(first.from);
    const sameYear = parseCivil(toCivil(second.to).year, firstMonth, day);
    if (sameYear === undefined) return undefined;
    return { from: sameYear <= second.to ? sameYear : addMonths(sameYear, -12), to: second.to };
  }
  if (first.from <= second.to) return { from: first.from, to: second.to };
  if (first.isYearless && (calendar.isPast || second.to >= calendar.today)) return { from: addMonths(first.from, -12), to: second.to };
  return second.isYearless ? { from: first.from, to: addMonths(second.to, 12) } : undefined;
}

/** The first half: a whole date, or a bare day whose month comes with the second half ("с 1 по 15 декабря"). */
function parseFirst(calendar: Calendar, at: number): { match: TimeMatch | undefined; day: number | undefined; end: number } | undefined {
  const match = parseSimple(calendar, at);
  if (match) return { match, day: undefined, end: match.end };
  const day = intAt(calendar.sentence, at);
  if (day === undefined || day < 1 || day > 31) return undefined;
  return { match: undefined, day, end: skipOrdinal(calendar.sentence, at + 1) };
}

function toStretchOf(calendar: Calendar, first: { match: TimeMatch | undefined; day: number | undefined }, second: TimeMatch): Stretch | undefined {
  if (first.match) return toOrdered(calendar, first.match, second);
  if (first.day === undefined || second.isRange || !second.isAbsolute || Number.isNaN(second.to)) return undefined;
  const start = toMonthStart(second.to) + first.day - 1;
  return { from: start <= second.to ? start : toMonthStart(second.to, -1) + first.day - 1, to: second.to };
}

/** "December 1-15", "December 1 to 15": the second half is a bare day. */
function parseSecondDay(calendar: Calendar, first: TimeMatch | undefined, at: number): TimeMatch | undefined {
  const day = intAt(calendar.sentence, at);
  const isEnglish = /[a-z]/.test(calendar.sentence.normal);
  if (!first?.isAbsolute || first.isRange || day === undefined || day > 31 || !isEnglish || Number.isNaN(first.from)) return undefined;
  const end = skipOrdinal(calendar.sentence, at + 1);
  if (parseUnit(wordAt(calendar.sentence, end)) || parseCurrency(calendar.sentence, end)) return undefined;
  const said = parseYear(calendar, end);
  const { year: near, month: number } = toCivil(first.from);
  const to = parseCivil(said?.year ?? near, number, day);
  return to === undefined || day <= toCivil(first.from).day ? undefined : { ...first, end: said?.end ?? end, from: to, to, isYearless: said === undefined };
}

export function parseRange(calendar: Calendar, at: number): RangeMatch | undefined {
  const { sentence } = calendar;
  const start = LEADS.test(wordAt(sentence, at)) ? at + 1 : at;
  const first = parseFirst(calendar, start);
  const connector = first && textAt(sentence, first.end);
  if (first === undefined || connector === undefined || !CONNECTORS.test(connector)) return undefined;
  const isAnd = /^(?:and|и)$/.test(connector);
  if (isAnd && !/^(?:between|между)$/.test(wordAt(sentence, at))) return undefined;
  const next = isAnd && wordAt(sentence, first.end + 1) === "по" ? first.end + 2 : first.end + 1;
  const second = parseSimple(calendar, next) ?? parseSecondDay(calendar, first.match, next);
  const stretch = second && toStretchOf(calendar, first, second);
  if (second === undefined || stretch === undefined || !(stretch.from <= stretch.to)) return undefined;
  const isAbsolute = second.isAbsolute || (first.match?.isAbsolute ?? true);
  return { end: second.end, ...stretch, isRange: true, isAbsolute, halves: [{ start: at, end: first.end }, { start: first.end, end: second.end }] };
}
