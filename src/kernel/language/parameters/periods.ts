// Stretches of days by their name: "на этой неделе", "за октябрь", "последние 7 дней", "Q3", "2026 год".
import { toCivil, toDay } from "../../domain/civil.ts";
import { toMonthStart } from "./calendar.ts";
import { AMBIGUOUS_MONTHS, CALENDAR_UNITS, MONTHS, ORDINALS, WINDOW_WORDS } from "./date-words.ts";
import { SCALES } from "./number-words.ts";
import type { Amount } from "./relative-dates.ts";
import { LONGEST_WINDOW, addAmount, parseLength } from "./relative-dates.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { Stretch } from "./stretches.ts";
import { toMonth, toQuarter, toStretch, toYear } from "./stretches.ts";
import type { Calendar, TimeMatch, TimeRule } from "./time-rule.ts";
import { intAt, isMeasured, parseBeyond, parseWhich, parseYear, toNearest } from "./time-rule.ts";

function toRangeMatch(end: number, { from, to }: Stretch, isAbsolute = false): TimeMatch {
  return { end, from, to, isRange: true, isAbsolute };
}

/** "a weekend to kill", "any weekend": nobody says which. */
const INDEFINITE = /^(?:a|any|some|one|every|каждые|любые|какие-нибудь)$/;

/** Which one is meant, said before its name or behind it; undefined where nobody says. */
function parseSaid(
  { sentence }: Calendar,
  at: number,
): { which: number; unitAt: number; end: number } | undefined {
  const said = parseWhich(sentence, at);
  const unitAt = said?.end ?? at;
  const beyond = parseBeyond(sentence, unitAt + 1);
  if (beyond) return { ...beyond, unitAt };
  const isWeekend = CALENDAR_UNITS.get(wordAt(sentence, unitAt)) === "weekend";
  const isThis = isWeekend && !INDEFINITE.test(wordAt(sentence, at - 1));
  return said || isThis ? { which: said?.which ?? 0, unitAt, end: unitAt + 1 } : undefined;
}

/** "на этой неделе", "last month", "the week before last", "выходные". */
const calendarUnit: TimeRule = (calendar, at) => {
  const said = parseSaid(calendar, at);
  const unit = said && CALENDAR_UNITS.get(wordAt(calendar.sentence, said.unitAt));
  const stretch = unit && toStretch(calendar.today, unit, said.which);
  return stretch && toRangeMatch(said.end, stretch);
};

function isBehind(calendar: Calendar, at: number): boolean {
  return (
    calendar.isPast || /^(?:за|last|past|прошлый|прошлого|прошлом)$/.test(wordAt(calendar.sentence, at - 1))
  );
}

const MONTH_LEADS =
  /^(?:in|for|during|since|until|till|before|after|by|from|to|of|this|last|next|в|за|на|с|до|по|к|-|—)$/;

/** "first week of December", "в середине декабря": a part that nobody can put into days. */
function isPartOf(sentence: Sentence, at: number): boolean {
  const before = wordAt(sentence, at - 1) === "of" ? at - 2 : at - 1;
  return /^(?:week|weeks|weekend|half|middle|mid|days|середин[аеуы]|половин[аеуы]|числах|числа|недел[еюия]|выходные|выходных|декаде|днях)$/.test(
    wordAt(sentence, before),
  );
}

/** "позапрошлый декабрь": of which year depends on who says it. */
function isBeforeLast(sentence: Sentence, at: number): boolean {
  return parseWhich(sentence, at - 1)?.which === -2 || parseBeyond(sentence, at + 1) !== undefined;
}

/** "в декабре", "за октябрь", "ноябрь 2026". "за" looks back: nobody reports a month to come. */
const month: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const word = wordAt(sentence, at);
  const number = MONTHS.get(word);
  if (number === undefined || isPartOf(sentence, at) || isBeforeLast(sentence, at)) return undefined;
  const year = parseYear(calendar, at + 1);
  if (year) return toRangeMatch(year.end, toMonth(toDay({ year: year.year, month: number, day: 1 })), true);
  if (AMBIGUOUS_MONTHS.has(word) && !MONTH_LEADS.test(textAt(sentence, at - 1))) return undefined;
  const isPast = isBehind(calendar, at);
  // Day 1 looking back and day 28 looking ahead: the running month counts both ways.
  const nearest = toNearest({ ...calendar, isPast }, number, isPast ? 1 : 28);
  const running = toCivil(calendar.today).month === number ? calendar.today : nearest;
  return running === undefined
    ? undefined
    : { ...toRangeMatch(at + 1, toMonth(toMonthStart(running)), true), isYearless: true };
};

/** A window of one part: "последние 2 недели и 3 дня" is none, rather than two weeks. */
function parseWindow(sentence: Sentence, at: number): Amount | undefined {
  const length = parseLength(sentence, at);
  const amount = length?.parts.length === 1 ? length.parts[0] : undefined;
  return amount && amount.count >= 1 && amount.count <= LONGEST_WINDOW ? amount : undefined;
}

/** "последние 7 дней", "the past month", "за неделю", "за месяц": N days that end today. "last month" is a calendar month, not a window. */
const windowBack: TimeRule = ({ sentence, today }, at) => {
  const word = wordAt(sentence, at);
  const isWeekBack = /^(?:неделю|месяц|квартал|полгода|год)$/.test(word) && wordAt(sentence, at - 1) === "за";
  const start = isWeekBack ? at : WINDOW_WORDS.has(word) ? at + 1 : undefined;
  const amount = start === undefined ? undefined : parseWindow(sentence, start);
  const isCalendar = /^(?:last|previous|предыдущ.*)$/.test(word) && amount?.end === at + 2;
  if (amount === undefined || isCalendar) return undefined;
  return toRangeMatch(amount.end, {
    from: addAmount(today, { ...amount, count: -amount.count }) + 1,
    to: today,
  });
};

/** "next 7 days", "ближайшие 3 дня": N days that start today. */
const windowAhead: TimeRule = ({ sentence, today }, at) => {
  const isAhead = /^(?:ближайшие|следующие|next|coming)$/.test(wordAt(sentence, at));
  const amount = isAhead && intAt(sentence, at + 1) !== undefined ? parseWindow(sentence, at + 1) : undefined;
  return amount && toRangeMatch(amount.end, { from: today, to: addAmount(today, amount) - 1 });
};

/** The number of a quarter and where it ends: "Q3", "3-й квартал", "third quarter". */
function parseQuarter({ sentence }: Calendar, at: number): { number: number; end: number } | undefined {
  const isShort = wordAt(sentence, at) === "q" && isAttached(sentence, at + 1);
  const number = isShort
    ? intAt(sentence, at + 1)
    : (intAt(sentence, at) ?? ORDINALS.get(wordAt(sentence, at)));
  if (number === undefined || number < 1 || number > 4) return undefined;
  if (isShort) return { number, end: at + 2 };
  const index = skipQuarterEnding(sentence, at + 1);
  return /^(?:кв|квартал.*|quarter)$/.test(wordAt(sentence, index)) ? { number, end: index + 1 } : undefined;
}

function skipQuarterEnding(sentence: Sentence, at: number): number {
  if (/^(?:й|го|м|rd|st|nd|th)$/.test(wordAt(sentence, at))) return at + 1;
  return textAt(sentence, at) === "-" && /^(?:й|го|м)$/.test(wordAt(sentence, at + 1)) ? at + 2 : at;
}

/** Of this year unless said. */
const quarter: TimeRule = (calendar, at) => {
  const found = parseQuarter(calendar, at);
  if (found === undefined) return undefined;
  const isOf = wordAt(calendar.sentence, found.end) === "of";
  const said = parseYear(calendar, isOf ? found.end + 1 : found.end);
  const number = said?.year ?? toCivil(calendar.today).year;
  return toRangeMatch(said?.end ?? found.end, toQuarter(number, found.number), true);
};

/** "от 1500 до 2000": what runs up to it is no year either. */
function isEndOfAmounts(sentence: Sentence, at: number): boolean {
  const before = intAt(sentence, at - 2);
  return before !== undefined && (before < 1990 || before > 2100) && wordAt(sentence, at - 1) === "до";
}

/** "2026 год", "в 2026", "before 2026": a bare number is a year only after a preposition and without a unit. */
const year: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const number = intAt(sentence, at);
  const isPart = isAttached(sentence, at + 1) && textAt(sentence, at + 1) === "-";
  if (number === undefined || number < 1990 || number > 2100 || isPart) return undefined;
  if (/^(?:год|года|году|г)$/.test(wordAt(sentence, at + 1)))
    return toRangeMatch(at + 2, toYear(number), true);
  const isLed = /^(?:в|за|до|с|после|in|for|during|before|after|since|until|than|of|year)$/.test(
    wordAt(sentence, at - 1),
  );
  const next = textAt(sentence, at + 1);
  const isAmount = isMeasured(sentence, at + 1) || SCALES.has(next) || /^[/%]$/.test(next);
  return isLed && !isAmount && !isEndOfAmounts(sentence, at)
    ? toRangeMatch(at + 1, toYear(number), true)
    : undefined;
};

export const PERIOD_RULES: readonly TimeRule[] = [
  calendarUnit,
  month,
  windowBack,
  windowAhead,
  quarter,
  year,
];
