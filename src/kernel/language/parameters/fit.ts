// How well a found value fits a field: undefined = not at all, otherwise the evidence for it. Never a guess: without evidence only a
// required field takes a value, and only when nothing else competes (assignment.ts).
import { toIsoDate } from "./calendar.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isOfKind, isPastField } from "./field-plans.ts";
import type { Found, FoundChoice, FoundNumber, FoundPlace, FoundTime, Role } from "./found.ts";
import type { Unit } from "./units.ts";
import { toRounded } from "./units.ts";

export interface FitContext {
  readonly currency: string;
  /** A choice of currencies is among the fields: it takes the code, the money its number. */
  readonly hasCurrencyField: boolean;
  readonly hasMoneyField: boolean;
  readonly today: number;
}

export interface FitEvidence extends FitContext {
  /** One of the field's words stands beside the value. */
  readonly hasCue: boolean;
  /** One of them stands somewhere in the sentence. */
  readonly isMentioned: boolean;
  /** There is no other number, and no other field for one. */
  readonly isOnly: boolean;
}

const CUE = 6;
const SAME_UNIT = 8;
const SAME_ROLE = 4;
const SAID_AS_MONEY = 3;

export function isWithinBounds(field: FieldPlan["field"], amount: number): boolean {
  const { min, max, above, below } = field;
  return (
    (min === undefined || amount >= min) &&
    (max === undefined || amount <= max) &&
    (above === undefined || amount > above) &&
    (below === undefined || amount < below)
  );
}

/** "$50" is not 50 roubles: without a field for the currency the amount is asked for. */
function isForeign({ currency }: FoundNumber, context: FitContext): boolean {
  return currency !== undefined && currency !== context.currency && !context.hasCurrencyField;
}

function toMoney(per: Unit | undefined, found: FoundNumber, context: FitContext): number | undefined {
  const isGoods = found.unit !== undefined && found.currency === undefined;
  if (isGoods || isForeign(found, context)) return undefined;
  if (per === undefined) return found.amount;
  // "80 000 за всё" is no price per kilogram.
  if (found.per === undefined) return found.isTotal ? undefined : found.amount;
  if (isNightly(per) && isNightly(found.per)) return found.amount;
  const isSame = found.per.dimension === per.dimension;
  return isSame ? toRounded((found.amount * per.factor) / found.per.factor) : undefined;
}

/** Rooms are priced by the night or by the day, and it is one price. */
function isNightly({ name }: Unit): boolean {
  return name === "night" || name === "day" || name === "24 hours";
}

function toQuantity({ field, unit }: FieldPlan, found: FoundNumber, context: FitContext): number | undefined {
  if (found.currency !== undefined || found.per !== undefined) {
    const isAmount = field.type === "number" && unit === undefined && !context.hasMoneyField;
    return isAmount ? toMoney(undefined, found, context) : undefined;
  }
  if (unit === undefined || found.unit === undefined) return found.amount;
  return unit.dimension === found.unit.dimension
    ? toRounded((found.amount * found.unit.factor) / unit.factor)
    : undefined;
}

/** The amount in the field's own unit, or undefined where it cannot be this field's. */
export function toFieldAmount(plan: FieldPlan, found: FoundNumber, context: FitContext): number | undefined {
  const amount =
    plan.field.type === "money" ? toMoney(plan.per, found, context) : toQuantity(plan, found, context);
  if (amount === undefined || !Number.isFinite(amount) || !isWithinBounds(plan.field, amount))
    return undefined;
  return plan.field.type === "integer" && !Number.isSafeInteger(amount) ? undefined : amount;
}

function fitRole(mine: Role | undefined, its: Role | undefined): number | undefined {
  if (mine !== undefined && its !== undefined) return mine === its ? SAME_ROLE : undefined;
  // "2" beside "limit" and "guests": the one without a side is nearer.
  return mine === undefined ? 0 : -0.5;
}

function isSameUnit(plan: FieldPlan, found: FoundNumber): boolean {
  return plan.unit !== undefined && found.unit?.dimension === plan.unit.dimension;
}

/** "7000 наличкой" is money where money is told of; "3 ящика" counts. */
const FEWEST_PAID = 1000;

function isSaidAsMoney(plan: FieldPlan, found: FoundNumber, { hasMoneyField }: FitContext): boolean {
  if (plan.field.type !== "money") return found.currency !== undefined && !hasMoneyField;
  // "по 223": a price of one, or many; never the limit of a whole.
  const isPrice = found.isPrice && (plan.per !== undefined || found.amount >= FEWEST_PAID);
  return found.currency !== undefined || isPrice || found.isScaled;
}

/** What speaks for this field, in points; 0 is nothing. */
function weighNumber(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): number {
  const isPriced = plan.field.type === "money" && plan.per !== undefined;
  const proofs: readonly (readonly [isProof: boolean, points: number])[] = [
    [evidence.hasCue, CUE],
    [isSameUnit(plan, found), SAME_UNIT],
    [isPriced && found.per !== undefined, SAME_UNIT],
    [isSaidAsMoney(plan, found, evidence), SAID_AS_MONEY],
    [isPriced && found.isPrice, SAID_AS_MONEY],
  ];
  return proofs.reduce((sum, [isProof, points]) => sum + (isProof ? points : 0), 0);
}

function isYear(amount: number): boolean {
  return Number.isInteger(amount) && amount >= 1990 && amount <= 2100;
}

/** A bare number that nothing speaks for: only for a field that must be filled, and only if it is nothing else's number. */
function isBare(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): boolean {
  if (isElse(plan, found, evidence)) return false;
  return plan.isRequired || evidence.isMentioned || isOnlyAmount(plan, found, evidence);
}

/** "два мешка": goods, whatever word of money stands before them. */
const MOST_COUNTED = 10;

function isGoods({ field }: FieldPlan, found: FoundNumber): boolean {
  // "офис 12", "№ 417": told apart by a number, paid by none.
  return field.type === "money" && (found.isLabel || (found.isCount && found.amount < MOST_COUNTED));
}

function isElse(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): boolean {
  const isPaid = plan.field.type === "money" && evidence.isMentioned && found.amount >= FEWEST_PAID;
  const isListed = isOnlyAmount(plan, found, evidence) && !found.isPlural;
  const isCount = found.isCount && !isPaid && !isListed;
  // "3 million" is no weight and no number of guests, but an amount without a unit.
  const isTooMuch = found.isScaled && (plan.unit !== undefined || plan.field.type === "integer");
  return isCount || found.isLabel || found.isSpelled || isTooMuch || found.role !== undefined;
}

/** "кофе 350": the one number for the one amount, unless it is a limit's ("max_price") or a year. */
function isOnlyAmount({ field, role }: FieldPlan, found: FoundNumber, { isOnly }: FitEvidence): boolean {
  return field.type === "money" && isOnly && role === undefined && !isYear(found.amount);
}

function fitNumber(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): number | undefined {
  const role = fitRole(plan.role, found.role);
  if (role === undefined || toFieldAmount(plan, found, evidence) === undefined) return undefined;
  if (isGoods(plan, found)) return undefined;
  const isOtherUnit = found.unit !== undefined && !isSameUnit(plan, found) && found.currency === undefined;
  if (isOtherUnit && !evidence.hasCue) return undefined;
  const points = weighNumber(plan, found, evidence);
  const isSide = plan.field.type === "money" && found.role !== undefined;
  return points > 0 || isSide || isBare(plan, found, evidence) ? 1 + role + points : undefined;
}

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
function isOtherDay(plan: FieldPlan, found: FoundTime, { hasCue, today }: FitEvidence): boolean {
  // "by Friday" is when one must be there, not when one is back: a second date that may be left out is named or paired.
  if (plan.role === "end" && !plan.isRequired) return !found.isPaired && !hasCue;
  // "сколько ещё можно потратить до конца месяца" tells no day in the past.
  return plan.role === undefined && found.role === "end" && found.from > today && isPastField(plan.field);
}

function fitTime(plan: FieldPlan, found: FoundTime, evidence: FitEvidence): number | undefined {
  const isDate = plan.field.type === "date";
  if (isDate && isOtherDay(plan, found, evidence)) return undefined;
  const role = isDate ? fitRole(plan.role, found.role) : 0;
  if (role === undefined || toTimeValue(plan, found, evidence) === undefined) return undefined;
  return (
    1 + role + (evidence.hasCue ? CUE : 0) + (isDate !== found.isRange ? 2 : 0) + (found.isAbsolute ? 0.5 : 0)
  );
}

function fitPlace(plan: FieldPlan, found: FoundPlace, hasCue: boolean): number | undefined {
  const role = fitRole(plan.role, found.role);
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
    case "quote":
      return undefined;
  }
}

export function fit(plan: FieldPlan, found: Found, evidence: FitEvidence): number | undefined {
  if (!isOfKind(plan, found.kind)) return undefined;
  const score = fitKind(plan, found, evidence);
  // Between equals the field that must be filled comes first: one date of a flight is the departure.
  return score === undefined || !plan.isRequired ? score : score + 0.1;
}
