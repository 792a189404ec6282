// What expressions could see of a run that has ended. It never evaluates one.
import type { RunRecord } from "../domain/run.ts";

/** What expressions of a finished run could see: its input, its steps, its output. */
export function toOrderFacts(run: RunRecord): Record<string, unknown> {
  const steps = run.steps
    .filter((step) => !step.path.includes("/"))
    .map((step) => [step.path, step.value] as const);
  return {
    input: run.order.plan.input,
    run: { id: run.id, locale: run.order.locale },
    output: run.result,
    ...Object.fromEntries(steps),
  };
}
