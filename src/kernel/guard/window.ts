// Sliding windows: exact, by the times of admitted requests. A refused request is not counted.
import type { RefusalOf } from "../domain/refusal.ts";
import type { Admission, Payer, Rate, RateView } from "../ports/guard.ts";
import type { GuardState } from "./state.ts";

/** One count, and what it may come to. */
export interface Window {
  readonly key: string;
  /** As callers know it. */
  readonly name: string;
  readonly rate: Rate;
}

/** The tenant's rate for the windows that a request is counted in, and the caps of its payers. */
export function toWindows(state: GuardState, { windows, payers, isAgain }: Admission): readonly Window[] {
  if (isAgain === true) return [];
  const { limits, caps } = state;
  const common = limits.rateEnabled
    ? windows.map((key) => ({ key, name: key.includes(":skill:") ? "user-skill" : "user", rate: limits }))
    : [];
  const own = payers.flatMap((payer) => {
    const rate = caps.get(payer)?.rate;
    // The skill and the key themselves come first; what these call, or come from, is told apart.
    const isFirst = payers.find((one) => toKind(one) === toKind(payer)) === payer;
    return rate ? [{ key: `cap:${payer}`, name: isFirst ? toCapName(payer) : payer, rate }] : [];
  });
  return [...common, ...own];
}

function toKind(payer: Payer): string {
  const [kind = payer] = payer.split(":");
  return kind;
}

/** A user has two: the one that holds for every user, and his own. */
function toCapName(payer: Payer): string {
  const kind = toKind(payer);
  return kind === "user" ? "own" : kind;
}

/** How each stands now, the tightest first: the fewest left, of these the one that takes longest. */
export function toRateViews(state: GuardState, windows: readonly Window[], now: number): readonly RateView[] {
  return windows
    .map(({ key, name, rate: { requests, burst, windowMs } }): RateView => {
      const times = state.windows.get(key) ?? [];
      const quota = requests + burst;
      const remaining = Math.max(0, quota - times.length);
      const next = times[Math.max(0, times.length - quota)];
      return { name, quota, windowMs, remaining, resetMs: next === undefined ? 0 : next + windowMs - now };
    })
    .toSorted((one, other) => one.remaining - other.remaining || other.resetMs - one.resetMs);
}

/** A clock that was set back: what was counted in times to come counts from now on, and for one window at most. */
function bringBack(times: number[], now: number): void {
  for (let n = times.length - 1; n >= 0 && (times[n] ?? now) > now; n -= 1) times[n] = now;
}

/** Drops what has left each window; the first that is full, as a refusal. */
export function findRateRefusal(
  state: GuardState,
  windows: readonly Window[],
  now: number,
): RefusalOf<"rate_limited"> | null {
  for (const { key } of windows) bringBack(state.windows.get(key) ?? [], now);
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
