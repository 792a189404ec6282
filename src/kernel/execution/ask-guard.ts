// Asks the guard on a run's behalf: before it starts, when it goes on, and when it gives its money back to wait.
import { toCost, toHold, toPaidUntil, toSpentParts } from "../domain/run.ts";
import { withSmaller } from "../domain/answer-price.ts";
import { Fault } from "../domain/refusal.ts";
import type { Admission, AdmissionAnswer } from "../ports/guard.ts";
import { toAdmission } from "../stages/admit.ts";
import { toAdmissionEvents } from "./admission-events.ts";
import { toTold } from "../stages/settle.ts";
import type { LiveRun } from "./live-run.ts";
import { toRecord } from "./live-run.ts";
import type { Declined } from "../ports/runners.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { toUnavailable } from "../domain/unavailable.ts";

const GUARD_AWAY = toUnavailable("the guard");
const PLANNED_TOO_EARLY = toUnavailable("the registry");

/** Null: it goes on. Otherwise nothing has happened, and this is the reply. */
export async function admitRun(ports: RunnerPorts, live: LiveRun): Promise<Declined | null> {
  if (live.order.rehearsal !== null) return null;
  const answer = await tryAdmit(ports, toAdmission(live.order, live.id, ports.clock.now()));
  // The key stays with the run: whoever asks again with it asks for the same hold.
  if (answer === null) return { reply: "refused", refusal: GUARD_AWAY, events: live.events };
  if ("stale" in answer) return decline(ports, live, { reply: "stale", version: answer.stale });
  live.events = [...live.events, ...toAdmissionEvents(live, answer, ports.clock.now())];
  live.rates = answer.rates;
  if (answer.admitted) {
    noteGrant(ports, live, answer);
    return null;
  }
  const { forecast, answer: price } = live.order.plan;
  const { cheaperMicroUsd, upperMicroUsd: wantedMicroUsd } = forecast;
  const asked = { wantedMicroUsd, reservedMicroUsd: 0, answer: price, cheaperMicroUsd };
  const refusal = withSmaller(answer.refusal, asked);
  return decline(ports, live, { reply: "refused", refusal, events: live.events, rates: live.rates });
}

/** What nobody was told of leaves no trace. A run with an id in somebody's hands goes on, to end as failed. */
async function decline(ports: RunnerPorts, live: LiveRun, declined: Declined): Promise<Declined | null> {
  if (live.isKept) {
    live.refusal = declined.reply === "refused" ? declined.refusal : PLANNED_TOO_EARLY;
    return null;
  }
  live.finishedAt = ports.clock.now();
  await ports.journal.forget(live.id);
  return declined;
}

/** Null: the guard does not answer. Nobody is let through because of that. */
async function tryAdmit(ports: RunnerPorts, admission: Admission): Promise<AdmissionAnswer | null> {
  try {
    return await admit(ports, admission);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** What ended here and was not settled yet still holds its money: before anybody hears that there is not enough, it is. */
async function admit(ports: RunnerPorts, admission: Admission): Promise<AdmissionAnswer> {
  const answer = await ports.guard.admit(ports.tenant, admission);
  if (!isShort(answer)) return answer;
  // A drain that fails may have settled first.
  const isSettled = await ports.drainNow().catch(() => true);
  return isSettled ? ports.guard.admit(ports.tenant, admission) : answer;
}

/** Of a day or a month: of one request nobody else holds a part. */
function isShort(answer: AdmissionAnswer): boolean {
  if ("stale" in answer || answer.admitted) return false;
  const { refusal } = answer;
  return refusal.reason === "budget_exceeded" && refusal.scope !== "request";
}

/** A run that goes on: its versions are pinned and it was counted when it started, so only money is asked for. */
export async function admitAgain(ports: RunnerPorts, live: LiveRun): Promise<void> {
  const why = live.heldBack?.refusal;
  const admission = {
    ...toAdmission(live.order, live.id, ports.clock.now()),
    isAgain: true,
    // With what it was extended by: so much it may spend.
    upperMicroUsd: toHold(live),
    // The door asks before each call: a run under way is not held back because of one that it may not come to.
    hosts: why?.reason === "breaker_open" ? [why.host] : [],
    catalogueVersion: Number.MAX_SAFE_INTEGER,
  };
  const answer = await tryAdmit(ports, admission);
  if (answer === null) live.refusal = GUARD_AWAY;
  else if ("stale" in answer) return;
  else if (answer.admitted) noteGrant(ports, live, answer);
  else live.refusal = answer.refusal;
}

/** A run that was begun with cheaper models goes on with them. */
function noteGrant(
  { hosts }: Pick<RunnerPorts, "hosts">,
  live: LiveRun,
  { epoch, isHeld, isLow, openHosts }: Extract<AdmissionAnswer, { admitted: true }>,
): void {
  live.isHeld = isHeld;
  live.isDegraded ||= isLow;
  live.guardSaid = { epoch, openHosts };
  live.heldMicroUsd = toHold(live);
  hosts.learn(epoch);
}

/** Whether something is reserved for it while it is worked on; a rehearsal spends nothing. */
export function isHeld(live: LiveRun): boolean {
  return live.order.rehearsal === null && (live.isHeld || toHold(live) > 0);
}

/** `ended: false`: it waits, and is settled again when it ends. */
export async function releaseHold(ports: RunnerPorts, live: LiveRun, ended: boolean): Promise<void> {
  if (!isHeld(live)) return;
  const record = toRecord(live);
  const at = toPaidUntil(record) ?? ports.clock.now();
  const parts = toTold(toSpentParts(record, null), at);
  const settlement = { runId: live.id, spentMicroUsd: toCost(record), ended, at, ...parts };
  try {
    await ports.guard.settle(ports.tenant, [settlement]);
  } catch (error) {
    // Away: the hold ends by itself, and what was spent is settled when the run ends.
    if (!(error instanceof Fault)) throw error;
  }
}
