// Works on a run until it ends, waits, or is refused before anything happened; and makes that durable.
import type { Refusal } from "../domain/refusal.ts";
import { Refused } from "../domain/refusal.ts";
import type { RunStatus } from "../domain/run.ts";
import { toIso } from "../domain/zone.ts";
import type { ExecuteOutcome } from "../stages/execute.ts";
import { toCost, withPaid } from "../domain/run.ts";
import { toPayers } from "../stages/admit.ts";
import { toEndEvents } from "../stages/record.ts";
import { toAccount } from "../stages/settle.ts";
import type { AttemptPorts, Attempted } from "./attempt.ts";
import { attemptRun } from "./attempt.ts";
import type { Execution } from "./execution.ts";
import { holdBack, toHeldBack } from "./hold-back.ts";
import { toJobEvents } from "./job-event.ts";
import { keepLive } from "./keep-live.ts";
import { keepWholeTrial } from "./keep-trial.ts";
import type { LiveRun } from "./live-run.ts";
import { hasSentWrites, toRecord } from "./live-run.ts";
import { findResultExcess, leaveOutValues } from "./run-size.ts";
import type { RunnerPorts } from "./runner-ports.ts";

export type Progress =
  | { readonly progress: "ended" }
  | { readonly progress: "stopped" }
  /** Nothing was sent and nothing was spent: the caller hears no, and there is no run. */
  | { readonly progress: "refused"; readonly refusal: Refusal };

/** Refusals that are answered instead of recorded while nothing has happened yet. */
const BEFORE_THE_START: ReadonlySet<string> = new Set([
  "budget_exceeded",
  "plan_drift",
  "forbidden",
  "paused",
  "unavailable",
  "secret_missing",
  "overrun",
  "breaker_open",
]);
/** A person said no, or nothing for days. */
const DECIDED: ReadonlySet<string> = new Set(["approval_denied", "gone", "cancelled"]);
const MAX_ATTEMPTS = 20;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60 * 60_000;

export async function workOn(ports: RunnerPorts, live: LiveRun): Promise<Progress> {
  live.status = "running";
  // A run that kills its runner each time must not be taken up for ever.
  if (live.attempts > MAX_ATTEMPTS + live.order.maxRetries) {
    const tries = live.attempts - 1;
    const message = {
      en: `It was begun ${tries} times and never came to an end.`,
      ru: `Он не дошёл до конца; попыток: ${tries}.`,
    };
    live.refusal = { reason: "lost", message };
  }
  const { outcome, trial }: Attempted =
    live.refusal === null
      ? await attemptRun(toAttemptPorts(ports), live)
      : { outcome: { ended: "failed", refusal: live.refusal }, trial: null };
  if (outcome.ended === "waiting") return stop(ports, live, () => wait(live, outcome, ports.clock.now()));
  if (outcome.ended === "failed") return fail(ports, live, { refusal: outcome.refusal, trial });
  if (outcome.ended === "planned") return end(ports, live, { status: "planned", refusal: null, trial });
  live.result = outcome.result;
  live.answer = outcome.answer;
  live.details = outcome.details;
  return end(ports, live, { status: "succeeded", refusal: null, trial });
}

async function fail(
  ports: RunnerPorts,
  live: LiveRun,
  { refusal, trial }: { refusal: Refusal; trial: Execution | null },
): Promise<Progress> {
  const isUntouched = !hasSentWrites(live) && toCost(toRecord(live)) === 0 && live.refusal === null;
  // What nobody was told of leaves no trace; a run with an id in somebody's hands has failed.
  if (isUntouched && !live.isKept && BEFORE_THE_START.has(refusal.reason)) {
    live.finishedAt = ports.clock.now();
    return { progress: "refused", refusal };
  }
  const held = toHeldBack(live, refusal, ports.clock.now());
  if (held !== null || isWorthAnotherTry(live, refusal)) {
    // Who cancels while an attempt is under way is not kept waiting for the next one.
    if (live.isCancelled)
      return end(ports, live, { status: "cancelled", refusal: { reason: "cancelled" }, trial });
    return stop(ports, live, () => {
      if (held === null) tryLater(live, ports.clock.now());
      else holdBack(live, held, ports.clock.now());
    });
  }
  const status = refusal.reason === "cancelled" ? "cancelled" : "failed";
  return end(ports, live, { status, refusal, trial });
}

/** It goes on later, unless it has become too large to be kept until then. */
async function stop(ports: RunnerPorts, live: LiveRun, change: () => void): Promise<Progress> {
  change();
  for (const [key, effect] of live.effects) live.effects.set(key, withPaid(effect, ports.clock.now()));
  try {
    await keepLive(ports, live);
  } catch (error) {
    if (error instanceof Refused)
      return end(ports, live, { status: "failed", refusal: error.refusal, trial: null });
    throw error;
  }
  return { progress: "stopped" };
}

function wait(live: LiveRun, outcome: Extract<ExecuteOutcome, { ended: "waiting" }>, now: number): void {
  live.status = "waiting";
  live.waitingFor = outcome.waitingFor;
  live.waitingAt = outcome.at;
  live.question = outcome.question;
  live.heldBack = null;
  const asked = outcome.waitingFor === "approval" ? live.order.terms : outcome.question;
  live.expiresAt = asked === undefined ? undefined : now + asked.expiresMs;
}

function isWorthAnotherTry(live: LiveRun, refusal: Refusal): boolean {
  const isRetryable =
    refusal.reason === "source_unreachable" ||
    refusal.reason === "unavailable" ||
    refusal.reason === "breaker_open" ||
    (refusal.reason === "step_failed" && refusal.retryable);
  return isRetryable && live.attempts <= live.order.maxRetries;
}

function tryLater(live: LiveRun, now: number): void {
  live.status = "queued";
  live.wakeAt = now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (live.attempts - 1));
  live.events = [...live.events, ...toJobEvents(live, "job_retried", now)];
}

async function end(
  ports: RunnerPorts,
  live: LiveRun,
  how: { status: RunStatus; refusal: Refusal | null; trial: Execution | null },
): Promise<Progress> {
  const now = ports.clock.now();
  if (how.trial) keepWholeTrial(live, how.trial);
  const excess = findResultExcess(live);
  if (excess) leaveOutResult(live);
  live.status = excess ? "failed" : how.status;
  live.refusal = how.refusal ?? excess;
  live.finishedAt = now;
  const ended = toEndEvents(toRecord(live), { iso: toIso(now), now });
  live.events = [...live.events, ...ended, ...toJobEvents(live, "job_finished", now)];
  leaveOutValues(live);
  if (live.order.rehearsal === null) {
    const run = toRecord(live);
    const answer = keepsItsKey(live) ? ports.toAnswer(run) : null;
    await ports.journal.saveEnd({ run, answer, account: toAccount(run) });
  }
  return { progress: "ended" };
}

/** Nothing was written, and nobody decided that it should not be: the same request may try again. */
function keepsItsKey(live: LiveRun): boolean {
  const { status, refusal } = live;
  const { idempotency } = live.order;
  if (idempotency === null) return false;
  const isFree = status === "failed" && !hasSentWrites(live) && !DECIDED.has(refusal?.reason ?? "");
  return idempotency.isEvent === true || !isFree;
}

function toAttemptPorts(ports: RunnerPorts): AttemptPorts {
  return {
    ...ports,
    saveLive: (live) => keepLive(ports, live),
    extendHold: (live, needed) => extendHold(ports, live, needed),
  };
}

function leaveOutResult(live: LiveRun): void {
  live.result = null;
  live.answer = null;
  live.details = null;
  live.recording = null;
}

async function extendHold(ports: RunnerPorts, live: LiveRun, neededMicroUsd: number): Promise<void> {
  if (live.order.rehearsal !== null) {
    live.heldMicroUsd = Math.max(live.heldMicroUsd, neededMicroUsd);
    return;
  }
  const refusal = await ports.guard.extend(ports.tenant, {
    runId: live.id,
    payers: toPayers(live.order),
    neededMicroUsd,
  });
  if (refusal) throw new Refused(refusal);
  live.heldMicroUsd = Math.max(live.heldMicroUsd, neededMicroUsd);
  live.extendedMicroUsd = Math.max(0, neededMicroUsd - live.order.plan.forecast.upperMicroUsd);
}
