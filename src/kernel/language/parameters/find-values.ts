// Everything in a sentence that could be a value, strongest kinds first: what a date or an address holds is nobody's quantity.
import { parseToday } from "./calendar.ts";
import { findChoices } from "./choices.ts";
import { PAST_WORDS } from "./date-words.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isPastField } from "./field-plans.ts";
import type {
  Found,
  FoundChoice,
  FoundNumber,
  FoundPlace,
  FoundTime,
  ParameterContext,
  Role,
} from "./found.ts";
import { findLiterals } from "./literals.ts";
import { findNumbers } from "./numbers.ts";
import { findPlaces } from "./places.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isOverlapping, textAt, wordAt } from "./sentence.ts";
import { findTimes } from "./times.ts";

class Closed {
  private readonly tokens = new Set<number>();

  constructor(spans: readonly Span[]) {
    this.add(spans);
  }

  add(spans: readonly Span[]): void {
    for (const { start, end } of spans) for (let at = start; at < end; at += 1) this.tokens.add(at);
  }

  isFree = (index: number): boolean => !this.tokens.has(index);

  isOpen = ({ span }: { readonly span: Span }): boolean => {
    for (let at = span.start; at < span.end; at += 1) if (this.tokens.has(at)) return false;
    return true;
  };
}

function hasType(plans: readonly FieldPlan[], ...types: readonly string[]): boolean {
  return plans.some((plan) => types.includes(plan.field.type));
}

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
    role,
    halves: undefined,
  });
  return [half(first, time.from, "start"), half(second, time.to, "end")];
}

const RETURN_WORDS = /^(?:обратно|назад|возврат|возвращение|выезд|return|returning|back|checkout|out)$/;

/** "вылет 5 декабря, обратно 10 декабря" for one period field. */
function joinReturn(sentence: Sentence, times: readonly FoundTime[]): FoundTime[] {
  const result: FoundTime[] = [];
  for (const time of times) {
    const first = result.at(-1);
    const between = first
      ? Array.from({ length: Math.max(0, time.span.start - first.span.end) }, (_, step) =>
          wordAt(sentence, first.span.end + step),
        )
      : [];
    const isReturn =
      first &&
      !first.isRange &&
      !time.isRange &&
      first.from <= time.from &&
      between.some((word) => RETURN_WORDS.test(word));
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

/** "с 5 декабря на 7 ночей", "for 3 days from 5 December": a day and a length beside it are a period, both days included. */
function addLength(
  times: readonly FoundTime[],
  numbers: readonly FoundNumber[],
): { times: FoundTime[]; used: FoundNumber[] } {
  const used: FoundNumber[] = [];
  const longer = times.map((time) => {
    const length = numbers.find((number) => isLengthOf(number, time));
    if (length === undefined || time.isRange || time.role === "end" || !Number.isInteger(length.amount))
      return time;
    used.push(length);
    const days =
      length.unit?.name === "night" ? length.amount : length.amount * (length.unit?.factor ?? 1) - 1;
    const span = {
      start: Math.min(time.span.start, length.span.start),
      end: Math.max(time.span.end, length.span.end),
    };
    return {
      ...time,
      span,
      leadStart: Math.min(time.leadStart, length.leadStart),
      to: time.from + days,
      isRange: true,
      role: undefined,
    };
  });
  return { times: longer, used };
}

function isLengthOf(number: FoundNumber, time: FoundTime): boolean {
  const isDays = number.unit?.dimension === "night" || number.unit?.dimension === "day";
  const isNear = number.leadStart === time.span.end || time.leadStart === number.span.end;
  return isDays && isNear && number.amount > 0 && number.amount <= 366;
}

/** "Москва — Сочи", "USD/RUB": two values without prepositions for a pair of fields go in the order said. */
function toOrdered<T extends FoundPlace | FoundChoice>(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  found: readonly T[],
): T[] {
  const roles = plans.map((plan) => plan.role);
  const [first, second] = found;
  if (!roles.includes("start") || !roles.includes("end") || first === undefined || second === undefined)
    return [...found];
  const gap = second.span.start - first.span.end;
  const isPair =
    first.role === undefined &&
    second.role === undefined &&
    gap <= 2 &&
    (gap === 0 || /^(?:[-—/>→|]|и|and)$/u.test(textAt(sentence, first.span.end)));
  const isArrow = /^(?:→|>)$/u.test(textAt(sentence, second.span.start - 1));
  return isPair || isArrow
    ? [{ ...first, role: "start" }, { ...second, role: "end" }, ...found.slice(2)]
    : [...found];
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
        { ...first, role: "start" },
        { ...second, role: "end" },
      ]
    : [...times];
}

function withoutRepeats<T>(found: readonly T[], toKey: (one: T) => string): T[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = toKey(one);
    return seen.has(key) ? false : seen.add(key).has(key);
  });
}

function findTimesFor(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  { context, closed }: { context: ParameterContext; closed: Closed },
): FoundTime[] {
  const isPast =
    plans.some((plan) => isPastField(plan.field)) ||
    sentence.tokens.some((token) => PAST_WORDS.has(token.text));
  const hasAmounts = hasType(plans, "money", "number", "integer");
  const times = findTimes(
    { sentence, today: parseToday(context.now, context.timeZone), isPast, hasAmounts },
    closed.isFree,
  ).filter(closed.isOpen);
  if (hasType(plans, "date", "period")) return times;
  // Nobody asks for a date: "3 days" may be a quantity, "10 December" still is none.
  return times.filter((time) => time.isAbsolute);
}

export function findValues(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  context: ParameterContext,
): Found[] {
  const { files, urls, quotes, closed: protectedSpans } = findLiterals(sentence);
  const closed = new Closed([...urls, ...files, ...quotes].map((literal) => literal.span));
  const choicePlans = plans.filter((plan) => plan.choices.length > 0);
  const choices = toOrdered(
    sentence,
    choicePlans,
    withoutRepeats(findChoices(sentence, choicePlans, closed.isFree), (choice) => [...choice.values].join()),
  );
  closed.add(protectedSpans);
  const times = findTimesFor(sentence, plans, { context, closed }).filter(
    (time) => !choices.some((choice) => isOverlapping(choice.span, time.span)),
  );
  closed.add(times.map((time) => time.span));
  // A choice that is only a currency may stand inside "50 долларов"; one with digits ("44-ФЗ") closes them.
  closed.add(
    choices
      .filter(({ span }) =>
        sentence.tokens.slice(span.start, span.end).some((token) => token.kind === "number"),
      )
      .map(({ span }) => span),
  );
  const numbers = findNumbers(sentence, closed.isFree).filter((number) =>
    closed.isOpen({ span: number.core }),
  );
  const placePlans = plans.filter((plan) => plan.field.type === "place");
  const places = placePlans.length > 0 ? findPlaces(sentence, closed.isFree) : [];
  const ordered = toOrdered(
    sentence,
    placePlans,
    withoutRepeats(places, (place) => place.name),
  );
  const whole = toWholeTimes(sentence, plans, { times, numbers });
  return [
    ...choices,
    ...urls,
    ...files,
    ...whole.times,
    ...ordered,
    ...numbers.filter((number) => !whole.used.includes(number)),
  ];
}

function toWholeTimes(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  { times, numbers }: { times: readonly FoundTime[]; numbers: readonly FoundNumber[] },
): { times: FoundTime[]; used: FoundNumber[] } {
  if (!hasType(plans, "period"))
    return {
      times: hasType(plans, "date") ? toOrderedDays(sentence, plans, times.flatMap(splitRange)) : [],
      used: [],
    };
  if (hasType(plans, "date")) return { times: [...times], used: [] };
  const takesDays = plans.some((plan) => plan.unit?.dimension === "night" || plan.unit?.dimension === "day");
  const joined = joinReturn(sentence, times);
  return takesDays ? { times: joined, used: [] } : addLength(joined, numbers);
}
