// Tells telemetry what an admission decided. It decides nothing.
import type { TelemetryEvent } from "../domain/event.ts";
import { microUsdToUsd } from "../domain/money.ts";
import { toIso } from "../domain/zone.ts";
import type { AdmissionAnswer } from "../ports/guard.ts";
import { toJobEvents } from "./job-event.ts";
import type { LiveRun } from "./live-run.ts";

type Decided = Exclude<AdmissionAnswer, { stale: number }>;

/** The telemetry of an admission; a job that was admitted is queued. */
export function toAdmissionEvents(live: LiveRun, answer: Decided, now: number): TelemetryEvent[] {
  const queued = answer.admitted ? toJobEvents(live, "job_queued", now) : [];
  return [toBudgetEvent(live, answer, now), ...queued];
}

function toBudgetEvent(live: LiveRun, answer: Decided, now: number): TelemetryEvent {
  const { limits, remainingMicroUsd } = answer.budget;
  return {
    event: "budget_check",
    request_id: live.order.requestId,
    timestamp: toIso(now),
    estimated_cost_usd: microUsdToUsd(live.order.plan.forecast.upperMicroUsd),
    limits: {
      per_request_usd: microUsdToUsd(limits.perRequestMicroUsd),
      daily_usd: microUsdToUsd(limits.dailyMicroUsd),
      monthly_usd: microUsdToUsd(limits.monthlyMicroUsd),
    },
    result: answer.admitted ? "allowed" : "blocked",
    remaining_usd: microUsdToUsd(remainingMicroUsd),
  };
}
