// Where only the run can say what its steps reach, policies are asked about what it has said: now, and in the steps before.
import type { EffectPattern } from "../domain/effect.ts";
import type { Plan } from "../domain/plan.ts";
import type { EffectRecord } from "../domain/run.ts";

/** What a step reaches in truth. */
export interface Reached {
  readonly step: string;
  readonly target: string;
  /** Where redirects led it, beside what it asked for. */
  readonly hops?: readonly string[] | undefined;
}

type Addresses = Map<string, Set<string>>;

/** Of a step that is done again and again the last so many: each check judges all of them. */
const MOST_OF_STEP = 20;
const LEFT: ReadonlySet<EffectRecord["state"]> = new Set(["sent", "done", "doubtful"]);

/** Asked at each effect of a run, and the same for all of them. */
const openSteps = new WeakMap<Plan, ReadonlySet<string>>();

function toOpenSteps(plan: Plan): ReadonlySet<string> {
  const known = openSteps.get(plan);
  if (known) return known;
  const open = new Set(plan.effects.filter(isOpen).map(({ step }) => step));
  openSteps.set(plan, open);
  return open;
}

export function isTold(plan: Plan, step: string): boolean {
  return toOpenSteps(plan).has(step);
}

/** The same plan where nothing of it was open, and nobody was led elsewhere. */
export function toActual(plan: Plan, before: Iterable<EffectRecord>, intended: Reached): Plan {
  const open = toOpenSteps(plan);
  const told: Addresses = new Map();
  const led: Addresses = new Map();
  const learn = ({ step, target, hops = [] }: Reached): void => {
    if (open.has(step)) note(told, step, target);
    for (const hop of hops) note(led, step, hop);
  };
  for (const effect of before) if (LEFT.has(effect.state)) learn(effect);
  learn(intended);
  if (told.size === 0 && led.size === 0) return plan;
  return { ...plan, effects: plan.effects.flatMap((effect) => toEffects(effect, told, led)) };
}

function isOpen({ target }: EffectPattern): boolean {
  return target.includes("${{");
}

function note(addresses: Addresses, step: string, target: string): void {
  const targets = addresses.get(step) ?? new Set<string>();
  addresses.set(step, targets);
  // The newest is the last one.
  targets.delete(target);
  targets.add(target);
  const [oldest] = targets;
  if (targets.size > MOST_OF_STEP && oldest !== undefined) targets.delete(oldest);
}

function toEffects(effect: EffectPattern, told: Addresses, led: Addresses): readonly EffectPattern[] {
  // What is counted and paid was planned once, wherever it goes.
  const more = { ...effect, entities: 0, upperMicroUsd: 0 };
  const targets = isOpen(effect) ? told.get(effect.step) : undefined;
  const own =
    targets === undefined
      ? [effect]
      : [...targets].map((target, n) => ({ ...(n === 0 ? effect : more), target }));
  const hops = [...(led.get(effect.step) ?? [])];
  return [...own, ...hops.map((target) => ({ ...more, class: "read" as const, target }))];
}
