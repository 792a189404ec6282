// The values of a skill's input that a sentence names. Rules only: every value comes with the words it was taken from, no words are
// taken twice, and what is not said is asked for by name.
import type { InputField } from "../../domain/skill.ts";
import type { Text } from "../../domain/text.ts";
import type { Pair } from "./assignment.ts";
import { decidePairs } from "./assignment.ts";
import { parseToday } from "./calendar.ts";
import type { Cue, CueBindings } from "./cues.ts";
import { bindCues, findCues } from "./cues.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isCurrencyPlan, isOfKind, toFieldPlan } from "./field-plans.ts";
import { findValues } from "./find-values.ts";
import type { FitContext } from "./field-amount.ts";
import { toFieldAmount } from "./field-amount.ts";
import { fit, isEverywhere, toTimeValue } from "./fit.ts";
import type { Found, FoundNumber, ParameterContext, Quote } from "./found.ts";
import { parseText } from "./free-text.ts";
import { isLabel } from "./named-text.ts";
import { toTopic } from "./text-scene.ts";
import type { Sentence, Span } from "./sentence.ts";
import { parseSentence, toWords } from "./sentence.ts";
import type { UnclearAmount } from "./unclear-amounts.ts";
import { findUnclear } from "./unclear-amounts.ts";
import { findUnknown } from "./unknown-values.ts";
import { mendValues } from "./value-slips.ts";

export interface UnderstoodValue {
  readonly name: string;
  readonly value: unknown;
  /** The exact words of the request. */
  readonly words: string;
}

export interface MissingValue {
  readonly name: string;
  readonly ask: Text;
}

export interface ParsedParameters {
  readonly values: Record<string, unknown>;
  readonly understood: readonly UnderstoodValue[];
  readonly missing: readonly MissingValue[];
  readonly unclear: readonly UnclearAmount[];
}

interface Claim {
  readonly name: string;
  readonly value: unknown;
  readonly span: Span;
}

/** Which tokens are spoken for. */
class Claims {
  readonly made: Claim[] = [];
  private readonly taken = new Set<number>();

  isTaken = (index: number): boolean => this.taken.has(index);

  isAnyTaken({ start, end }: Span): boolean {
    for (let at = start; at < end; at += 1) if (this.taken.has(at)) return true;
    return false;
  }

  take({ start, end }: Span): void {
    for (let at = start; at < end; at += 1) this.taken.add(at);
  }

  /** Cuts what others hold from both ends, then takes the rest; false when nothing is left. */
  claim(name: string, value: unknown, span: Span): boolean {
    let { start, end } = span;
    while (start < end && this.taken.has(start)) start += 1;
    while (end > start && this.taken.has(end - 1)) end -= 1;
    if (start >= end) return false;
    this.take({ start, end });
    this.made.push({ name, value, span: { start, end } });
    return true;
  }
}

function toValue(plan: FieldPlan, found: Found, context: FitContext): unknown {
  if (found.kind === "number") return toFieldAmount(plan, found, context);
  if (found.kind === "time") return toTimeValue(plan, found, context);
  if (found.kind === "place") return found.name;
  if (found.kind === "choice") return found.values.get(plan.field.name);
  return found.text;
}

function toShownSpan(found: Found, claims: Claims): Span {
  // The currency of "50 долларов" is another field's word when a field took it.
  if (found.kind !== "number") return { start: found.leadStart, end: found.span.end };
  const { core, span, unit, role } = found;
  // "на 40 кг": a quantity with its unit explains itself; "до 40 кг" and "по 1900" do not.
  const start = unit !== undefined && role === undefined ? span.start : found.leadStart;
  return {
    start: claims.isAnyTaken({ start: span.start, end: core.start }) ? core.start : start,
    end: claims.isAnyTaken({ start: core.end, end: span.end }) ? core.end : span.end,
  };
}

interface World {
  readonly sentence: Sentence;
  readonly quotes: readonly Quote[];
  readonly context: FitContext;
  readonly cues: readonly Cue[];
  readonly bindings: CueBindings;
  readonly claims: Claims;
  readonly topic: ReadonlySet<string>;
  /** The number of a sentence that names one, for fields of which one is a number. */
  readonly only: Found | undefined;
}

function claimPairs(pairs: readonly Pair[], { bindings, context, cues, claims }: World): void {
  for (const { plan, found } of pairs) {
    const value = toValue(plan, found, context);
    if (value === undefined || !claims.claim(plan.field.name, value, toShownSpan(found, claims))) continue;
    // "top 5 results": the words around a value go with it, and are nobody's text.
    const behind = cues.filter(({ span }) => span.start === found.span.end);
    claims.take({ start: found.leadStart, end: found.span.start });
    for (const cue of [...(bindings.get(found) ?? []), ...behind])
      if (cue.plan === plan) claims.take(cue.span);
  }
}

function toScore(
  plan: FieldPlan,
  found: Found,
  { context, cues, bindings, only }: World,
): number | undefined {
  const hasCue = (bindings.get(found) ?? []).some((cue) => cue.plan === plan);
  return fit(plan, found, {
    ...context,
    hasCue,
    isOnly: found === only,
    isMentioned: hasCue || cues.some((cue) => cue.plan === plan),
  });
}

function findOnly(plans: readonly FieldPlan[], found: readonly Found[]): Found | undefined {
  const numbers = found.filter(
    (one) => one.kind === "number" && !one.isLabel && (one.unit === undefined || one.currency !== undefined),
  );
  const takers = plans.filter((plan) => isOfKind(plan, "number"));
  return numbers.length === 1 && takers.length === 1 ? numbers[0] : undefined;
}

/** A list takes every value that fits it and that no single field took. Values said in one breath ("доллара и евро") share their words. */
function claimMany(plan: FieldPlan, found: readonly Found[], { sentence, context, claims }: World): void {
  const open = { ...plan, role: undefined };
  const fitting = found.filter(
    (one) =>
      !claims.isTaken(one.span.start) &&
      fit(open, one, { ...context, hasCue: true, isOnly: false, isMentioned: true }) !== undefined,
  );
  let group: Found[] = [];
  for (const [index, one] of fitting.entries()) {
    group.push(one);
    const next = fitting[index + 1];
    const between = next && sentence.tokens.slice(one.span.end, next.leadStart);
    if (between?.every((token) => /^(?:[,/+&-]|и|and)$/.test(token.text))) continue;
    claims.claim(
      plan.field.name,
      group.map((member) => toValue(plan, member, context)),
      { start: (group[0] ?? one).leadStart, end: one.span.end },
    );
    group = [];
  }
}

const KIND_ORDER: readonly Found["kind"][] = ["choice", "url", "file", "time", "place", "number"];

function claimFound(plans: readonly FieldPlan[], found: readonly Found[], world: World): void {
  for (const kind of KIND_ORDER) {
    const ofKind = found.filter((one) => one.kind === kind);
    const pairs = plans
      .filter((plan) => plan.field.many !== true)
      .flatMap((plan) =>
        ofKind.flatMap((one) => {
          const score = toScore(plan, one, world);
          return score === undefined ? [] : [{ plan, found: one, score }];
        }),
      );
    claimPairs(decidePairs(pairs), world);
    for (const plan of plans) if (plan.field.many === true) claimMany(plan, ofKind, world);
  }
}

function claimTexts(plans: readonly FieldPlan[], { sentence, quotes, cues, claims, topic }: World): void {
  const texts = plans.filter((plan) => plan.field.type === "text" && plan.choices.length === 0);
  const required = texts.filter((plan) => plan.isRequired).length;
  const isMoney = (name: string): boolean =>
    plans.some(({ field }) => field.name === name && field.type === "money");
  const amounts = claims.made.filter((claim) => isMoney(claim.name)).map((claim) => claim.span);
  // Fields with words first: the one that takes the rest must not take theirs.
  const hasWords = (plan: FieldPlan): boolean => plan.field.words !== undefined;
  for (const plan of texts.toSorted((a, b) => Number(hasWords(b)) - Number(hasWords(a)))) {
    const isSole = texts.length === 1 || (plan.isRequired && required === 1 && !hasWords(plan));
    const scene = {
      sentence,
      cues,
      quotes,
      amounts,
      topic,
      isClaimed: claims.isTaken,
      hasOtherTexts: !isSole,
      hasLabels: texts.some(isLabel),
    };
    const text = parseText(scene, plan);
    if (text) claims.claim(plan.field.name, plan.field.many === true ? [text.value] : text.value, text.span);
  }
}

/** Fields without a value: their default, or a question. Defaults are values, but nobody said them. */
function toResult(
  sentence: Sentence,
  fields: readonly InputField[],
  made: readonly Claim[],
): Omit<ParsedParameters, "unclear"> {
  const values: Record<string, unknown> = {};
  const understood: UnderstoodValue[] = [];
  const missing: MissingValue[] = [];
  for (const field of fields) {
    const claims = made.filter((one) => one.name === field.name);
    if (claims.length > 0) {
      values[field.name] =
        field.many === true ? [...new Set(claims.flatMap((claim) => claim.value))] : claims[0]?.value;
      understood.push(
        ...claims.map(({ value, span }) => ({ name: field.name, value, words: toWords(sentence, span) })),
      );
    } else if (field.default !== undefined) values[field.name] = field.default;
    else if (!field.optional) missing.push({ name: field.name, ask: field.ask });
  }
  return { values, understood, missing };
}

/** "минус 40 кг" */
function isLess(found: FoundNumber): boolean {
  return found.isDelta && Number.isNaN(found.amount);
}

/** What is a value but went nowhere ("44-ФЗ или 223-ФЗ", "от 1" of a range) is still no text. */
function isOpenValue(found: Found, context: FitContext): boolean {
  if (found.kind === "number")
    return (
      context.hasMoneyField &&
      (isLess(found) || found.role !== undefined || found.currency !== undefined || found.isScaled)
    );
  if (found.kind === "place") return isEverywhere(found);
  return found.kind === "choice" || found.kind === "time";
}

export function parseParameters(
  query: string,
  fields: readonly InputField[],
  context: ParameterContext,
): ParsedParameters {
  const plans = fields.map(toFieldPlan);
  const sentence = mendValues(parseSentence(query), plans);
  const fitContext = {
    currency: context.currency,
    hasCurrencyField: plans.some(isCurrencyPlan),
    hasMoneyField: fields.some((field) => field.type === "money"),
    today: parseToday(context.now, context.timeZone),
  };
  const { found, quotes } = findValues(sentence, plans, context);
  const cues = findCues(sentence, plans);
  const claims = new Claims();
  const world = {
    sentence,
    quotes,
    context: fitContext,
    cues,
    bindings: bindCues(sentence, cues, found),
    claims,
    topic: toTopic(context.topic ?? ""),
    only: findOnly(plans, found),
  };
  claimFound(plans, found, world);
  for (const { span, leadStart } of found.filter((one) => isOpenValue(one, fitContext)))
    claims.take({ start: leadStart, end: span.end });
  claimTexts(plans, world);
  const given = (context.given ?? []).map(toFieldPlan);
  const unknown = findUnknown(plans, found, { sentence, taken: claims.made, given });
  const amounts = findUnclear(plans, found, { sentence, context: fitContext, taken: claims.made, given });
  const unclear = [...unknown, ...amounts];
  return { ...toResult(sentence, fields, claims.made), unclear };
}
