// Sliding windows: exact, by the times of admitted requests. A refused request is not counted.
import type { RefusalOf } from "../domain/refusal.ts";
import type { GuardState } from "./state.ts";

/** Drops what has left the window; returns the first key that is full, as a refusal. */
export function findRateRefusal(
  state: GuardState,
  keys: readonly string[],
  now: number,
): RefusalOf<"rate_limited"> | null {
  const { requests, burst, windowMs, rateEnabled } = state.limits;
  if (!rateEnabled) return null;
  const allowed = requests + burst;
  for (const key of keys) {
    const times = state.windows.get(key);
    if (!times) continue;
    const fresh = times.findIndex((time) => time > now - windowMs);
    times.splice(0, fresh === -1 ? times.length : fresh);
    if (times.length === 0) state.windows.delete(key);
    const oldest = times[times.length - allowed];
    if (times.length >= allowed && oldest !== undefined) {
      return {
        reason: "rate_limited",
        limit: allowed,
        windowMs,
        retryAfterMs: Math.max(1, oldest + windowMs - now),
      };
    }
  }
  return null;
}
