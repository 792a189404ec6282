// In a dry run, what depends on the answer of a write that was only planned cannot be known: it is listed as such.
import type { PlannedWrite } from "../domain/effect.ts";
import { isWithin, toEffectKey } from "../domain/effect.ts";
import type { Execution } from "./execution.ts";

/** Adds the writes of a step, and of those it holds or calls, to the manifest as `unknown until run`. */
export function planUnknown(execution: Execution, path: string): void {
  const { session, order, runId } = execution;
  const before = new Map<string, number>();
  for (const { step, class: effectClass, target } of order.plan.effects) {
    const n = (before.get(step) ?? 0) + 1;
    before.set(step, n);
    if (effectClass === "read" || !isWithin(step, path) || isSettled(execution, step, path)) continue;
    const write: PlannedWrite = {
      key: toEffectKey(runId, step, n),
      step,
      class: effectClass,
      target,
      entities: "unknown until run",
      total: null,
    };
    if (!session.planned.some(({ key }) => key === write.key)) session.planned.push(write);
  }
}

/** It, or what holds it, has ended within that step: its writes are planned, or do not happen. A failed one may be tried again. */
function isSettled({ steps }: Execution, step: string, path: string): boolean {
  return [...steps.values()].some(
    (ended) =>
      ended.status !== "failed" &&
      ended.path !== path &&
      isWithin(ended.path, path) &&
      isWithin(step, ended.path),
  );
}
