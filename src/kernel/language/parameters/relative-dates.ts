// Days counted from today: "завтра", "in 3 days", "старше месяца", "next Monday", "конец месяца".
import type { Day } from "../../domain/civil.ts";
import { toDay } from "../../domain/civil.ts";
import { addMonths, toMonthStart, toWeekday } from "./calendar.ts";
import type { CalendarUnit } from "./date-words.ts";
import { CALENDAR_UNITS, MONTHS, ORDINALS, RELATIVE_DAYS, WEEKDAYS, WHICH } from "./date-words.ts";
import { SPELLED_NUMBERS } from "./number-words.ts";
import { toStem } from "./phrase.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { Stretch } from "./stretches.ts";
import { toMonth, toStretch } from "./stretches.ts";
import type { Calendar, TimeMatch, TimeRule } from "./time-rule.ts";
import { intAt, parseBeyond, parseWhich, parseYear, toNearest } from "./time-rule.ts";

function toRelativeMatch(end: number, day: Day): TimeMatch {
  return { end, from: day, to: day, isRange: false, isAbsolute: false };
}

const relativeDay: TimeRule = ({ sentence, today }, at) => {
  const word = wordAt(sentence, at).replace("’", "'");
  const start = word === "the" ? at + 1 : at;
  const phrase = [0, 1, 2].map((step) => wordAt(sentence, start + step)).join(" ");
  if (phrase === "day after tomorrow") return toRelativeMatch(start + 3, today + 2);
  if (phrase === "day before yesterday") return toRelativeMatch(start + 3, today - 2);
  const days = RELATIVE_DAYS.get(word);
  if (days === undefined) return undefined;
  // "завтрашний день", "сегодняшнюю дату"
  return toRelativeMatch(
    /^(?:день|дня|дню|дату|дата|число)$/.test(wordAt(sentence, at + 1)) ? at + 2 : at + 1,
    today + days,
  );
};

/** Longer is a slip of the keyboard, and dates far out are no dates of a business. */
export const LONGEST_WINDOW = 1000;

export interface Amount {
  readonly count: number;
  readonly unit: CalendarUnit;
  readonly end: number;
}

/** "полгода", "half a year" */
function parseHalfYear(sentence: Sentence, at: number): Amount | undefined {
  if (/^пол[у]?года$/.test(wordAt(sentence, at))) return { count: 6, unit: "month", end: at + 1 };
  const phrase = [0, 1, 2].map((step) => wordAt(sentence, at + step)).join(" ");
  return phrase === "half a year" ? { count: 6, unit: "month", end: at + 3 } : undefined;
}

/** "3 дня", "a week", "неделю", "полгода". */
export function parseAmount(sentence: Sentence, at: number): Amount | undefined {
  const half = parseHalfYear(sentence, at);
  if (half) return half;
  const word = wordAt(sentence, at);
  const alone = CALENDAR_UNITS.get(word);
  if (alone && alone !== "weekend") return { count: 1, unit: alone, end: at + 1 };
  const count = /^an?$/.test(word) ? 1 : (intAt(sentence, at) ?? SPELLED_NUMBERS.get(word));
  if (count === undefined || !Number.isInteger(count)) return undefined;
  const next = textAt(sentence, at + 1) === "-" ? at + 2 : at + 1;
  const unit = CALENDAR_UNITS.get(wordAt(sentence, next));
  return unit && unit !== "weekend" ? { count, unit, end: next + 1 } : undefined;
}

/** From long to short, as the parts of one length are told. */
const UNIT_ORDER: readonly CalendarUnit[] = ["year", "quarter", "month", "week", "day"];

function isShorter(one: CalendarUnit, other: CalendarUnit): boolean {
  return UNIT_ORDER.indexOf(one) > UNIT_ORDER.indexOf(other);
}

interface Length {
  readonly parts: readonly Amount[];
  readonly end: number;
}

/** "and a half", "с половиной" behind a length. */
function parseAndHalf(sentence: Sentence, at: number): number | undefined {
  const phrase = [0, 1, 2].map((step) => wordAt(sentence, at + step)).join(" ");
  if (phrase === "and a half") return at + 3;
  return phrase.startsWith("с половиной") ? at + 2 : undefined;
}

/** "2 weeks and 3 days", "год и два месяца", "a year and a half"; undefined where a part of it counts no whole days. */
export function parseLength(sentence: Sentence, at: number): Length | undefined {
  const first = parseAmount(sentence, at);
  if (first === undefined) return undefined;
  const half = parseAndHalf(sentence, first.end);
  if (half !== undefined)
    return first.unit === "year"
      ? { parts: [first, { count: 6, unit: "month", end: half }], end: half }
      : undefined;
  const isJoined = /^(?:and|и|,)$/.test(textAt(sentence, first.end));
  const rest = parseLength(sentence, isJoined ? first.end + 1 : first.end);
  const next = rest?.parts[0];
  if (rest === undefined || next === undefined || !isShorter(next.unit, first.unit))
    return { parts: [first], end: first.end };
  return { parts: [first, ...rest.parts], end: rest.end };
}

export function addAmount(day: Day, { count, unit }: Pick<Amount, "count" | "unit">): Day {
  if (unit === "day") return day + count;
  if (unit === "week") return day + count * 7;
  return addMonths(day, count * (unit === "month" ? 1 : unit === "quarter" ? 3 : 12));
}

interface Shift {
  readonly parts: readonly Amount[];
  readonly sign: 1 | -1;
}

function toShifted(end: number, today: Day, { parts, sign }: Shift): TimeMatch | undefined {
  if (parts.some(({ count }) => count > LONGEST_WINDOW)) return undefined;
  const day = parts.reduce((sum, { count, unit }) => addAmount(sum, { count: sign * count, unit }), today);
  return toRelativeMatch(end, day);
}

/** "через 3 дня", "in a week". */
const ahead: TimeRule = ({ sentence, today }, at) => {
  const word = wordAt(sentence, at);
  const isIn = word === "in" && !CALENDAR_UNITS.has(wordAt(sentence, at + 1));
  const length = word === "через" || isIn ? parseLength(sentence, at + 1) : undefined;
  return length && toShifted(length.end, today, { parts: length.parts, sign: 1 });
};

/** "3 days ago", "неделю назад", "2 weeks from now". */
const offset: TimeRule = ({ sentence, today }, at) => {
  const length = parseLength(sentence, at);
  if (length === undefined) return undefined;
  const { parts, end } = length;
  const after = wordAt(sentence, end);
  if (after === "назад" || after === "ago") return toShifted(end + 1, today, { parts, sign: -1 });
  const isFromNow = after === "from" && /^(?:now|today)$/.test(wordAt(sentence, end + 1));
  return isFromNow ? toShifted(end + 2, today, { parts, sign: 1 }) : undefined;
};

/** "older than 30 days", "старше месяца": the day so long ago. */
const age: TimeRule = ({ sentence, today, isPast }, at) => {
  const before = wordAt(sentence, at - 1);
  const isOlder =
    /^(?:старше|старее)$/.test(before) ||
    // "которым больше полугода": only where one looks back.
    (isPast && /^(?:больше|более|дольше|свыше|over|уже)$/.test(before)) ||
    (isPast && before === "than" && wordAt(sentence, at - 2) === "more") ||
    (before === "than" && /^(?:older|newer|earlier)$/.test(wordAt(sentence, at - 2)));
  const length = isOlder ? parseLength(sentence, at) : undefined;
  return length && toShifted(length.end, today, { parts: length.parts, sign: -1 });
};

/** "next week" behind a weekday. */
function parseWeek(sentence: Sentence, at: number): { shift: number; end: number } | undefined {
  for (const index of [at, at + 1]) {
    const said = parseWhich(sentence, index);
    if (said !== undefined && CALENDAR_UNITS.get(wordAt(sentence, said.end)) === "week")
      return { shift: said.which, end: said.end + 1 };
  }
  return undefined;
}

/** "позапрошлый понедельник", "Monday before last": counted from this week's or from last week's, nobody can say. */
const weekdayBeyond: TimeRule = ({ sentence }, at) => {
  const said = parseWhich(sentence, at);
  const end = (said?.end ?? at) + 1;
  const beyond = parseBeyond(sentence, end);
  const isBeyond = beyond !== undefined || said?.which === -2;
  return isBeyond && WEEKDAYS.has(wordAt(sentence, end - 1))
    ? toRelativeMatch(beyond?.end ?? end, Number.NaN)
    : undefined;
};

/** "в пятницу", "next Monday", "прошлый вторник", "Monday next week". */
const weekday: TimeRule = ({ sentence, today, isPast }, at) => {
  const { which, end: start } = parseWhich(sentence, at) ?? { which: undefined, end: at };
  const target = WEEKDAYS.get(wordAt(sentence, start));
  if (target === undefined) return undefined;
  const week = parseWeek(sentence, start + 1);
  const inWeek = (shift: number): Day => today - toWeekday(today) + shift * 7 + target;
  if (week) return toRelativeMatch(week.end, inWeek(week.shift));
  if (which === 1) return toRelativeMatch(start + 1, inWeek(1));
  const behind = (toWeekday(today) - target + 7) % 7;
  if (which === -1) return toRelativeMatch(start + 1, today - (behind === 0 ? 7 : behind));
  const ahead = (7 - behind) % 7;
  return toRelativeMatch(start + 1, isPast && which === undefined ? today - behind : today + ahead);
};

const SATURDAY = 5;

/** "последняя пятница октября", "the first Monday of December", "first weekend of June". */
const weekdayOfMonth: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const start = wordAt(sentence, at) === "the" ? at + 1 : at;
  const isLast = /^(?:последн\p{L}{2}|last)$/u.test(wordAt(sentence, start));
  const number = isLast ? 0 : ORDINALS.get(wordAt(sentence, start));
  const isWeekend = CALENDAR_UNITS.get(wordAt(sentence, start + 1)) === "weekend";
  const target = isWeekend ? SATURDAY : WEEKDAYS.get(wordAt(sentence, start + 1));
  const monthAt = /^(?:of|in|в)$/.test(wordAt(sentence, start + 2)) ? start + 3 : start + 2;
  const whole = number === undefined || target === undefined ? undefined : parseWhole(calendar, monthAt);
  if (whole === undefined || number === undefined || target === undefined) return undefined;
  const first = whole.from + ((target - toWeekday(whole.from) + 7) % 7);
  const last = whole.to - ((toWeekday(whole.to) - target + 7) % 7);
  const day = isLast ? last : first + (number - 1) * 7;
  const match = toRelativeMatch(whole.end, day);
  return isWeekend ? { ...match, to: day + 1, isRange: true } : match;
};

const EDGES: ReadonlyMap<string, "first" | "last"> = new Map([
  ...["начало", "начала", "начале", "начал", "beginning", "start"].map((word) => [word, "first"] as const),
  ...["конец", "конца", "конце", "концу", "end"].map((word) => [word, "last"] as const),
]);

/** The stretch whose edge is meant: "месяца", "next year", "декабря 2026". */
function parseWhole(calendar: Calendar, at: number): (Stretch & { end: number }) | undefined {
  const { sentence, today } = calendar;
  const which = WHICH.get(toStem(wordAt(sentence, at)));
  const unitAt = which === undefined ? at : at + 1;
  const unit = CALENDAR_UNITS.get(wordAt(sentence, unitAt));
  const named = unit && toStretch(today, unit, which ?? 0);
  if (named) return { ...named, end: unitAt + 1 };
  const month = MONTHS.get(wordAt(sentence, unitAt));
  if (month === undefined) return undefined;
  const said = parseYear(calendar, unitAt + 1);
  // Looking back, the running month has begun; looking ahead, it is not over.
  const nearest = (): Day | undefined => toNearest(calendar, month, calendar.isPast ? 1 : 28);
  const first = said ? toDay({ year: said.year, month, day: 1 }) : nearest();
  return first === undefined ? undefined : { ...toMonth(toMonthStart(first)), end: said?.end ?? unitAt + 1 };
}

/** "конец месяца", "the end of next month", "к концу года", "начало декабря". */
const edge: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const start = wordAt(sentence, at) === "the" ? at + 1 : at;
  const side = EDGES.get(wordAt(sentence, start));
  if (side === undefined) return undefined;
  let index = start + 1;
  while (/^(?:of|the)$/.test(wordAt(sentence, index))) index += 1;
  const whole = parseWhole(calendar, index);
  return whole && toRelativeMatch(whole.end, side === "first" ? whole.from : whole.to);
};

export const RELATIVE_RULES: readonly TimeRule[] = [
  relativeDay,
  ahead,
  offset,
  age,
  weekdayBeyond,
  weekday,
  weekdayOfMonth,
  edge,
];
