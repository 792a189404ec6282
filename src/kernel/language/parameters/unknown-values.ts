// Words that say what a field takes and mean no value of it: a day that is in no calendar, a currency that the skill does not know.
// Left out in silence they would be answered by another day, or another currency.
import { parseCurrency } from "./currencies.ts";
import { type FieldPlan, isCurrencyPlan, isOfKind } from "./field-plans.ts";
import type { Found, Role } from "./found.ts";
import { CHOICE_LEADS, findLead } from "./lead-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isOverlapping, toWords } from "./sentence.ts";
import type { UnclearAmount } from "./unclear-amounts.ts";

interface Scene {
  readonly sentence: Sentence;
  readonly taken: readonly { readonly name: string; readonly span: Span }[];
  /** Fields that have their values from elsewhere. */
  readonly given: readonly FieldPlan[];
}

export function findUnknown(
  plans: readonly FieldPlan[],
  found: readonly Found[],
  scene: Scene,
): UnclearAmount[] {
  return [...findImpossibleDays(plans, found, scene), ...findUnknownCurrencies(plans, found, scene)];
}

function findImpossibleDays(
  plans: readonly FieldPlan[],
  found: readonly Found[],
  scene: Scene,
): UnclearAmount[] {
  const takers = plans.filter((plan) => isOfKind(plan, "time"));
  if (takers.length === 0 || scene.given.some((plan) => isOfKind(plan, "time"))) return [];
  return found.flatMap((one) =>
    one.kind === "time" && one.isImpossible ? toUnknown(one.span, pick(takers, one.role, scene), scene) : [],
  );
}

function findUnknownCurrencies(
  plans: readonly FieldPlan[],
  found: readonly Found[],
  scene: Scene,
): UnclearAmount[] {
  const takers = plans.filter(isCurrencyPlan);
  if (takers.length === 0) return [];
  const closed = [...scene.taken, ...found.filter(({ kind }) => kind === "url" || kind === "file")];
  return findMentions(scene.sentence)
    .filter(
      ({ span, code }) => !isKnown(takers, code) && !closed.some((one) => isOfOthers(one.span, span, found)),
    )
    .flatMap(({ span }) => toUnknown(span, pick(takers, toRole(scene.sentence, span), scene), scene));
}

interface Mention {
  readonly span: Span;
  readonly code: string;
}

function findMentions(sentence: Sentence): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < sentence.tokens.length; at += 1) {
    const mention = parseCurrency(sentence, at);
    if (mention === undefined) continue;
    mentions.push({ span: { start: at, end: mention.end }, code: mention.code });
    at = mention.end - 1;
  }
  return mentions;
}

function isKnown(takers: readonly FieldPlan[], code: string): boolean {
  return takers.some(({ choices }) => choices.some(({ value }) => value === code));
}

/** What another value's words hold is that value's; an amount with this currency is none. */
function isOfOthers(taken: Span, span: Span, found: readonly Found[]): boolean {
  const isAmount = found.some((one) => one.kind === "number" && isOverlapping(one.span, taken));
  return !isAmount && isOverlapping(taken, span);
}

/** "500 тугриков" is what one has, "в тугрики" what one wants. */
function toRole(sentence: Sentence, { start }: Span): Role | undefined {
  if (sentence.tokens[start - 1]?.kind === "number") return "start";
  return findLead(sentence, start, CHOICE_LEADS)?.role;
}

/** The one that it was most likely meant for. */
function pick(takers: readonly FieldPlan[], role: Role | undefined, { taken }: Scene): FieldPlan | undefined {
  const open = takers.filter(({ field }) => !taken.some(({ name }) => name === field.name));
  const all = open.length > 0 ? open : takers;
  return (
    all.find((plan) => role !== undefined && plan.role === role) ??
    all.find(({ isRequired }) => isRequired) ??
    all[0]
  );
}

function toUnknown(span: Span, plan: FieldPlan | undefined, { sentence }: Scene): UnclearAmount[] {
  return plan === undefined
    ? []
    : [{ names: [plan.field.name], words: toWords(sentence, span), isUnknown: true }];
}
