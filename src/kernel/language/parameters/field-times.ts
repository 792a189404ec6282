// The dates of a sentence as its fields take them: halves of a range, there and back, a day and a length.
import type { Day } from "../../domain/civil.ts";
import { toCivil } from "../../domain/civil.ts";
import { parseToday, toMonthStart } from "./calendar.ts";
import type { ClosedTokens } from "./closed-tokens.ts";
import { MONTHS, PAST_WORDS, WEEKDAYS } from "./date-words.ts";
import { mendDates } from "./date-slips.ts";
import type { FieldPlan } from "./field-plans.ts";
import { hasType, isPastField } from "./field-plans.ts";
import type { FoundNumber, FoundTime, ParameterContext, Role } from "./found.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { Calendar } from "./time-rule.ts";
import { intAt } from "./time-rule.ts";
import { findTimes } from "./times.ts";

/** "с 5 по 10 декабря" for two date fields: each half is one of them. */
function splitRange(time: FoundTime): FoundTime[] {
  if (time.halves === undefined) return [time];
  const [first, second] = time.halves;
  const half = (span: Span, day: number, role: Role): FoundTime => ({
    ...time,
    span,
    leadStart: span.start,
    from: day,
    to: day,
    isRange: false,
    isPaired: true,
    role,
    halves: undefined,
  });
  return [half(first, time.from, "start"), half(second, time.to, "end")];
}

const RETURN_WORDS =
  /^(?:обратно|назад|возврат|возвращение|выезд|отъезд|(?:вы|у|съ)езжа(?:ем|ю|ет|ют)|улета(?:ем|ю|ет|ют)|return|returning|back|checkout|out|leave|leaves|leaving|depart|departs|departing)$/;

function toWordsBetween(sentence: Sentence, first: FoundTime, second: FoundTime): string[] {
  const count = Math.max(0, second.span.start - first.span.end);
  return Array.from({ length: count }, (_, step) => wordAt(sentence, first.span.end + step));
}

/** "вылет 5 декабря, обратно 10 декабря", "в субботу и воскресенье" for one period field. */
function joinReturn(sentence: Sentence, times: readonly FoundTime[]): FoundTime[] {
  const result: FoundTime[] = [];
  for (const time of times) {
    const first = result.at(-1);
    const between = first ? toWordsBetween(sentence, first, time) : [];
    const isNextDay = first && time.from === first.from + 1 && /^(?:и|and)$/.test(between.join(" "));
    const isReturn =
      first &&
      !first.isRange &&
      !time.isRange &&
      first.from <= time.from &&
      (isNextDay || between.some((word) => RETURN_WORDS.test(word)));
    if (first && isReturn)
      result[result.length - 1] = {
        ...first,
        span: { start: first.span.start, end: time.span.end },
        to: time.to,
        isRange: true,
        role: undefined,
      };
    else result.push(time);
  }
  return result;
}

/** "заезд 2 января, 6-го домой": the only two days of a stay that must be told are its ends. "5 или 6" is a question. */
function joinOnlyTwo(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  times: readonly FoundTime[],
): FoundTime[] {
  const [first, second] = times;
  const isAsked = plans.some((plan) => plan.field.type === "period" && plan.isRequired);
  if (!isAsked || times.length !== 2 || first === undefined || second === undefined) return [...times];
  const isEither = toWordsBetween(sentence, first, second).some((word) => /^(?:или|либо|or)$/.test(word));
  const isPair = !first.isRange && !second.isRange && first.from < second.from && second.role !== "start";
  if (isEither || !isPair) return [...times];
  return [{ ...first, to: second.to, isRange: true, role: undefined }];
}

/** "с 5 декабря на 7 ночей", "for 3 days from 5 December": a day and a length beside it, or the only ones, are a period, both days included. */
function addLength(
  times: readonly FoundTime[],
  numbers: readonly FoundNumber[],
): { times: FoundTime[]; used: FoundNumber[] } {
  const used: FoundNumber[] = [];
  const lengths = numbers.filter(isLength);
  const [only] = times.length === 1 && lengths.length === 1 ? lengths : [];
  const longer = times.map((time) => {
    const length = lengths.find((number) => isBeside(number, time)) ?? only;
    if (length === undefined || time.isRange || time.role === "end") return time;
    used.push(length);
    return toLonger(time, length);
  });
  return { times: longer, used };
}

function toLonger(time: FoundTime, length: FoundNumber): FoundTime {
  // A night, and a day and a night, end on the next day; three days end on the third.
  const isOvernight = length.unit?.name === "night" || length.unit?.name === "24 hours";
  const days = isOvernight ? length.amount : length.amount * (length.unit?.factor ?? 1) - 1;
  // What stands between the two is another value's.
  const whole = isBeside(length, time) ? [time, length] : [time];
  const span = {
    start: Math.min(...whole.map((part) => part.span.start)),
    end: Math.max(...whole.map((part) => part.span.end)),
  };
  const leadStart = Math.min(...whole.map((part) => part.leadStart));
  return { ...time, span, leadStart, to: time.from + days, isRange: true, role: undefined };
}

function isLength({ unit, amount }: FoundNumber): boolean {
  const isDays = unit?.dimension === "night" || unit?.dimension === "day";
  return isDays && Number.isInteger(amount) && amount > 0 && amount <= 366;
}

function isBeside(number: FoundNumber, time: FoundTime): boolean {
  return number.leadStart === time.span.end || time.leadStart === number.span.end;
}

/** "из Москвы 5 декабря, 12 декабря": the earlier is there, the later is back. "5 или 6" is a question, not a journey. */
function toOrderedDays(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  times: readonly FoundTime[],
): FoundTime[] {
  const dates = plans.filter((plan) => plan.field.type === "date");
  const isJourney = dates.length === 2 && dates.filter((plan) => plan.role === "end").length === 1;
  const [first, second] = times;
  if (!isJourney || times.length !== 2 || first === undefined || second === undefined) return [...times];
  const isEither = sentence.tokens
    .slice(first.span.end, second.span.start)
    .some((token) => /^(?:или|либо|or)$/.test(token.text));
  const isOpen = !first.isRange && !second.isRange && first.role === undefined && second.role === undefined;
  return isOpen && !isEither && first.from < second.from
    ? [
        { ...first, role: "start", isPaired: true },
        { ...second, role: "end", isPaired: true },
      ]
    : [...times];
}

/** "в пятницу, обратно в воскресенье": a weekday that is named second comes second. */
function toForward({ sentence, isPast, today }: Calendar, times: readonly FoundTime[]): FoundTime[] {
  const result: FoundTime[] = [];
  for (const time of times) {
    const last = result.at(-1);
    // "be there by Friday, leaving on Thursday" is no way back.
    const isBack =
      last &&
      toWordsBetween(sentence, last, time).some(
        (word) => RETURN_WORDS.test(word) && !word.startsWith("leav"),
      );
    const before = isBack ? last : undefined;
    // "12 января, обратно через неделю": counted from there, not from today.
    if (before && !time.isRange && /^(?:через|in)$/.test(wordAt(sentence, time.span.start))) {
      const day = before.to + time.from - today;
      result.push({ ...time, from: day, to: day });
      continue;
    }
    const isWeekday = sentence.tokens
      .slice(time.span.start, time.span.end)
      .some((token) => WEEKDAYS.has(token.text));
    const isEarlier = before && !time.isRange && !isPast && time.from < before.to;
    const shift = isEarlier
      ? toShift(before.to, time.from, { isWeekday, isDay: isLoneDay(sentence, time) })
      : 0;
    result.push({ ...time, from: time.from + shift, to: time.to + shift });
  }
  return result;
}

function toShift(
  before: Day,
  day: Day,
  { isWeekday, isDay }: { isWeekday: boolean; isDay: boolean },
): number {
  if (isWeekday) return before - day < 7 ? 7 : 0;
  if (!isDay) return 0;
  const { day: wanted } = toCivil(day);
  const months = [0, 1].map((step) => toMonthStart(before, step) + wanted - 1);
  return (months.find((one) => one >= before && toCivil(one).day === wanted) ?? day) - day;
}

/** "the 27th", "27": a day whose month nobody said. */
function isLoneDay(sentence: Sentence, { span, isAbsolute }: FoundTime): boolean {
  const tokens = sentence.tokens.slice(span.start, span.end);
  return isAbsolute && tokens.every(({ text }) => !MONTHS.has(text) && !/^\d+[./]\d/.test(text));
}

/** "потратил 30.11": a bare number may be this field's; nobody takes one for a limit or for guests. */
function takesBare({ field, role, isRequired }: FieldPlan): boolean {
  return field.type === "money" ? isRequired || role === undefined : field.type === "number" && isRequired;
}

export function findTimesFor(
  written: Sentence,
  plans: readonly FieldPlan[],
  { context, closed }: { context: ParameterContext; closed: ClosedTokens },
): FoundTime[] {
  const sentence = mendDates(written);
  const isPast =
    plans.some((plan) => isPastField(plan.field)) ||
    sentence.tokens.some((token) => PAST_WORDS.has(token.text));
  const hasAmounts = plans.some(takesBare);
  const calendar = { sentence, today: parseToday(context.now, context.timeZone), isPast, hasAmounts };
  const times = toForward(calendar, findTimes(calendar, closed.isFree).filter(closed.isOpen));
  // A trip "in three days" takes that long: no day of a period.
  if (hasType(plans, "period") && !hasType(plans, "date"))
    return times.filter((time) => time.isRange || textAt(sentence, time.span.start) !== "in");
  if (hasType(plans, "date", "period")) return times;
  // Nobody asks for a date: "3 days" may be a quantity, and so may "for 2080"; "10 December" still is none.
  const isBare = ({ span }: FoundTime): boolean =>
    span.end - span.start === 1 && intAt(sentence, span.start) !== undefined;
  return times.filter((time) => time.isAbsolute && !isBare(time));
}

/** "после 1 марта и до 1 июня" for one limit: without the other it says more than was asked. */
function isStretch(dates: readonly FieldPlan[], times: readonly FoundTime[]): boolean {
  const isLimit = dates.some((plan) => plan.role !== undefined);
  return isLimit && times.some(({ role }) => role === "start") && times.some(({ role }) => role === "end");
}

/** One date is asked for and a stretch is said: neither of its ends is that date. */
function toHalves(plans: readonly FieldPlan[], times: readonly FoundTime[]): FoundTime[] {
  const dates = plans.filter((plan) => plan.field.type === "date");
  if (dates.length > 1) return times.flatMap(splitRange);
  return isStretch(dates, times) ? times.map((time) => ({ ...time, from: Number.NaN })) : [...times];
}

export function toWholeTimes(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  { times, numbers }: { times: readonly FoundTime[]; numbers: readonly FoundNumber[] },
): { times: FoundTime[]; used: FoundNumber[] } {
  if (!hasType(plans, "period"))
    return {
      times: hasType(plans, "date") ? toOrderedDays(sentence, plans, toHalves(plans, times)) : [],
      used: [],
    };
  if (hasType(plans, "date")) return { times: [...times], used: [] };
  const takesDays = plans.some((plan) => plan.unit?.dimension === "night" || plan.unit?.dimension === "day");
  const joined = joinOnlyTwo(sentence, plans, joinReturn(sentence, times));
  return takesDays ? { times: joined, used: [] } : addLength(joined, numbers);
}
