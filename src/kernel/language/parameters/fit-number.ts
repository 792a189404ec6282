// How well a number fits a field: what speaks for it, and what says that it is something else.
import { toFieldAmount } from "./field-amount.ts";
import type { FitContext } from "./field-amount.ts";
import type { FieldPlan } from "./field-plans.ts";
import type { FoundNumber, Role } from "./found.ts";

export interface FitEvidence extends FitContext {
  /** One of the field's words stands beside the value. */
  readonly hasCue: boolean;
  /** One of them stands somewhere in the sentence. */
  readonly isMentioned: boolean;
  /** There is no other number, and no other field for one. */
  readonly isOnly: boolean;
}

export const CUE = 6;
const SAME_UNIT = 8;
const SAME_ROLE = 4;
const SAID_AS_MONEY = 3;

export function fitRole(mine: Role | undefined, its: Role | undefined): number | undefined {
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
  // "find articles about Postgres 17" asks for no seventeen articles.
  const isMentioned = evidence.isMentioned && (plan.field.type !== "integer" || found.isApart);
  return plan.isRequired || isMentioned || isOnlyAmount(plan, found, evidence) || isLonePrice(plan, found);
}

const LEAST_PRICE = 100;

/** "кп: Sea Point, 33 кг, 2150": set apart from the weight, it is the price of one. */
function isLonePrice({ field, per, role }: FieldPlan, { isApart, amount }: FoundNumber): boolean {
  return (
    field.type === "money" && per !== undefined && role === undefined && isApart && amount >= LEAST_PRICE
  );
}

/** "два мешка": goods, whatever word of money stands before them. */
const MOST_COUNTED = 10;

function isGoods({ field }: FieldPlan, found: FoundNumber): boolean {
  // "офис 12", "№ 417": told apart by a number, paid by none.
  return field.type === "money" && (found.isLabel || (found.isCount && found.amount < MOST_COUNTED));
}

/** "7000 наличкой" where money is told of, "450 кофе" where nothing else is. */
function isPaid(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): boolean {
  const isMuch = plan.field.type === "money" && evidence.isMentioned && found.amount >= FEWEST_PAID;
  return isMuch || (isOnlyAmount(plan, found, evidence) && !found.isPlural);
}

function isElse(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): boolean {
  const isCount = found.isCount && !isPaid(plan, found, evidence);
  // "3 million" is no weight and no number of guests, but an amount without a unit.
  const isTooMuch = found.isScaled && (plan.unit !== undefined || plan.field.type === "integer");
  const isName = found.isOfName && plan.unit !== undefined;
  return isCount || found.isLabel || isName || found.isSpelled || isTooMuch || found.role !== undefined;
}

/** "кофе 350": the one number for the one amount, unless it is a limit's ("max_price") or a year. */
function isOnlyAmount({ field, role }: FieldPlan, found: FoundNumber, { isOnly }: FitEvidence): boolean {
  return field.type === "money" && isOnly && role === undefined && !isYear(found.amount);
}

/** "бюджет 200 тысяч, сколько уже потратили", "из 100к", "кп на 150 тысяч": the sum of something else, if nothing says that it is this one. */
function isMeasureOf({ field, role, per }: FieldPlan, found: FoundNumber, { hasCue }: FitEvidence): boolean {
  if (field.type !== "money" || hasCue || found.per !== undefined) return false;
  if (per !== undefined && role === undefined) return found.isMeasureOf || found.isOn || found.isDelta;
  return per === undefined && role === undefined && (found.role !== undefined || isOfWhole(found));
}

/** "уложиться в 300 тысяч"; "такси на 500" is what was paid. */
function isOfWhole({ isMeasureOf: isOf, isScaled, amount }: FoundNumber): boolean {
  return isOf && isScaled && amount >= FEWEST_PAID;
}

function isOtherUnit(plan: FieldPlan, found: FoundNumber): boolean {
  // "штук 7" for a field without a unit
  const isPieces = found.unit?.name === "pcs" && plan.unit === undefined && plan.field.type === "integer";
  const isOther = found.unit !== undefined && !isPieces && !isSameUnit(plan, found);
  return isOther && found.currency === undefined;
}

/** "расход 1500-2000": a field without a side takes neither end. */
function isHalfOf({ role }: FieldPlan, { isHalf }: FoundNumber): boolean {
  return isHalf && role === undefined;
}

/** "kg at 1900": a price, and no weight, where a price is asked for too. */
function isPriceOfOne({ unit }: FieldPlan, found: FoundNumber, { hasMoneyField }: FitEvidence): boolean {
  return unit !== undefined && found.isPrice && found.unit === undefined && hasMoneyField;
}

function isNotItsOwn(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): boolean {
  if (isHalfOf(plan, found) || isPriceOfOne(plan, found, evidence)) return true;
  return isGoods(plan, found) || isMeasureOf(plan, found, evidence);
}

export function fitNumber(plan: FieldPlan, found: FoundNumber, evidence: FitEvidence): number | undefined {
  const role = fitRole(plan.role, found.role);
  if (role === undefined || toFieldAmount(plan, found, evidence) === undefined) return undefined;
  if (isNotItsOwn(plan, found, evidence)) return undefined;
  if (isOtherUnit(plan, found) && !evidence.hasCue) return undefined;
  const points = weighNumber(plan, found, evidence);
  const isSide = plan.field.type === "money" && found.role !== undefined;
  return points > 0 || isSide || isBare(plan, found, evidence) ? 1 + role + points : undefined;
}
