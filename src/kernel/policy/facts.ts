// What policies are asked about a plan: each skill in it with what it does itself or has others do for it, one thing at a time. A
// skill that another calls is held to the rules for it, so that nobody gets around them by a caller.
import type { EffectClass, EffectPattern, Manifest } from "../domain/effect.ts";
import { EFFECT_CLASSES } from "../domain/effect.ts";
import { microUsdToUsd } from "../domain/money.ts";
import type { Plan } from "../domain/plan.ts";
import type { Principal } from "../domain/principal.ts";
import type { Skill } from "../domain/skill.ts";
import { toTimeFacts } from "./facts-time.ts";
import type { FactEffect, Facts } from "./policy.ts";

/** The skill that was asked for, and every skill that it calls, however deep. */
export interface Asked {
  readonly skill: Skill;
  readonly called: readonly Skill[];
}

/** Who asks, where, and when. */
export interface Asking {
  readonly principal: Pick<Principal, "user" | "role" | "keyId">;
  readonly channel: string;
  readonly now: number;
  readonly timeZone: string;
}

export interface Planned {
  readonly asked: Asked;
  readonly plan: Pick<Plan, "effects" | "input" | "risk" | "forecast">;
  /** What its trial listed; null before that, or where it needs none. */
  readonly manifest: Manifest | null;
  /** Nothing more will be known. */
  readonly isFinal: boolean;
}

/** Deletes first, then writes, then reads; of each the skill that was asked for first. A plan that does nothing reads. */
export function toFacts(asking: Asking, planned: Planned): readonly Facts[] {
  const { skill, called } = planned.asked;
  const all = [skill, ...called].map((one) => toOneSkill(one, asking, planned));
  return EFFECT_CLASSES.toReversed().flatMap((action) => all.flatMap((toFact) => toFact(action) ?? []));
}

/** The facts of one skill and one action; null where it does no such thing. */
function toOneSkill(
  skill: Skill,
  { principal, channel, now, timeZone }: Asking,
  { asked, plan, manifest, isFinal }: Planned,
): (action: EffectClass) => Facts | null {
  const isAsked = skill.id === asked.skill.id;
  const patterns = isAsked ? plan.effects : plan.effects.filter(({ of }) => of?.includes(skill.id));
  const effects = patterns.map(toFactEffect);
  const facts = {
    subject: { user: principal.user, role: principal.role, key: principal.keyId ?? "" },
    skill: toSkillFacts(skill),
    effects,
    amounts: { entities: countEntities(patterns, manifest), cost_usd: toCostUsd(patterns) },
    input: isAsked ? plan.input : null,
    time: toTimeFacts(now, timeZone),
    channel,
    risk: plan.risk,
    isFinal,
  };
  return (action) => {
    const doesIt =
      effects.some((effect) => effect.class === action) || (effects.length === 0 && action === "read");
    return doesIt ? { ...facts, action } : null;
  };
}

function toFactEffect({ class: kind, target, via, connector = "", step }: EffectPattern): FactEffect {
  return { class: kind, target, via, connector, step };
}

function toSkillFacts({ id, version, tags, baseRisk }: Skill): Facts["skill"] {
  const [domain = ""] = id.split("/");
  return { id, domain, version, tags, risk: baseRisk };
}

function toCostUsd(effects: readonly EffectPattern[]): number {
  return microUsdToUsd(
    effects.reduce((sum, { upperMicroUsd, entities }) => sum + upperMicroUsd * (entities ?? 1), 0),
  );
}

/** How many things would change: as the plan says, or as its trial counted. Null where neither knows. */
function countEntities(effects: readonly EffectPattern[], manifest: Manifest | null): number | null {
  const writes = effects.filter((effect) => effect.class !== "read");
  if (manifest === null) return sum(writes.map(({ entities }) => entities));
  const steps = new Set(writes.map(({ step }) => step));
  return sum(manifest.writes.filter(({ step }) => steps.has(step)).map(({ total }) => total));
}

function sum(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0);
}
