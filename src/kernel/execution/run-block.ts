// Steps in the order written; a step with `needs` waits only for those it names, so such steps overlap.
import { findFailure, invariant } from "../domain/refusal.ts";
import type { Step } from "../domain/skill.ts";
import type { Execution, Frame } from "./execution.ts";
import { runStep } from "./run-step.ts";
import { putValue } from "./unknown.ts";

/** Runs the steps and puts each value into the frame's scope under the step's id. The first failure ends the block. */
export async function runBlock(execution: Execution, steps: readonly Step[], frame: Frame): Promise<void> {
  if (steps.every((step) => step.needs === undefined)) {
    for (const step of steps) putValue(frame.scope, step.id, await runStep(execution, step, frame));
    return;
  }
  const started = new Map<string, Promise<void>>();
  for (const step of steps) {
    const before =
      step.needs === undefined ? [...started.values()] : step.needs.map((id) => toStarted(started, id));
    started.set(
      step.id,
      Promise.all(before).then(async () => {
        putValue(frame.scope, step.id, await runStep(execution, step, frame));
      }),
    );
  }
  await settleAll([...started.values()]);
}

/** Fails with one of the failures, but only when every started step has stopped: nothing goes on behind the answer. */
export async function settleAll(started: readonly Promise<unknown>[]): Promise<void> {
  const failed = findFailure(await Promise.allSettled(started));
  if (failed) throw failed.reason;
}

function toStarted(started: ReadonlyMap<string, Promise<void>>, id: string): Promise<void> {
  const found = started.get(id);
  invariant(found, `the step ${id} stands before the one that needs it: the skill file was checked`);
  return found;
}
