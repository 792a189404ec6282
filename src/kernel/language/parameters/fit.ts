// How well a found value fits a field: undefined = not at all, otherwise the evidence for it. Never a guess: without evidence only a
// required field takes a value, and only when nothing else competes (assignment.ts).
import { toIsoDate } from "./calendar.ts";
import type { FieldPlan } from "./field-plans.ts";
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
}

const CUE = 6;
const SAME_UNIT = 8;
const SAME_ROLE = 4;
const SAID_AS_MONEY = 3;

export function isWithinBounds(field: FieldPlan["field"], amount: number): boolean {
  const { min, max, above, below } = field;
  return (min === undefined || amount >= min) && (max === undefined || amount <= max) && (above === undefined || amount > above) && (below === undefined || amount < below);
}

function toMoney(per: Unit | undefined, found: FoundNumber, context: FitContext): number | undefined {
  const isForeign = found.currency !== undefined && found.currency !== context.currency;
  // "$50" is not 50 roubles: without a field for the currency the amount is asked for.
  if (isForeign && !context.hasCurrencyField) return undefined;
  if (found.unit !== undefined && found.currency === undefined) return undefined;
  // "80 000 за всё" is no price per kilogram.
  if (per !== undefined && found.isTotal) return undefined;
  if (found.per === undefined || per === undefined) return found.amount;
  if (isNightly(per) && isNightly(found.per)) return found.amount;
  return found.per.dimension === per.dimension ? toRounded((found.amount * per.factor) / found.per.factor) : undefined;
}

/** Rooms are priced by the night or by the day, and it is one price. */
function isNightly({ name }: Unit): boolean {
  return name === "night" || name === "day";
}

function toQuantity({ field, unit }: FieldPlan, found: FoundNumber, context: FitContext): number | undefined {
  if (found.currency !== undefined || found.per !== undefined) {
    const isAmount = field.type === "number" && unit === undefined && !context.hasMoneyField;
    return isAmount ? toMoney(undefined, found, context) : undefined;
  }
  if (unit === undefined || found.unit === undefined) return found.amount;
  return unit.dimension === found.unit.dimension ? toRounded((found.amount * found.unit.factor) / unit.factor) : undefined;
}

/** The amount in the field's own unit, or undefined where it cannot be this field's. */
export function toFieldAmount(plan: FieldPlan, found: FoundNumber, context: FitContext): number | undefined {
  const amount = plan.field.type === "money" ? toMoney(plan.per, found, context) : toQuantity(plan, found, context);
  if (amount === undefined || !Number.isFinite(amount) || !isWithinBounds(plan.field, amount)) return undefined;
  return plan.field.type === "integer" && !Number.isSafeInteger(amount) ? undefined : amount;
}

function fitRole(mine: Role | undefined, its: Role | undefined): number | undefined {
  if (mine !== undefined && its !== undefined) return mine === its ? SAME_ROLE : undefined;
  // "2" beside "limit" and "guests": the one without a side is nearer.
  return mine === undefined ? 0 : -0.5;
}

function fitNumber(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): number | undefined {
  const { hasCue, hasMoneyField, isMentioned } = evidence;
  const isMoney = plan.field.type === "money";
  const role = fitRole(plan.role, found.role);
  if (role === undefined || toFieldAmount(plan, found, evidence) === undefined) return undefined;
  const isSameUnit = plan.unit !== undefined && found.unit?.dimension === plan.unit.dimension;
  if (found.unit !== undefined && !isSameUnit && !hasCue && found.currency === undefined) return undefined;
  const isSamePer = isMoney && plan.per !== undefined && found.per !== undefined;
  const isMoneySaid = (isMoney || !hasMoneyField) && (found.currency !== undefined || (isMoney && (found.isPrice || found.isScaled)));
  const isSide = isMoney && found.role !== undefined;
  const isEvident = hasCue || isSameUnit || isSamePer || isMoneySaid || isSide;
  const isCommon = found.isLabel ? !hasCue : found.isCount || found.isSpelled || found.isScaled || found.role !== undefined;
  if (!isEvident && (isCommon || !(plan.isRequired || isMentioned))) return undefined;
  const price = isMoney && found.isPrice && plan.per !== undefined ? SAID_AS_MONEY : 0;
  return 1 + role + (hasCue ? CUE : 0) + (isSameUnit ? SAME_UNIT : 0) + (isSamePer ? SAME_UNIT : 0) + (isMoneySaid ? SAID_AS_MONEY : 0) + price;
}

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What a stretch of time means to a field: a date is its edge only where the sentence says which ("before this year"). */
export function toTimeValue(plan: FieldPlan, found: FoundTime, context: FitContext): string | Period | undefined {
  if (!Number.isFinite(found.from) || !Number.isFinite(found.to)) return undefined;
  if (plan.field.type === "date") return !found.isRange || found.role !== undefined ? toIsoDate(found.from) : undefined;
  if (found.role === "end") return undefined;
  if (found.role === "start") return found.from <= context.today ? { from: toIsoDate(found.from), to: toIsoDate(context.today) } : undefined;
  return { from: toIsoDate(found.from), to: toIsoDate(found.to) };
}

function fitTime(plan: FieldPlan, found: FoundTime, evidence: FitEvidence): number | undefined {
  const isDate = plan.field.type === "date";
  const role = isDate ? fitRole(plan.role, found.role) : 0;
  if (role === undefined || toTimeValue(plan, found, evidence) === undefined) return undefined;
  return 1 + role + (evidence.hasCue ? CUE : 0) + (isDate !== found.isRange ? 2 : 0) + (found.isAbsolute ? 0.5 : 0);
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

export function fit(plan: FieldPlan, found: Found, evidence: FitEvidence): number | undefined {
  if (found.kind === "choice") return fitChoice(plan, found, evidence.hasCue);
  const score = fitKind(plan, found, evidence);
  // Between equals the field that must be filled comes first: one date of a flight is the departure.
  return score === undefined || !plan.isRequired ? score : score + 0.1;
}

function fitKind(plan: FieldPlan, found: Found, evidence: FitEvidence): number | undefined {
  const { type } = plan.field;
  if (plan.field.oneOf !== undefined || type === "choice") return undefined;
  if (found.kind === "number") return type === "number" || type === "integer" || type === "money" ? fitNumber(plan, found, evidence) : undefined;
  if (found.kind === "time") return type === "date" || type === "period" ? fitTime(plan, found, evidence) : undefined;
  if (found.kind === "place") return type === "place" ? fitPlace(plan, found, evidence.hasCue) : undefined;
  if (found.kind === "url") return type === "url" ? 1 + (evidence.hasCue ? CUE : 0) : undefined;
  return undefined;
}
