// A run that goes on after a wait and is refused for what passes does not end: its yes, its answers and what it did are kept, and
// it is tried again until its time is over. What does not pass ends it, and so does its time.
import type { Refusal } from "../domain/refusal.ts";
import type { HeldBack, RunRecord } from "../domain/run.ts";
import { toIso } from "../domain/zone.ts";
import type { LiveRun } from "./live-run.ts";

const FIRST_TRY_MS = 5_000;
const LONGEST_TRY_MS = 30 * 60_000;
/** A day may have 25 hours: whoever waits for the next day's budget reaches it. */
const SHORTEST_HELD_MS = 26 * 3_600_000;
const LONGEST_HELD_MS = 30 * 24 * 3_600_000;
/** More than the longest time holds by itself; each raised limit and each resume makes one more. */
const MOST_TRIES = 2_000;

export function isHeldBack({ status, waitingFor }: Pick<RunRecord, "status" | "waitingFor">): boolean {
  return status === "waiting" && waitingFor === "time";
}

/** Whether it may be over by and by: a time, somebody's switch, a limit. */
function passes(refusal: Refusal): boolean {
  switch (refusal.reason) {
    case "budget_exceeded":
      return refusal.scope !== "request";
    case "too_many_running":
    case "paused":
    case "overrun":
    case "breaker_open":
    case "unavailable":
      return true;
    default:
      return false;
  }
}

/** Null: that was it. One that has only just begun is refused to its caller, who is there. */
export function toHeldBack(live: LiveRun, refusal: Refusal, now: number): HeldBack | null {
  if (live.attempts < 2 || !passes(refusal)) return null;
  const { expiresMs } = live.order.terms;
  const heldMs = Math.min(LONGEST_HELD_MS, Math.max(SHORTEST_HELD_MS, expiresMs));
  const { since, tries, endsAt } = live.heldBack ?? { since: now, tries: 0, endsAt: now + heldMs };
  return now < endsAt && tries < MOST_TRIES ? { refusal, since, tries: tries + 1, endsAt } : null;
}

/** When its end is known, then; a limit may be raised and a pause taken back before. Its last try is at the end of its time. */
function toNextTry({ refusal, tries, endsAt }: HeldBack, now: number): number {
  const soon = now + Math.min(LONGEST_TRY_MS, FIRST_TRY_MS * 2 ** Math.min(tries - 1, 20));
  if (refusal.reason === "breaker_open") return Math.min(endsAt, Math.max(refusal.until, now + FIRST_TRY_MS));
  const isOver = refusal.reason === "budget_exceeded" ? (refusal.resetsAt ?? soon) : soon;
  return Math.min(endsAt, soon, Math.max(isOver, now + FIRST_TRY_MS));
}

export function holdBack(live: LiveRun, held: HeldBack, now: number): void {
  const isNew = live.heldBack?.refusal.reason !== held.refusal.reason;
  live.status = "waiting";
  live.waitingFor = "time";
  live.wakeAt = toNextTry(held, now);
  live.heldBack = held;
  live.refusal = null;
  // It came to an orderly stop: what counts attempts looks for runs that kill their runner.
  live.attempts -= 1;
  if (!isNew) return;
  const { requestId, plan } = live.order;
  const base = { request_id: requestId, timestamp: toIso(now), skill_id: plan.skill };
  const told = { code: held.refusal.reason, attempt: live.attempts, until: toIso(live.wakeAt) };
  live.events = [...live.events, { event: "run_held_back", ...base, ...told }];
}
