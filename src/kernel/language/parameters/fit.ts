// How well a found value fits a field: undefined = not at all, otherwise the evidence for it. Never a guess: without evidence only a
// required field takes a value, and only when nothing else competes (assignment.ts).
import { toIsoDate } from "./calendar.ts";
import { PAST_WORDS } from "./date-words.ts";
import type { FitContext } from "./field-amount.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isOfKind, isPastField } from "./field-plans.ts";
import type { FitEvidence } from "./fit-number.ts";
import { CUE, fitNumber, fitRole } from "./fit-number.ts";
import type { Found, FoundChoice, FoundPlace, FoundTime } from "./found.ts";

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What a stretch of time means to a field: a date is its edge only where the sentence says which ("before this year"). */
export function toTimeValue(
  plan: FieldPlan,
  found: FoundTime,
  context: FitContext,
): string | Period | undefined {
  if (!Number.isFinite(found.from) || !Number.isFinite(found.to)) return undefined;
  if (plan.field.type === "date")
    return !found.isRange || found.role !== undefined ? toIsoDate(found.from) : undefined;
  if (found.role === "end") return undefined;
  if (found.role === "start")
    return found.from <= context.today
      ? { from: toIsoDate(found.from), to: toIsoDate(context.today) }
      : undefined;
  return { from: toIsoDate(found.from), to: toIsoDate(found.to) };
}

/** A day that is said, but not for this field. */
function isOtherDay(plan: FieldPlan, found: FoundTime, { hasCue, isMentioned, today }: FitEvidence): boolean {
  // "by Friday" is when one must be there, not when one is back: a second date that may be left out is named or paired.
  if (plan.role === "end" && !plan.isRequired) return !found.isPaired && !hasCue;
  if (plan.role !== undefined || found.role !== "end") return false;
  // "нужно там к субботе": when it must be there, not when it is sent.
  if (!plan.isRequired && !isMentioned && !isPastField(plan.field)) return true;
  // "сколько ещё можно потратить до конца месяца" tells no day in the past.
  return found.from > today && isPastField(plan.field);
}

/** What was published has been: "closing next week", "на 2027 год" tell when else. */
function isNotYet({ field }: FieldPlan, found: FoundTime, { hasCue, today }: FitEvidence): boolean {
  const isOfPast = (field.words ?? []).some((word) => PAST_WORDS.has(word));
  return isOfPast && !hasCue && (found.from > today || found.isDeadline === true);
}

function fitTime(plan: FieldPlan, found: FoundTime, evidence: FitEvidence): number | undefined {
  const isDate = plan.field.type === "date";
  if (isDate && isOtherDay(plan, found, evidence)) return undefined;
  if (!isDate && isNotYet(plan, found, evidence)) return undefined;
  const role = isDate ? fitRole(plan.role, found.role) : 0;
  if (role === undefined || toTimeValue(plan, found, evidence) === undefined) return undefined;
  return (
    1 + role + (evidence.hasCue ? CUE : 0) + (isDate !== found.isRange ? 2 : 0) + (found.isAbsolute ? 0.5 : 0)
  );
}

/** "по всей России": said of everything, and nowhere to go to. */
export function isEverywhere({ name }: FoundPlace): boolean {
  return name === "Россия" || name === "Russia";
}

function fitPlace(plan: FieldPlan, found: FoundPlace, hasCue: boolean): number | undefined {
  const role = isEverywhere(found) ? undefined : fitRole(plan.role, found.role);
  if (role === undefined) return undefined;
  // One place is asked for and two are said ("отели в Сочи, вылет из Москвы"): where one goes, not where one comes from.
  const isOrigin = plan.role === undefined && found.role === "start";
  return 1 + role + (hasCue ? CUE : 0) - (isOrigin ? 0.25 : 0) + (found.isKnown ? 0.5 : 0);
}

function fitChoice(plan: FieldPlan, found: FoundChoice, hasCue: boolean): number | undefined {
  if (!found.values.has(plan.field.name)) return undefined;
  const role = found.values.size > 1 ? fitRole(plan.role, found.role) : 0;
  return role === undefined ? undefined : 1 + role + (hasCue ? CUE : 0);
}

function fitKind(plan: FieldPlan, found: Found, evidence: FitEvidence): number | undefined {
  switch (found.kind) {
    case "number":
      return fitNumber(plan, found, evidence);
    case "time":
      return fitTime(plan, found, evidence);
    case "place":
      return fitPlace(plan, found, evidence.hasCue);
    case "choice":
      return fitChoice(plan, found, evidence.hasCue);
    case "url":
    case "file":
      return 1 + (evidence.hasCue ? CUE : 0);
  }
}

export function fit(plan: FieldPlan, found: Found, evidence: FitEvidence): number | undefined {
  if (!isOfKind(plan, found.kind)) return undefined;
  const score = fitKind(plan, found, evidence);
  // Between equals the field that must be filled comes first: one date of a flight is the departure.
  return score === undefined || !plan.isRequired ? score : score + 0.1;
}
