// A job is a run that nobody waits for: its telemetry beside that of every run.
import type { TelemetryEvent } from "../domain/event.ts";
import { toIso } from "../domain/zone.ts";
import type { LiveRun } from "./live-run.ts";

type JobEventName = "job_queued" | "job_retried" | "job_finished";

/** Empty for a run that somebody waits for. */
export function toJobEvents(live: LiveRun, event: JobEventName, now: number): TelemetryEvent[] {
  const { isAsync, requestId, plan } = live.order;
  if (!isAsync) return [];
  const base = { request_id: requestId, timestamp: toIso(now), skill_id: plan.skill };
  return [{ event, ...base, status: live.status, attempt: live.attempts }];
}
