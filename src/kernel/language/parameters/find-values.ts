// Everything in a sentence that could be a value, strongest kinds first: what a date or an address holds is nobody's quantity.
import { findChoices } from "./choices.ts";
import { ClosedTokens } from "./closed-tokens.ts";
import type { FieldPlan } from "./field-plans.ts";
import { findTimesFor, toWholeTimes } from "./field-times.ts";
import type { Found, FoundChoice, FoundPlace, ParameterContext, Quote } from "./found.ts";
import { findLiterals } from "./literals.ts";
import { findNumbers } from "./numbers.ts";
import { findPlaces } from "./places.ts";
import { withoutRelated } from "./related-numbers.ts";
import type { Sentence } from "./sentence.ts";
import { isOverlapping, textAt, wordAt } from "./sentence.ts";

/** "Москва — Сочи", "USD/RUB": two values without prepositions for a pair of fields go in the order said. */
function toOrdered<T extends FoundPlace | FoundChoice>(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  found: readonly T[],
): T[] {
  const roles = plans.map((plan) => plan.role);
  const [first, second] = found;
  if (first && second && isListed(sentence, first, second))
    return [first, { ...second, role: first.role }, ...found.slice(2)];
  if (!roles.includes("start") || !roles.includes("end") || first === undefined) return [...found];
  if (second === undefined) return [toDestination(sentence, first)];
  return isPair(sentence, first, second)
    ? [{ ...first, role: "start" }, { ...second, role: "end" }, ...found.slice(2)]
    : [...found];
}

function isPair(
  sentence: Sentence,
  first: FoundPlace | FoundChoice,
  second: FoundPlace | FoundChoice,
): boolean {
  if (/^(?:→|>)$/u.test(textAt(sentence, second.span.start - 1))) return true;
  if (first.role !== undefined || second.role !== undefined) return false;
  const gap = second.span.start - first.span.end;
  return gap === 0 || (gap <= 2 && /^(?:[-—/>→|]|и|and)$/u.test(textAt(sentence, first.span.end)));
}

/** "в Москву и Питер": what is said in one breath goes the same way. */
function isListed(
  sentence: Sentence,
  first: FoundPlace | FoundChoice,
  second: FoundPlace | FoundChoice,
): boolean {
  const isJoined = /^(?:и|and|,)$/.test(textAt(sentence, first.span.end));
  return (
    isJoined &&
    second.span.start === first.span.end + 1 &&
    second.role === undefined &&
    first.role !== undefined
  );
}

/** "авиабилеты Сочи", "airfare Dubai": one place without a preposition is where one goes, but for the first of "Мск - Гадюкино". */
function toDestination<T extends FoundPlace | FoundChoice>(sentence: Sentence, only: T): T {
  if (only.kind !== "place" || only.role !== undefined) return only;
  const isFirst =
    /^[-—→>]$/u.test(textAt(sentence, only.span.end)) && wordAt(sentence, only.span.end + 1) !== "";
  return { ...only, role: isFirst ? "start" : "end" };
}

function withoutRepeats<T>(found: readonly T[], toKey: (one: T) => string): T[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = toKey(one);
    return seen.has(key) ? false : seen.add(key).has(key);
  });
}

export function findValues(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  context: ParameterContext,
): { readonly found: Found[]; readonly quotes: readonly Quote[] } {
  const { files, urls, quotes, closed: protectedSpans } = findLiterals(sentence);
  const closed = new ClosedTokens([...urls, ...files, ...quotes].map((literal) => literal.span));
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
  const takesShares = plans.some((plan) => plan.unit?.dimension === "percent");
  const open = findNumbers(sentence, closed.isFree).filter(({ core }) => closed.isOpen({ span: core }));
  const numbers = withoutRelated(sentence, open, takesShares);
  const placePlans = plans.filter((plan) => plan.field.type === "place");
  const places = placePlans.length > 0 ? findPlaces(sentence, closed.isFree) : [];
  const ordered = toOrdered(
    sentence,
    placePlans,
    withoutRepeats(places, (place) => place.name),
  );
  const whole = toWholeTimes(sentence, plans, { times, numbers });
  const left = numbers.filter((number) => !whole.used.includes(number));
  return { found: [...choices, ...urls, ...files, ...whole.times, ...ordered, ...left], quotes };
}
