// Whether a run that failed is tried again.
import type { Refusal } from "../domain/refusal.ts";
import type { LiveRun } from "./live-run.ts";

export function isWorthAnotherTry(live: LiveRun, refusal: Refusal): boolean {
  const isRetryable =
    refusal.reason === "source_unreachable" || (refusal.reason === "step_failed" && refusal.retryable);
  return isRetryable && live.attempts <= live.order.maxRetries;
}
