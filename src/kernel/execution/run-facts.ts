// What expressions see beside the steps: of a run that is worked on, and of one that has ended.
import type { RunOrder, RunRecord } from "../domain/run.ts";
import { toOrigin } from "../domain/run.ts";
import type { RUN_FACTS } from "../language/skill-file-names.ts";
import { toIso, toLocalDay } from "../domain/zone.ts";

/** What expressions see as `run`. `now` is the run's own time: a trial and its run see the same moment. */
export function toRunFacts(
  order: RunOrder,
  id: string,
  now: number,
): Record<(typeof RUN_FACTS)[number], unknown> {
  const { timeZone, currency, locale } = order;
  return { id, today: toLocalDay(now, timeZone), now: toIso(now), currency, locale };
}

/** Every name that an expression over a finished run can use. */
export function toEndedScope(run: RunRecord): Record<string, unknown> {
  const steps = run.steps
    .filter((step) => !step.path.includes("/"))
    .map((step) => [step.path, step.value] as const);
  return {
    input: run.order.plan.input,
    run: { ...toRunFacts(run.order, run.id, run.createdAt), data: toOrigin(run.effects) },
    output: run.result,
    ...Object.fromEntries(steps),
  };
}
