// In a dry run, what depends on the answer of a write that was only planned cannot be known: it is listed as such.
import { toEffectKey } from "../domain/effect.ts";
import { invariant } from "../domain/refusal.ts";
import type { Step } from "../domain/skill.ts";
import type { Execution } from "./execution.ts";

/** Adds the step's own writes to the manifest as `unknown until run`. */
export function planUnknown(execution: Execution, step: Step, path: string): void {
  const kind = execution.kinds.get(step.kind);
  invariant(kind, `a step kind named ${step.kind} is registered`);
  kind.effects(step.with, step).forEach((guess, index) => {
    const facts = execution.describe(guess);
    if (facts.class === "read") return;
    execution.session.planned.push({
      key: toEffectKey(execution.runId, path, index + 1),
      step: path,
      class: facts.class,
      target: facts.target,
      entities: "unknown until run",
      total: null,
    });
  });
}
