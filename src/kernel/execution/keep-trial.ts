// What a run keeps of the trial that came before it: the reads up to the first write are not done, nor paid, a second time,
// and what was agreed to is what was read. Money spent after that point is kept too, under a name of its own.
import type { Execution } from "./execution.ts";
import type { LiveRun } from "./live-run.ts";

/** The whole trial is the run: it was all that was ordered, or all that happened. */
export function keepWholeTrial(live: LiveRun, trial: Execution): void {
  live.steps = trial.steps;
  live.effects = trial.session.effects;
}

export function keepReads(live: LiveRun, trial: Execution): void {
  const firstWrite = trial.session.planned[0]?.step;
  for (const [path, step] of trial.steps) {
    // Steps are recorded as they end: what comes after the first planned write may have seen its made-up answer.
    if (path === firstWrite) break;
    live.steps.set(path, step);
  }
  for (const [key, effect] of trial.session.effects) {
    if (effect.class !== "read") continue;
    if (live.steps.has(effect.step)) live.effects.set(key, effect);
    else if (effect.costMicroUsd > 0) live.effects.set(`${key}~trial`, { ...effect, key: `${key}~trial` });
  }
}
