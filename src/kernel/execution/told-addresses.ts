// Where only the run can say what its steps reach, policies are asked about what it has said: now, and in the steps before.
import type { EffectPattern, Intended } from "../domain/effect.ts";
import type { Plan } from "../domain/plan.ts";
import type { EffectRecord } from "../domain/run.ts";

type Reached = Omit<Intended, "class">;

type Addresses = Map<string, Set<string>>;

/** Of a step that is done again and again the last so many: each check judges all of them. */
const MOST_OF_STEP = 200;
const LEFT: ReadonlySet<EffectRecord["state"]> = new Set(["sent", "done", "doubtful"]);

/** Asked at each effect of a run, and the same for all of them: steps that may reach anything, and what else one may reach. */
const openPlaces = new WeakMap<Plan, ReadonlySet<string>>();

function toOpenPlaces(plan: Plan): ReadonlySet<string> {
  const known = openPlaces.get(plan);
  if (known) return known;
  const open = new Set(plan.effects.flatMap(toPlaces));
  openPlaces.set(plan, open);
  return open;
}

function toPlaces({ step, target, cheaperTarget }: EffectPattern): readonly string[] {
  if (isOpen({ target })) return [step];
  return cheaperTarget === undefined || cheaperTarget === target ? [] : [toPlace(step, cheaperTarget)];
}

function toPlace(step: string, target: string): string {
  return `${step}\n${target}`;
}

function isOpenAt(open: ReadonlySet<string>, { step, target }: Reached): boolean {
  return open.has(step) || open.has(toPlace(step, target));
}

/** Whether the plan could not say that this is what its step reaches. */
export function isTold(plan: Plan, reached: Reached): boolean {
  return isOpenAt(toOpenPlaces(plan), reached);
}

/** The same plan where nothing of it was open, and nobody was led elsewhere. */
export function toActual(plan: Plan, before: Iterable<EffectRecord>, intended: Reached): Plan {
  const open = toOpenPlaces(plan);
  const told: Addresses = new Map();
  const led: Addresses = new Map();
  const learn = ({ step, target, hops = [] }: Reached): void => {
    if (isOpenAt(open, { step, target })) note(told, step, target);
    for (const hop of hops) note(led, step, hop);
  };
  for (const effect of before) if (LEFT.has(effect.state)) learn(effect);
  learn(intended);
  if (told.size === 0 && led.size === 0) return plan;
  return { ...plan, effects: plan.effects.flatMap((effect) => toEffects(effect, told, led)) };
}

function isOpen({ target }: Pick<EffectPattern, "target">): boolean {
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
  const own = toOwn(effect, more, told.get(effect.step));
  const hops = [...(led.get(effect.step) ?? [])];
  return [...own, ...hops.map((target) => ({ ...more, class: "read" as const, target }))];
}

function toOwn(
  effect: EffectPattern,
  more: EffectPattern,
  told: ReadonlySet<string> | undefined,
): readonly EffectPattern[] {
  if (told === undefined) return [effect];
  if (isOpen(effect)) return [...told].map((one, n) => ({ ...(n === 0 ? effect : more), target: one }));
  // What the plan names may have been reached before, or be reached again.
  const { cheaperTarget } = effect;
  return cheaperTarget !== undefined && told.has(cheaperTarget)
    ? [effect, { ...more, target: cheaperTarget }]
    : [effect];
}
