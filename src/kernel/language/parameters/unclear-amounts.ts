// Amounts of a request that no field took: "500 и 300" where one is wanted, "10% ниже 1900". Whoever changes something asks first.
import type { FitContext } from "./field-amount.ts";
import { toFieldAmount } from "./field-amount.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isOfKind } from "./field-plans.ts";
import type { Found, FoundNumber } from "./found.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, toWords, wordAt } from "./sentence.ts";

/** The fields that it may be meant for, and its words. */
export interface UnclearAmount {
  readonly names: readonly string[];
  readonly words: string;
  /** No value of these fields whatever was meant, so that it is asked for by whoever only looks too. */
  readonly isUnknown?: true;
}

interface Scene {
  readonly sentence: Sentence;
  readonly context: FitContext;
  /** The words of all values that were found. */
  readonly taken: readonly { readonly name: string; readonly span: Span; readonly value: unknown }[];
  /** Fields that have their values from elsewhere. */
  readonly given: readonly FieldPlan[];
}

/** "один билет", "Ленина 5", "№ 1041", "3 ноутбука": beside the amount that was said, these are no second one. */
function isNoAmount({ amount, isSpelled, isOfName, isLabel, isCount }: FoundNumber): boolean {
  return !Number.isNaN(amount) && (isSpelled || isOfName || isLabel || isCount);
}

const CHANGES_PRICE =
  /^(?:скидк|наценк|дешевле|дороже|ниже|выше|минус|плюс|discount|off$|cheaper|less$|more$|markup|minus|plus)/;

/** "со скидкой 10%", "10% off": a price is changed by it. "НДС 20%" changes none. */
function changesPrice(sentence: Sentence, { unit, span }: FoundNumber): boolean {
  if (unit?.dimension !== "percent") return false;
  return [span.start - 2, span.start - 1, span.end].some((at) => CHANGES_PRICE.test(wordAt(sentence, at)));
}

/** Of "10% ниже 1900" the amount is not known, of "-500" and "20 долларов" it is none here: whose it is meant to be is known all the same. */
function isMeantFor(plan: FieldPlan, found: FoundNumber, { sentence, context }: Scene): boolean {
  if (!isOfKind(plan, "number") || plan.field.many === true) return false;
  if (changesPrice(sentence, found)) return plan.field.type === "money";
  return toFieldAmount(plan, { ...found, amount: 1, currency: undefined }, context) !== undefined;
}

function toTakers(plans: readonly FieldPlan[], found: FoundNumber, scene: Scene): string[] {
  return plans.filter((plan) => isMeantFor(plan, found, scene)).map(({ field }) => field.name);
}

const JOINS = /^(?:и|and|плюс|plus|,|;|\+)$/;

/** "12 стульев по 350", "такси и 300 на обед": in the words of a text it is still an amount of its own. */
function isOwnAmount(sentence: Sentence, { isPrice, currency, leadStart }: FoundNumber): boolean {
  return isPrice || currency !== undefined || JOINS.test(textAt(sentence, leadStart - 1));
}

/** In whose words it stands. */
function isOf({ span }: Scene["taken"][number], { core }: FoundNumber): boolean {
  return span.start <= core.start && core.start < span.end;
}

function isTaken(found: FoundNumber, { sentence, taken }: Scene): boolean {
  return taken.some(
    (claim) => isOf(claim, found) && !(typeof claim.value === "string" && isOwnAmount(sentence, found)),
  );
}

const MOST_COUNTED = 1_000;

/** "3 кофе по 200" where all of it is asked for: one of them costs so much, and what all do nobody said. */
function isPriceOfOne(
  plans: readonly FieldPlan[],
  found: FoundNumber,
  { scene, numbers }: { readonly scene: Scene; readonly numbers: readonly FoundNumber[] },
): boolean {
  const claim = scene.taken.find((one) => isOf(one, found));
  const plan = plans.find(({ field }) => field.name === claim?.name);
  const isWhole = plan?.field.type === "money" && plan.per === undefined && found.isPrice;
  const isOfMany = ({ isCount, amount }: FoundNumber): boolean =>
    isCount && amount > 1 && amount < MOST_COUNTED;
  return isWhole && numbers.some((one) => one !== found && isOfMany(one));
}

export function findUnclear(
  plans: readonly FieldPlan[],
  found: readonly Found[],
  scene: Scene,
): UnclearAmount[] {
  const numbers = found.filter((one) => one.kind === "number");
  return numbers.flatMap((one) => {
    const isOpen = !isNoAmount(one) && !isTaken(one, scene);
    if (!isOpen && !isPriceOfOne(plans, one, { scene, numbers })) return [];
    const names = toTakers(plans, one, scene);
    const isSettled = toTakers(scene.given, one, scene).length > 0;
    return names.length === 0 || isSettled ? [] : [{ names, words: toWords(scene.sentence, one.span) }];
  });
}
