// The one admission decision: registry, windows and hold in one turn that awaits nothing.
import { isRunId, toShortRunId } from "../domain/id.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { Refusal, RefusalOf } from "../domain/refusal.ts";
import {
  type Admission,
  type AdmissionAnswer,
  type Extension,
  HOLD_MS,
  type Payer,
  type RateView,
} from "../ports/guard.ts";
import type { Caller } from "./breaker.ts";
import { decideTimeChanges, findBudgetRefusal, findLowRefusal, isLowAfter, remaining } from "./budget.ts";
import { findBreakerRefusal, listOpenHosts, toAsked } from "./hosts.ts";
import { applyAll, type GuardChange, type GuardState, type Hold } from "./state.ts";
import { findRateRefusal, toRateViews, toWindows, type Window } from "./window.ts";

export interface GuardDecision<Answer> {
  readonly answer: Answer;
  readonly changes: readonly GuardChange[];
}

/** Applies its changes to `state`; the caller stores the durable ones before it answers. */
export function decideAdmission(
  state: GuardState,
  admission: Admission,
  now: number,
): GuardDecision<AdmissionAnswer> {
  const changes = applyAll(state, decideTimeChanges(state, now));
  if (admission.catalogueVersion < state.registryVersion)
    return { answer: { stale: state.registryVersion }, changes };
  const paused = findPause(state, admission.payers);
  if (paused) return { answer: toRefused(state, paused), changes };
  const known = state.holds.get(admission.runId);
  const decided =
    known && !known.expired ? admitHeld(state, { admission, known }, now) : admitNew(state, admission, now);
  return { answer: decided.answer, changes: [...changes, ...decided.changes] };
}

interface Again {
  readonly admission: Admission;
  readonly known: Hold;
}

/**
 * Its answer was lost, or it goes on: it holds what it held. Planned anew it may cost more, or be paid by others: then it holds what
 * that takes, or nothing.
 */
function admitHeld(state: GuardState, again: Again, now: number): GuardDecision<AdmissionAnswer> {
  const { admission, known } = again;
  const grant = (changes: readonly GuardChange[]) => ({
    answer: toGranted(state, { isHeld: true, rates: [], caller: admission }, now),
    changes,
  });
  const held = known.microUsd + known.settledMicroUsd;
  const isSame = hasSamePayers(admission.payers, known.payers);
  if (isSame && admission.upperMicroUsd <= held)
    return grant(decideRenewal(state, [admission.runId], now).changes);
  const refusal = findGrowthRefusal(state, again);
  if (refusal === null)
    return grant(
      applyAll(state, [
        toHoldChange(admission, Math.max(admission.upperMicroUsd, held), known.settledMicroUsd),
      ]),
    );
  // One that goes on keeps what it has until it is settled; of one that never began nothing is left.
  const isBegun = admission.isAgain === true || known.settledMicroUsd > 0;
  const changes = isBegun ? [] : applyAll(state, [{ change: "release", runId: admission.runId }]);
  return { answer: toRefused(state, refusal), changes };
}

function hasSamePayers(one: readonly Payer[], other: readonly Payer[]): boolean {
  return one.length === other.length && one.every((payer) => other.includes(payer));
}

/** Of those who pay already only what is added is asked for. */
function findGrowthRefusal(state: GuardState, { admission, known }: Again): Refusal | null {
  const { microUsd, settledMicroUsd, payers: before } = known;
  const wanted = Math.max(admission.upperMicroUsd, microUsd + settledMicroUsd);
  const added = admission.payers.filter((payer) => !before.includes(payer));
  const kept = admission.payers.filter((payer) => before.includes(payer));
  return (
    findCrowd(state, added) ??
    findBudgetRefusal(state, kept, { wanted, reserved: microUsd + settledMicroUsd }) ??
    findBudgetRefusal(state, added, { wanted, reserved: settledMicroUsd })
  );
}

function findStartRefusal(
  state: GuardState,
  { admission, windows }: { readonly admission: Admission; readonly windows: readonly Window[] },
  now: number,
): Refusal | null {
  const { isAgain, payers, upperMicroUsd } = admission;
  // One that goes on after it waited was counted when it started. Its place was given back, and has to be free again.
  return (
    (isAgain === true ? null : findRateRefusal(state, windows, now)) ??
    findCrowd(state, payers) ??
    findOverrun(state, upperMicroUsd)
  );
}

function admitNew(state: GuardState, admission: Admission, now: number): GuardDecision<AdmissionAnswer> {
  const { payers, upperMicroUsd: wanted } = admission;
  const settled = state.holds.get(admission.runId)?.settledMicroUsd ?? 0;
  const windows = toWindows(state, admission);
  const refusal =
    findStartRefusal(state, { admission, windows }, now) ??
    findBreakerRefusal(state, admission, now) ??
    findBudgetRefusal(state, payers, { wanted, reserved: settled }) ??
    findLowRefusal(state, wanted - settled);
  const rates = () => toRateViews(state, windows, now);
  if (refusal) {
    const shown = refusal.reason === "rate_limited" ? rates() : [];
    const asked = refusal.reason === "breaker_open" ? toAsked(state, admission, refusal.host) : [];
    return { answer: toRefused(state, refusal, shown), changes: applyAll(state, asked) };
  }
  const isHeld = wanted > 0 || isCounted(state, payers);
  const hold = isHeld ? [toHoldChange(admission, wanted, settled)] : [];
  const count = toCount(windows, now);
  const changes = applyAll(state, [...hold, ...count]);
  return { answer: toGranted(state, { isHeld, rates: rates(), caller: admission }, now), changes };
}

function toCount(windows: readonly Window[], at: number): readonly GuardChange[] {
  return windows.length === 0 ? [] : [{ change: "count", keys: windows.map(({ key }) => key), at }];
}

type HoldWish = Pick<Admission, "runId" | "payers" | "deadline">;

function toHoldChange(
  { runId, payers, deadline }: HoldWish,
  wanted: MicroUsd,
  settledMicroUsd: MicroUsd,
): GuardChange {
  const microUsd = Math.max(0, wanted - settledMicroUsd);
  return { change: "hold", runId, hold: { microUsd, settledMicroUsd, deadline, expired: false, payers } };
}

/** What was billed beyond a hold is looked at by somebody before more is spent. What costs nothing goes on. */
function findOverrun({ overrun }: GuardState, wanted: MicroUsd): RefusalOf<"overrun"> | null {
  if (overrun === null || wanted <= 0) return null;
  const { runId, microUsd: overMicroUsd } = overrun;
  return { reason: "overrun", run: isRunId(runId) ? toShortRunId(runId) : runId, overMicroUsd };
}

function findPause(state: GuardState, payers: readonly Payer[]): RefusalOf<"paused"> | null {
  const payer = (["all", "letting_end", ...payers] as const).find((one) => state.paused.has(one));
  return payer === undefined ? null : { reason: "paused", payer };
}

/** Who may run so many at a time has that many under way. */
function findCrowd(state: GuardState, payers: readonly Payer[]): RefusalOf<"too_many_running"> | null {
  for (const payer of payers) {
    const limit = state.caps.get(payer)?.concurrent ?? null;
    const running = state.accounts.get(payer)?.running ?? 0;
    if (limit !== null && running >= limit) return { reason: "too_many_running", payer, limit };
  }
  return null;
}

/** Its runs are counted, those without a price too. */
function isCounted(state: GuardState, payers: readonly Payer[]): boolean {
  return payers.some((payer) => (state.caps.get(payer)?.concurrent ?? null) !== null);
}

/** Raises a hold; the same limits apply to the whole of it. */
export function decideExtension(
  state: GuardState,
  extension: Extension,
  now: number,
): GuardDecision<Refusal | null> {
  const asked = { ...extension, deadline: now + HOLD_MS };
  const changes = applyAll(state, decideTimeChanges(state, now));
  const before = state.holds.get(asked.runId);
  const settledMicroUsd = before?.settledMicroUsd ?? 0;
  const held = before && !before.expired ? before.microUsd : 0;
  const wanted = asked.neededMicroUsd;
  // One that has money may go on with it; one that has none yet begins.
  const refusal =
    (before === undefined ? findOverrun(state, wanted) : null) ??
    findBudgetRefusal(state, asked.payers, { wanted, reserved: held + settledMicroUsd });
  if (refusal) return { answer: refusal, changes };
  const grant = applyAll(state, [toHoldChange(asked, wanted, settledMicroUsd)]);
  return { answer: null, changes: [...changes, ...grant] };
}

/**
 * Of runs that are worked on. One that had ended meanwhile is weighed anew, because others may have been admitted in its place: the
 * runs whose money is gone are answered. What a waiting run gave back is nothing, and stays so.
 */
export function decideRenewal(
  state: GuardState,
  runIds: readonly string[],
  now: number,
): GuardDecision<readonly string[]> {
  const deadline = now + HOLD_MS;
  const lost: string[] = [];
  const changes = runIds.flatMap((runId): GuardChange[] => {
    const known = state.holds.get(runId);
    if (!known || isGivenBack(known) || known.deadline >= deadline) return [];
    const { expired, payers, microUsd, settledMicroUsd } = known;
    const whole = { wanted: microUsd + settledMicroUsd, reserved: settledMicroUsd };
    if (expired && findBudgetRefusal(state, payers, whole) !== null) {
      lost.push(runId);
      return [];
    }
    return applyAll(state, [{ change: "hold", runId, hold: { ...known, deadline, expired: false } }]);
  });
  return { answer: lost, changes };
}

function isGivenBack({ microUsd, expired }: Hold): boolean {
  return expired && microUsd === 0;
}

/** Configuration: whoever asked may, and nothing is weighed. */
export function decideChange(state: GuardState, change: GuardChange): GuardDecision<null> {
  return { answer: null, changes: applyAll(state, [change]) };
}

function toBudget(state: GuardState) {
  return { limits: state.limits, remainingMicroUsd: remaining(state) };
}

interface Granted {
  readonly caller: Caller;
  readonly isHeld: boolean;
  readonly rates: readonly RateView[];
}

function toGranted(
  state: GuardState,
  { caller, isHeld, rates }: Granted,
  now: number,
): Extract<AdmissionAnswer, { admitted: true }> {
  const openHosts = state.breakers.size === 0 ? [] : listOpenHosts(state, caller, now);
  const isLow = isLowAfter(state, 0);
  return { admitted: true, epoch: state.epoch, isHeld, isLow, rates, openHosts, budget: toBudget(state) };
}

function toRefused(state: GuardState, refusal: Refusal, rates: readonly RateView[] = []): AdmissionAnswer {
  return { admitted: false, refusal, rates, budget: toBudget(state) };
}
