// A plan is pure data with a hash: which skill version, which input, which effects at most, at what price at most.
import type { AnswerPrice } from "./answer-price.ts";
import type { EffectPattern } from "./effect.ts";
import type { SkillId } from "./id.ts";
import type { OwnPrices } from "./own-prices.ts";
import type { MicroUsd } from "./money.ts";

export interface Forecast {
  readonly p50MicroUsd: MicroUsd;
  readonly p95MicroUsd: MicroUsd;
  /** What the hold covers: retries and fallbacks included. */
  readonly upperMicroUsd: MicroUsd;
  /** The upper bound with cheaper models, where they cost less. */
  readonly cheaperMicroUsd?: MicroUsd | undefined;
}

/** Content hashes of everything a run uses, so that it finishes on what it started with. */
export interface Pins {
  readonly skills: Readonly<Record<string, string>>;
  readonly connectors: Readonly<Record<string, string>>;
  /** The tenant's own prices of the models that it can ask: what was agreed to be paid is what is paid. */
  readonly prices?: OwnPrices | undefined;
}

export interface Plan {
  readonly skill: SkillId;
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly effects: readonly EffectPattern[];
  readonly pins: Pins;
  /** The services that it is known to call, and that nothing stands in for. Not agreed to, so not in the hash. */
  readonly hosts?: readonly string[];
  /** Of its one model call, where it has one: no more agreed to than those. */
  readonly answer?: AnswerPrice | undefined;
  readonly forecast: Forecast;
  readonly risk: number;
  readonly complexity: number;
  readonly hash: string;
}

/** The skills that it may call, beside its own. */
export function toCalledIds({ skill, pins }: Pick<Plan, "skill" | "pins">): readonly string[] {
  return Object.keys(pins.skills).filter((id) => id !== skill);
}

export function isReadOnly(plan: Pick<Plan, "effects">): boolean {
  return plan.effects.every((effect) => effect.class === "read");
}
