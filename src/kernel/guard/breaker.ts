// A circuit breaker of one service: left alone for a while when too many of its calls fail or are slow, then tried with one run.
// Twice as long each time that run fails too. It never counts a no: a 4xx is an answer.
import type { BreakerCause, BreakerView, CallCounts, CallTally } from "../ports/guard.ts";

/** Calls are counted in slices of a sliding window. */
const SLICE_MS = 10_000;
const WINDOW_MS = 60_000;
/** Of fewer calls nothing is concluded. */
const LEAST_CALLS = 20;
const FAILED_SHARE = 0.5;
const SLOW_SHARE = 0.8;
/** A call that takes longer is slow. */
export const SLOW_MS = 5_000;
const FIRST_OPEN_MS = 30_000;
export const LONGEST_OPEN_MS = 10 * 60_000;
/** A run that was let through to try and says nothing for so long has not tried. */
const PROBE_MS = 30_000;

interface Slice extends CallCounts {
  readonly at: number;
}

/** Who would call it. */
export interface Caller {
  readonly runId: string;
  readonly user: string;
}

/** `times`: in a row. `probe`: who tries it, since when. */
export interface Opening {
  readonly at: number;
  readonly until: number;
  readonly times: number;
  readonly why: BreakerCause;
  /** What was counted when it was left alone first; of one that was kept before it was noted nobody knows. */
  readonly counted?: CallCounts | undefined;
  readonly probe: (Caller & { readonly at: number }) | null;
  /** Whose run tried it last, also before it was left alone again. */
  readonly lastBy: string | null;
  /** Somebody else has asked since. */
  readonly isAsked: boolean;
}

export interface Breaker {
  readonly slices: readonly Slice[];
  /** Null: it is in use. */
  readonly opening: Opening | null;
}

export const NEW_BREAKER: Breaker = { slices: [], opening: null };

/** Its time is over; or the clock has gone back behind its beginning, and nobody knows how much of it is. */
function isHalfOpen({ at, until }: Opening, now: number): boolean {
  return now >= until || now < at;
}

type How = Pick<Opening, "why" | "counted" | "times" | "lastBy">;

function open(how: How, now: number): Breaker {
  const openMs = Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** Math.min(how.times - 1, 16));
  return { slices: [], opening: { ...how, at: now, until: now + openMs, probe: null, isAsked: false } };
}

/** After some calls were made. Of one that is left alone only calls count that were begun when its time was over. */
export function afterCalls(breaker: Breaker, tally: CallTally, now: number): Breaker {
  const { opening } = breaker;
  if (opening === null) return judge(addCalls(breaker, tally, now), now);
  const isProbed = tally.lastAt >= opening.until || now < opening.at;
  if (!isProbed || tally.calls === 0) return breaker;
  const isGood = tally.failed === 0 && (opening.why === "failures" || tally.slow === 0);
  const { why, counted, times, lastBy } = opening;
  return isGood ? NEW_BREAKER : open({ why, counted, times: times + 1, lastBy }, now);
}

/** Slices of another time are dropped: of an hour ago, and of an hour that the clock has taken back. */
function listSlices({ slices }: Breaker, now: number): readonly Slice[] {
  return slices.filter(({ at }) => at > now - WINDOW_MS && at <= now);
}

function addCalls(breaker: Breaker, { calls, failed, slow }: CallTally, now: number): Breaker {
  const slices = listSlices(breaker, now);
  const at = now - (now % SLICE_MS);
  const last = slices.at(-1);
  const before = last?.at === at ? last : { at, calls: 0, failed: 0, slow: 0 };
  const slice = {
    at,
    calls: before.calls + calls,
    failed: before.failed + failed,
    slow: before.slow + slow,
  };
  return { ...breaker, slices: [...(last?.at === at ? slices.slice(0, -1) : slices), slice] };
}

const FIRST = { times: 1, lastBy: null };

function judge(breaker: Breaker, now: number): Breaker {
  const counted = toSum(breaker.slices);
  const { calls, failed, slow } = counted;
  if (calls < LEAST_CALLS) return breaker;
  if (failed >= calls * FAILED_SHARE) return open({ why: "failures", counted, ...FIRST }, now);
  return slow >= calls * SLOW_SHARE ? open({ why: "slow", counted, ...FIRST }, now) : breaker;
}

function toSum(slices: readonly Slice[]): CallCounts {
  const sum = { calls: 0, failed: 0, slow: 0 };
  for (const slice of slices) {
    sum.calls += slice.calls;
    sum.failed += slice.failed;
    sum.slow += slice.slow;
  }
  return sum;
}

/** Null: he may call it. Otherwise when he may ask again. */
export function findClosedUntil({ opening }: Breaker, caller: Caller | null, now: number): number | null {
  if (opening === null) return null;
  if (!isHalfOpen(opening, now)) return opening.until;
  const { probe } = opening;
  if (probe !== null && probe.runId === caller?.runId) return null;
  if (probe !== null && now >= probe.at && now < probe.at + PROBE_MS) return probe.at + PROBE_MS;
  return findTurnOfOthers(opening, caller, now);
}

/** Whose run tried it last lets others go first who have asked: else one user could keep it closed for all of them. */
function findTurnOfOthers(
  { until, probe, lastBy, isAsked }: Opening,
  caller: Caller | null,
  now: number,
): number | null {
  if (caller === null || lastBy !== caller.user || !isAsked) return null;
  const from = Math.max(until, probe === null ? until : probe.at + PROBE_MS);
  return now >= from && now < from + PROBE_MS ? from + PROBE_MS : null;
}

/** Whether its time is over, and the next call would try it. */
export function isToBeTried({ opening }: Breaker, now: number): boolean {
  return opening !== null && isHalfOpen(opening, now);
}

/** His run tries it for all others. */
export function withProbe(breaker: Breaker, caller: Caller, now: number): Breaker {
  const { opening } = breaker;
  if (opening === null || opening.probe?.runId === caller.runId) return breaker;
  const { runId, user } = caller;
  return {
    ...breaker,
    opening: { ...opening, probe: { runId, user, at: now }, lastBy: user, isAsked: false },
  };
}

/** He was told to come again. */
export function withAsked(breaker: Breaker, { user }: Caller): Breaker {
  const { opening } = breaker;
  const isNews = opening !== null && !opening.isAsked && opening.lastBy !== null && opening.lastBy !== user;
  return isNews ? { ...breaker, opening: { ...opening, isAsked: true } } : breaker;
}

/** Nothing is known of it that is not known of any other. */
export function isForgettable(breaker: Breaker, now: number): boolean {
  return breaker.opening === null && listSlices(breaker, now).length === 0;
}

export function toBreakerView(host: string, breaker: Breaker, now: number): BreakerView {
  const { opening } = breaker;
  const sum = toSum(listSlices(breaker, now));
  if (opening === null) return { host, state: "closed", why: null, until: null, counted: null, ...sum };
  const state = isHalfOpen(opening, now) ? "half_open" : "open";
  const { why, until, counted = null } = opening;
  return { host, state, why, until, counted, ...sum };
}
