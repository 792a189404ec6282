// A number in the terms of a field: in its unit, its currency, per what its price is; undefined where it cannot be this field's.
import type { FieldPlan } from "./field-plans.ts";
import type { FoundNumber } from "./found.ts";
import type { Unit } from "./units.ts";
import { toRounded } from "./units.ts";

export interface FitContext {
  readonly currency: string;
  /** A choice of currencies is among the fields: it takes the code, the money its number. */
  readonly hasCurrencyField: boolean;
  readonly hasMoneyField: boolean;
  readonly today: number;
}

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
  // "30k per person", "10 тысяч в день": of one, where the whole is asked for.
  if (per === undefined)
    return found.per === undefined || found.per.dimension === "mass" ? found.amount : undefined;
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
    // "45 euros a box": what is converted may well be the price of one.
    return isAmount ? toMoney(undefined, { ...found, per: undefined }, context) : undefined;
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
