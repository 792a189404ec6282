// What telemetry keeps of a run's end. No inputs, no results, no names of people.
import type { TelemetryEvent } from "../domain/event.ts";
import { microUsdToUsd } from "../domain/money.ts";
import type { EffectRecord, RunRecord } from "../domain/run.ts";
import { toCost, toHold, toOverrun } from "../domain/run.ts";

export function toEndEvents(run: RunRecord, at: { iso: string; now: number }): TelemetryEvent[] {
  const base = { request_id: run.order.requestId, timestamp: at.iso };
  const calls = run.effects
    .filter((effect) => effect.connector !== undefined)
    .map((effect) => toCall(base, effect));
  return [
    ...calls,
    ...toOverrunEvents(run, base),
    {
      event: "execution_result",
      ...base,
      skill_id: run.order.plan.skill,
      status: run.status,
      error_class: run.refusal?.reason ?? null,
      retries: run.steps.reduce((sum, step) => sum + Math.max(0, step.attempts - 1), 0),
      latency_ms: at.now - run.createdAt,
      tokens_used: run.effects.reduce((sum, effect) => sum + effect.tokens, 0),
      cost_usd: microUsdToUsd(toCost(run)),
    },
  ];
}

function toOverrunEvents(run: RunRecord, base: { request_id: string; timestamp: string }): TelemetryEvent[] {
  const over = toOverrun(run);
  if (over === 0) return [];
  return [
    {
      event: "budget_overrun",
      ...base,
      skill_id: run.order.plan.skill,
      held_usd: microUsdToUsd(toHold(run)),
      billed_usd: microUsdToUsd(toCost(run)),
      over_usd: microUsdToUsd(over),
    },
  ];
}

function toCall(base: { request_id: string; timestamp: string }, effect: EffectRecord): TelemetryEvent {
  return {
    event: "integration_call",
    ...base,
    connector: effect.connector ?? "",
    target: effect.target,
    effect: effect.class,
    status: effect.state === "done" ? "ok" : effect.state === "planned" ? "planned" : "failed",
    latency_ms: effect.durationMs,
    cost_usd: microUsdToUsd(effect.costMicroUsd),
  };
}
