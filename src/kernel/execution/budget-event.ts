import type { TelemetryEvent } from "../domain/event.ts";
import { microUsdToUsd } from "../domain/money.ts";
import { toIso } from "../domain/zone.ts";
import type { AdmissionAnswer } from "../ports/guard.ts";
import type { LiveRun } from "./live-run.ts";

/** The telemetry of an admission. */
export function toBudgetEvent(
  live: LiveRun,
  answer: Exclude<AdmissionAnswer, { stale: number }>,
  now: number,
): TelemetryEvent {
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
