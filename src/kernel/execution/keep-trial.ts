// What a run keeps of the trial that came before it: the reads up to the first write are not done, nor paid, a second time,
// and what was agreed to is what was read. Money spent after that point is kept too: what is done anew adds to it.
import type { EffectRecord } from "../domain/run.ts";
import type { Execution } from "./execution.ts";
import type { LiveRun } from "./live-run.ts";

/** The whole trial is the run that ends with it: it was all that was ordered, or all that happened. */
export function keepWholeTrial(live: LiveRun, trial: Execution): void {
  live.steps = trial.steps;
  live.effects = trial.session.effects;
}

/**
 * What ended before any write was planned is done: it depends on none, and holds none. All else is done anew, however certain
 * it looks: steps beside each other end in no order that says which of them saw what.
 */
export function keepReads(live: LiveRun, trial: Execution): void {
  live.steps = new Map(
    [...trial.steps].filter(([, step]) => trial.certain.has(step) || step.answeredBy !== undefined),
  );
  for (const [key, effect] of trial.session.effects)
    if (effect.class === "read" && live.steps.has(effect.step)) live.effects.set(key, effect);
}

/** Nobody is asked a second time. */
export function toAnswered(live: LiveRun): LiveRun["steps"] {
  return new Map([...live.steps].filter(([, step]) => step.answeredBy !== undefined));
}

function toPaid(effects: ReadonlyMap<string, EffectRecord>): readonly [string, EffectRecord][] {
  return [...effects].filter(([, effect]) => effect.costMicroUsd > 0);
}

/** What trials before this one paid: one that was interrupted, one that failed and is tried again. */
export function toPaidBefore(live: LiveRun): Map<string, EffectRecord> {
  return new Map(toPaid(live.effects));
}

/** Before a paid read of a trial leaves, so that a crash does not make it free. Under its own key: a journal forgets none. */
export function keepTrialCosts(live: LiveRun, effects: ReadonlyMap<string, EffectRecord>): void {
  for (const [key, effect] of toPaid(effects)) live.effects.set(key, effect);
}
