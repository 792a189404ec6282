// How complex a request is, how risky a plan, and what it may cost.
import type { EffectPattern } from "../domain/effect.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { Forecast } from "../domain/plan.ts";
import type { Skill } from "../domain/skill.ts";
import { scoreComplexity } from "./scoring/complexity.ts";
import { scoreRisk } from "./scoring/risk.ts";

/** The usual answer of a model is shorter than the most it may give. */
const USUAL_SHARE = 0.4;
const LONG_SHARE = 0.8;

export interface Assessment {
  readonly complexity: number;
  readonly risk: number;
  readonly forecast: Forecast;
}

export function assess(
  { skill, called }: { readonly skill: Skill; readonly called: readonly Skill[] },
  effects: readonly EffectPattern[],
  query: string | null,
): Assessment {
  return {
    complexity: query === null ? 0 : scoreComplexity(query),
    risk: scoreRisk({
      baseRisk: Math.max(skill.baseRisk, ...called.map(({ baseRisk }) => baseRisk)),
      // Authorize refuses whoever may not.
      permissionMismatch: false,
      externalApi: effects.some((effect) => effect.connector !== undefined),
      // What may delete may also write.
      writes: effects.some((effect) => effect.class !== "read"),
      deletes: effects.some((effect) => effect.class === "delete"),
    }),
    forecast: toForecast(effects),
  };
}

export function toForecast(effects: readonly EffectPattern[]): Forecast {
  const sum = (toOne: (effect: EffectPattern) => MicroUsd): MicroUsd =>
    effects.reduce((all, effect) => all + toOne(effect) * (effect.entities ?? 1), 0);
  const upperMicroUsd = sum((effect) => effect.upperMicroUsd);
  const cheaperMicroUsd = sum((effect) => effect.cheaperMicroUsd ?? effect.upperMicroUsd);
  return {
    p50MicroUsd: Math.ceil(upperMicroUsd * USUAL_SHARE),
    p95MicroUsd: Math.ceil(upperMicroUsd * LONG_SHARE),
    upperMicroUsd,
    ...(cheaperMicroUsd < upperMicroUsd ? { cheaperMicroUsd } : {}),
  };
}
