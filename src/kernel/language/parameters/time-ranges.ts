// A stretch said as its two ends: "с 1 по 15 декабря", "Dec 28 - Jan 3", "01.12–15.12", "с понедельника по пятницу".
import { ABSOLUTE_RULES } from "./absolute-dates.ts";
import { toCivil } from "../../domain/civil.ts";
import { addMonths, parseCivil, toMonthStart } from "./calendar.ts";
import { PERIOD_RULES } from "./periods.ts";
import { RELATIVE_RULES } from "./relative-dates.ts";
import type { Span } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { Stretch } from "./stretches.ts";
import type { Calendar, TimeMatch } from "./time-rule.ts";
import { isMeasured, parseDay, parseYear } from "./time-rule.ts";

const RULES = [...ABSOLUTE_RULES, ...RELATIVE_RULES, ...PERIOD_RULES];

/** The longest single date or period that starts here. */
export function parseSimple(calendar: Calendar, at: number): TimeMatch | undefined {
  let best: TimeMatch | undefined;
  for (const rule of RULES) {
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

/** "с пятницы по вторник": the two are told in order, whatever weekday it is. */
function isInOneWeek(first: TimeMatch, second: TimeMatch): boolean {
  return !first.isAbsolute && !second.isAbsolute && first.from - second.to < 7;
}

function toYearOf(second: TimeMatch, first: TimeMatch): Stretch | undefined {
  const { month, day } = toCivil(first.from);
  const sameYear = parseCivil(toCivil(second.to).year, month, day);
  if (sameYear === undefined) return undefined;
  return { from: sameYear <= second.to ? sameYear : addMonths(sameYear, -12), to: second.to };
}

/** The years that were not said: a range runs forward, and the half with a year lends it to the other. */
function toOrdered(calendar: Calendar, first: TimeMatch, second: TimeMatch): Stretch | undefined {
  if (first.isYearless && !second.isYearless && second.isAbsolute) return toYearOf(second, first);
  if (first.from <= second.to) return { from: first.from, to: second.to };
  if (isInOneWeek(first, second))
    return calendar.isPast
      ? { from: first.from - 7, to: second.to }
      : { from: first.from, to: second.to + 7 };
  if (first.isYearless && (calendar.isPast || second.to >= calendar.today))
    return { from: addMonths(first.from, -12), to: second.to };
  return second.isYearless ? { from: first.from, to: addMonths(second.to, 12) } : undefined;
}

interface FirstHalf {
  readonly match: TimeMatch | undefined;
  /** A bare day whose month comes with the second half ("с 1 по 15 декабря"). */
  readonly day: number | undefined;
  readonly end: number;
}

function parseFirst(calendar: Calendar, said: number): FirstHalf | undefined {
  const at = wordAt(calendar.sentence, said) === "the" ? said + 1 : said;
  const match = parseSimple(calendar, at);
  if (match) return { match, day: undefined, end: match.end };
  const found = parseDay(calendar.sentence, at);
  return found && { match: undefined, day: found.day, end: found.end };
}

function toStretchOf(calendar: Calendar, first: FirstHalf, second: TimeMatch): Stretch | undefined {
  if (first.match) return toOrdered(calendar, first.match, second);
  if (first.day === undefined || second.isRange || !second.isAbsolute || Number.isNaN(second.to))
    return undefined;
  const start = toMonthStart(second.to) + first.day - 1;
  return { from: start <= second.to ? start : toMonthStart(second.to, -1) + first.day - 1, to: second.to };
}

function isDated(match: TimeMatch): boolean {
  return match.isAbsolute && !match.isRange && Number.isFinite(match.from);
}

/** "December 1-15", "December 1 to 15": the second half is a bare day of the same month. */
function parseSecondDay(calendar: Calendar, first: TimeMatch, at: number): TimeMatch | undefined {
  const { sentence } = calendar;
  const found = parseDay(sentence, at);
  if (found === undefined || !isDated(first) || !/[a-z]/.test(sentence.normal)) return undefined;
  const { day, end } = found;
  const said = parseYear(calendar, end);
  const { year, month, day: firstDay } = toCivil(first.from);
  const to = parseCivil(said?.year ?? year, month, day);
  if (to === undefined || day <= firstDay || isMeasured(sentence, end)) return undefined;
  return { ...first, end: said?.end ?? end, from: to, to, isYearless: said === undefined };
}

/** Where the second half starts, if a connector stands behind the first; "and" connects only after "between", "на" after "с". */
function findSecond({ sentence }: Calendar, at: number, end: number): number | undefined {
  const connector = textAt(sentence, end);
  if (connector === "на") return /^(?:с|со)$/.test(wordAt(sentence, at)) ? end + 1 : undefined;
  if (!CONNECTORS.test(connector)) return undefined;
  if (connector !== "and" && connector !== "и") return end + 1;
  return /^(?:between|между)$/.test(wordAt(sentence, at)) ? end + 1 : undefined;
}

/** "28 и 29 ноября": two days in a row. */
function findNextDay(calendar: Calendar, { day, end }: FirstHalf): number | undefined {
  const { sentence } = calendar;
  const isAnd = /^(?:и|and)$/.test(wordAt(sentence, end));
  if (day === undefined || !isAnd || parseDay(sentence, end + 1)?.day !== day + 1) return undefined;
  const second = parseSimple(calendar, end + 1);
  return second?.isAbsolute === true && !second.isRange ? end + 1 : undefined;
}

/** "с 20 по 22", "from the 20th to the 22nd": days of the nearest month that has both ahead, or behind. */
function parseDayPair(calendar: Calendar, first: FirstHalf, at: number): TimeMatch | undefined {
  const { sentence, today, isPast } = calendar;
  const found = parseDay(sentence, at);
  const isDates = textAt(sentence, at - 1) === "по" || found?.isOrdinal === true;
  if (found === undefined || first.day === undefined || !isDates || isMeasured(sentence, found.end))
    return undefined;
  const { day, end } = found;
  const months = [0, 1, 2].map((step) => toCivil(toMonthStart(today, isPast ? -step : step)));
  const last = months
    .map(({ year, month }) => parseCivil(year, month, day))
    .find((one) => one !== undefined && (isPast ? one <= today : one - day + (first.day ?? day) >= today));
  return last === undefined || day < first.day
    ? undefined
    : { end, from: last, to: last, isRange: false, isAbsolute: true };
}

function parseSecond(calendar: Calendar, first: FirstHalf, said: number): TimeMatch | undefined {
  const at = wordAt(calendar.sentence, said) === "the" ? said + 1 : said;
  return (
    parseSimple(calendar, at) ??
    (first.match && parseSecondDay(calendar, first.match, at)) ??
    parseDayPair(calendar, first, at)
  );
}

export function parseRange(calendar: Calendar, at: number): RangeMatch | undefined {
  const first = parseFirst(calendar, LEADS.test(wordAt(calendar.sentence, at)) ? at + 1 : at);
  if (first === undefined) return undefined;
  const next = findSecond(calendar, at, first.end) ?? findNextDay(calendar, first);
  const second = next === undefined ? undefined : parseSecond(calendar, first, next);
  const stretch = second && toStretchOf(calendar, first, second);
  if (second === undefined || stretch === undefined || !(stretch.from <= stretch.to)) return undefined;
  const halves = [
    { start: at, end: first.end },
    { start: first.end, end: second.end },
  ] as const;
  const isAbsolute = second.isAbsolute || first.match?.isAbsolute !== false;
  return { end: second.end, ...stretch, isRange: true, isAbsolute, halves };
}
