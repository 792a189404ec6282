// Sliding windows: exact, by the times of admitted requests. A refused request is not counted.
import type { RefusalOf } from "../domain/refusal.ts";
import type { Admission, Rate } from "../ports/guard.ts";
import type { GuardState } from "./state.ts";

/** One count, and what it may come to. */
export interface Window {
  readonly key: string;
  readonly rate: Rate;
}

/** The tenant's rate for the windows that a request is counted in, and the caps of its payers. */
export function toWindows(state: GuardState, { windows, payers }: Admission): readonly Window[] {
  const { limits, caps } = state;
  const common = limits.rateEnabled ? windows.map((key) => ({ key, rate: limits })) : [];
  const own = payers.flatMap((payer) => {
    const rate = caps.get(payer)?.rate;
    return rate ? [{ key: `cap:${payer}`, rate }] : [];
  });
  return [...common, ...own];
}

/** A clock that was ahead and was set back: what it counted in the future counts as of now, and leaves a window later. */
function holdBack(times: number[], now: number): void {
  if ((times.at(-1) ?? 0) > now) times.splice(0, times.length, ...times.map((time) => Math.min(time, now)));
}

/** Drops what has left each window; the first that is full, as a refusal. */
export function findRateRefusal(
  state: GuardState,
  windows: readonly Window[],
  now: number,
): RefusalOf<"rate_limited"> | null {
  // All of them at once: the first that is full ends the look.
  for (const { key } of windows) holdBack(state.windows.get(key) ?? [], now);
  for (const { key, rate } of windows) {
    const { requests, burst, windowMs } = rate;
    const allowed = requests + burst;
    const times = state.windows.get(key);
    if (!times) continue;
    const fresh = times.findIndex((time) => time > now - windowMs);
    times.splice(0, fresh === -1 ? times.length : fresh);
    if (times.length === 0) state.windows.delete(key);
    const oldest = times[times.length - allowed];
    if (times.length >= allowed && oldest !== undefined)
      return {
        reason: "rate_limited",
        limit: allowed,
        windowMs,
        retryAfterMs: Math.max(1, oldest + windowMs - now),
      };
  }
  return null;
}
