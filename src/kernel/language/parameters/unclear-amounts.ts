// Amounts of a request that no field took: "500 и 300" where one is wanted, "10% ниже 1900". Whoever changes something asks first.
import type { FitContext } from "./field-amount.ts";
import { toFieldAmount } from "./field-amount.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isOfKind } from "./field-plans.ts";
import type { Found, FoundNumber } from "./found.ts";
import type { Sentence, Span } from "./sentence.ts";
import { toWords } from "./sentence.ts";

/** The fields that it may be meant for, and its words. */
export interface UnclearAmount {
  readonly names: readonly string[];
  readonly words: string;
}

interface Scene {
  readonly sentence: Sentence;
  readonly context: FitContext;
  /** The words of all values that were found. */
  readonly taken: readonly { readonly span: Span; readonly value: unknown }[];
  /** Fields that have their values from elsewhere. */
  readonly given: readonly FieldPlan[];
}

/** "один билет", "Ленина 5", "№ 1041", "3 ноутбука": beside the amount that was said, these are no second one. */
function isNoAmount({ amount, isSpelled, isOfName, isLabel, isCount }: FoundNumber): boolean {
  return !Number.isNaN(amount) && (isSpelled || isOfName || isLabel || isCount);
}

function toTakers(plans: readonly FieldPlan[], found: FoundNumber, context: FitContext): string[] {
  // Of "10% ниже 1900" the amount is not known, but that it is a price is.
  const amount = Number.isNaN(found.amount) ? 1 : found.amount;
  return plans
    .filter((plan) => isOfKind(plan, "number") && plan.field.many !== true)
    .filter((plan) => toFieldAmount(plan, { ...found, amount }, context) !== undefined)
    .map(({ field }) => field.name);
}

export function findUnclear(
  plans: readonly FieldPlan[],
  found: readonly Found[],
  { sentence, context, taken, given }: Scene,
): UnclearAmount[] {
  const isTaken = ({ core, isPrice, currency }: FoundNumber): boolean =>
    taken.some(({ span, value }) => {
      // "12 стульев по 350": a price in a text is still a price.
      const isText = typeof value === "string" && (isPrice || currency !== undefined);
      return !isText && span.start <= core.start && core.start < span.end;
    });
  return found.flatMap((one) => {
    if (one.kind !== "number" || isNoAmount(one) || isTaken(one)) return [];
    const names = toTakers(plans, one, context);
    const isSettled = toTakers(given, one, context).length > 0;
    return names.length === 0 || isSettled ? [] : [{ names, words: toWords(sentence, one.span) }];
  });
}
