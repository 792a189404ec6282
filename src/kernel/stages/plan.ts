// What running a skill with this input would touch at most, on which pinned versions.
import type { AnswerPrice } from "../domain/answer-price.ts";
import type { EffectFacts, EffectPattern } from "../domain/effect.ts";
import type { SkillId } from "../domain/id.ts";
import type { Connector } from "../domain/connector.ts";
import { toCanonicalJson } from "../domain/canonical.ts";
import { toShortHash } from "../domain/hash.ts";
import type { Pins, Plan } from "../domain/plan.ts";
import { type OwnPrices, pickOwnPrices } from "../domain/own-prices.ts";
import type { AtStep, Refusal } from "../domain/refusal.ts";
import { Refused } from "../domain/refusal.ts";
import type { Skill, Step } from "../domain/skill.ts";
import type { EffectGuess, StepKind } from "../domain/step-kind.ts";
import type { CatalogueSnapshot, TenantFacts } from "../ports/catalogue.ts";
import { MAX_SKILL_DEPTH } from "../execution/execution.ts";
import { withStep } from "../execution/step-refusal.ts";
import { findNearestName } from "../language/nearest-name.ts";
import { resolveKnown } from "../language/template-known.ts";

/** A skill that calls itself ten times, eight deep, would be planned for ever. */
const MAX_PLANNED_STEPS = 10_000;

type Registered = Pick<CatalogueSnapshot, "skills" | "connectors"> & {
  readonly tenant?: Pick<TenantFacts, "prices">;
};

interface Patterns {
  readonly effects: readonly EffectPattern[];
  readonly pins: Pins;
  readonly hosts: readonly string[];
  readonly answers: readonly AnswerPrice[];
}

/** What an effect is described by, beside itself. */
export interface Described {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly prices: OwnPrices | undefined;
}

export interface Planner {
  readonly kinds: ReadonlyMap<string, StepKind<unknown>>;
  /** What an effect would be, as far as the file and the input tell. */
  readonly describe: (guess: EffectGuess, known: Described) => EffectFacts;
}

/** The plan before it is assessed: its hash covers what a yes to it means. */
export type PlanDraft = Omit<Plan, "forecast" | "risk" | "complexity">;

export function toPlan(
  skill: Skill,
  input: Readonly<Record<string, unknown>>,
  around: { snapshot: Registered; planner: Planner },
): PlanDraft | { readonly refusal: Refusal } {
  const patterns = findPatterns(skill, around, input);
  if ("refusal" in patterns) return patterns;
  const { effects, pins, hosts, answers } = patterns;
  const content = { skill: skill.id, hash: skill.hash, input, effects: effects.map(toAgreed), pins };
  return {
    skill: skill.id,
    version: skill.version,
    input,
    effects,
    pins,
    hosts,
    ...(answers.length === 1 && { answer: answers[0] }),
    hash: toShortHash(toCanonicalJson(content)),
  };
}

/** What another model would cost is advice, which nobody agrees to. */
function toAgreed(effect: EffectPattern): EffectPattern {
  return { ...effect, cheaperMicroUsd: undefined, cheaperTarget: undefined };
}

/** A capability may know already that it cannot: an unknown model, a price nobody set. */
function findPatterns(...what: Parameters<typeof toPatterns>): Patterns | { readonly refusal: Refusal } {
  try {
    return toPatterns(...what);
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}

function toConnector(name: string | undefined, snapshot: Registered, at: AtStep): Connector | undefined {
  if (name === undefined) return undefined;
  const connector = snapshot.connectors.get(name);
  if (connector !== undefined) return connector;
  const suggestion = findNearestName(name, snapshot.connectors.keys()) ?? undefined;
  throw new Refused({ reason: "not_found", what: "connector", id: name, suggestion, at });
}

function atStep<Answer>(at: AtStep, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) throw new Refused(withStep(error.refusal, at), error);
    throw error;
  }
}

function count(found: { steps: number }, step: string): void {
  found.steps += 1;
  if (found.steps <= MAX_PLANNED_STEPS) return;
  const message = {
    en: `with the skills it calls, this skill has more than ${MAX_PLANNED_STEPS} steps`,
    ru: `вместе с навыками, которые он зовёт, у навыка больше ${MAX_PLANNED_STEPS} шагов`,
  };
  throw new Refused({ reason: "step_failed", step, message, retryable: false });
}

/** Where steps stand: whose they are, and who called for that, outermost first. */
interface Within {
  readonly of: Skill;
  readonly prefix: string;
  readonly callers: readonly SkillId[];
}

function newFound() {
  return {
    effects: [] as EffectPattern[],
    skills: new Map<SkillId, string>(),
    connectors: new Map<string, string>(),
    hosts: new Set<string>(),
    answers: [] as AnswerPrice[],
    models: [] as (readonly string[] | "any")[],
    steps: 0,
  };
}

function toPatterns(
  skill: Skill,
  around: { snapshot: Registered; planner: Planner },
  input: Readonly<Record<string, unknown>>,
): Patterns {
  const { snapshot, planner } = around;
  const known = { connectors: snapshot.connectors, prices: snapshot.tenant?.prices };
  const found = newFound();
  const visit = (of: Skill, prefix: string, callers: readonly SkillId[]): void => {
    found.skills.set(of.id, of.hash);
    // As deep as a run may call: what is not planned here would be done unasked.
    if (callers.length <= MAX_SKILL_DEPTH) visitSteps(of.steps, { of, prefix, callers });
  };
  const visitSteps = (steps: readonly Step[], within: Within): void => {
    const { of, prefix, callers } = within;
    const called = [...callers, of.id].slice(1);
    for (const step of steps) {
      count(found, prefix + step.id);
      const kind = planner.kinds.get(step.kind);
      if (!kind) continue;
      for (const guess of kind.effects(step.with, step)) {
        const at = { skill: of.id, step: prefix + step.id };
        const connector = toConnector(guess.connector, snapshot, at);
        if (connector) found.connectors.set(connector.name, connector.hash);
        const child = guess.childSkill === undefined ? undefined : snapshot.skills.get(guess.childSkill);
        if (child) visit(child, `${prefix}${step.id}/`, [...callers, of.id]);
        if (guess.childSkill !== undefined) continue;
        // What depends on the input alone is known now: a prompt's length, a path.
        const request = resolveKnown(guess.request, callers.length === 0 ? { input } : {});
        const { host, answer, models, reads, ...facts } = atStep(at, () =>
          planner.describe({ ...guess, request }, known),
        );
        noteHost(found.hosts, host, hasStandIn(connector, facts));
        noteAnswer(found.answers, answer, guess.times);
        found.models.push(models ?? []);
        const effect = {
          ...facts,
          step: prefix + step.id,
          via: guess.via,
          connector: guess.connector,
          entities: guess.times,
          ...toCallers(called),
        };
        found.effects.push(...withReads(effect, reads));
      }
      const blocks = Object.entries(kind.blocks?.(step.with) ?? {});
      blocks.forEach(([name, block]) =>
        visitSteps(block, { of, prefix: `${prefix}${step.id}/${name}/`, callers }),
      );
    }
  };
  visit(skill, "", []);
  return toPatternsOf(found, known.prices);
}

/** Each thing that it reads is an effect of its own; what is counted and paid is so once. */
function withReads(effect: EffectPattern, reads: readonly string[] = []): readonly EffectPattern[] {
  const more = { ...effect, class: "read", entities: 0, upperMicroUsd: 0 } as const;
  const each = reads.map((target) => ({ ...more, target }));
  const [first, ...rest] = each;
  if (effect.class !== "read" || first === undefined) return [effect, ...each];
  return [{ ...effect, target: first.target }, ...rest];
}

function toCallers(called: readonly SkillId[]): Pick<EffectPattern, "of"> {
  return called.length === 0 ? {} : { of: called };
}

function toPatternsOf(found: ReturnType<typeof newFound>, own: OwnPrices | undefined): Patterns {
  const prices = own && pickOwnPrices(own, found.models);
  return {
    effects: found.effects,
    hosts: [...found.hosts],
    answers: found.answers,
    pins: {
      skills: Object.fromEntries(found.skills),
      connectors: Object.fromEntries(found.connectors),
      ...(prices && { prices }),
    },
  };
}

/** One that is asked for several times is several: nobody knows which to shorten. */
function noteAnswer(answers: AnswerPrice[], answer: AnswerPrice | undefined, times: number | null): void {
  if (answer) answers.push(answer, ...(times === 1 ? [] : [answer]));
}

function noteHost(hosts: Set<string>, host: string | undefined, isStoodInFor: boolean): void {
  if (host !== undefined && !isStoodInFor) hosts.add(host);
}

/** A read that practice data answers where its service is away; what never leaves this machine. */
function hasStandIn(connector: Connector | undefined, facts: Pick<EffectFacts, "class">): boolean {
  if (connector === undefined) return false;
  return connector.mode === "practice" || (connector.practice !== undefined && facts.class === "read");
}

/** The skills that a plan pins beside its own. */
export function toCalled(
  { skills }: Pick<CatalogueSnapshot, "skills">,
  { skill, pins }: PlanDraft,
): readonly Skill[] {
  const ids = [...skills.keys()].filter((id) => id !== skill && Object.hasOwn(pins.skills, id));
  return ids.flatMap((id) => skills.get(id) ?? []);
}
