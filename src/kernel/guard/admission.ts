// The one admission decision: registry, windows and hold in one turn that awaits nothing.
import type { MicroUsd } from "../domain/money.ts";
import type { Refusal, RefusalOf } from "../domain/refusal.ts";
import type {
  Admission,
  AdmissionAnswer,
  Caps,
  Extension,
  Payer,
  Settlement,
  Spent,
} from "../ports/guard.ts";
import { decideTimeChanges, findBudgetRefusal, findLowRefusal, isLowAfter, remaining } from "./budget.ts";
import type { GuardChange, GuardState, Hold } from "./state.ts";
import { applyChange } from "./state.ts";
import { findRateRefusal, toWindows } from "./window.ts";

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
  const decided = known && !known.expired ? admitHeld(state, admission) : admitNew(state, admission, now);
  return { answer: decided.answer, changes: [...changes, ...decided.changes] };
}

/** Its answer was lost, or it goes on: it holds what it held. */
function admitHeld(state: GuardState, { runId, deadline }: Admission): GuardDecision<AdmissionAnswer> {
  const { changes } = decideRenewal(state, [runId], deadline);
  return { answer: toGranted(state, true), changes };
}

function admitNew(state: GuardState, admission: Admission, now: number): GuardDecision<AdmissionAnswer> {
  const { payers, upperMicroUsd: wanted } = admission;
  const settled = state.holds.get(admission.runId)?.settledMicroUsd ?? 0;
  const windows = toWindows(state, admission);
  const refusal =
    findRateRefusal(state, windows, now) ??
    findCrowd(state, payers) ??
    findBudgetRefusal(state, payers, { wanted, reserved: settled }) ??
    findLowRefusal(state, wanted - settled);
  if (refusal) return { answer: toRefused(state, refusal), changes: [] };
  const isHeld = wanted > 0 || isCounted(state, payers);
  const hold = isHeld ? [toHoldChange(admission, wanted, settled)] : [];
  const keys = windows.map(({ key }) => key);
  const count: GuardChange[] = keys.length > 0 ? [{ change: "count", keys, at: now }] : [];
  const changes = applyAll(state, [...hold, ...count]);
  return { answer: toGranted(state, isHeld), changes };
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

function findPause(state: GuardState, payers: readonly Payer[]): RefusalOf<"paused"> | null {
  const payer = payers.find((one) => state.paused.has(one));
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
  asked: Extension & { readonly deadline: number },
  now: number,
): GuardDecision<Refusal | null> {
  const changes = applyAll(state, decideTimeChanges(state, now));
  const before = state.holds.get(asked.runId);
  const settledMicroUsd = before?.settledMicroUsd ?? 0;
  const held = before && !before.expired ? before.microUsd : 0;
  const wanted = asked.neededMicroUsd;
  const refusal = findBudgetRefusal(state, asked.payers, { wanted, reserved: held + settledMicroUsd });
  if (refusal) return { answer: refusal, changes };
  const grant = applyAll(state, [toHoldChange(asked, wanted, settledMicroUsd)]);
  return { answer: null, changes: [...changes, ...grant] };
}

/**
 * Of runs that are worked on. One that had ended meanwhile is taken up again without being weighed: its run goes on and may spend
 * it. What a waiting run gave back is nothing, and stays so.
 */
export function decideRenewal(
  state: GuardState,
  runIds: readonly string[],
  deadline: number,
): GuardDecision<null> {
  const changes = runIds.flatMap((runId): GuardChange[] => {
    const known = state.holds.get(runId);
    if (!known || isGivenBack(known) || known.deadline >= deadline) return [];
    return [{ change: "hold", runId, hold: { ...known, deadline, expired: false } }];
  });
  return { answer: null, changes: applyAll(state, changes) };
}

function isGivenBack({ microUsd, expired }: Hold): boolean {
  return expired && microUsd === 0;
}

/** Books what was spent since the last settlement. One of a run whose hold is gone was made before. */
export function decideSettlements(
  state: GuardState,
  settlements: readonly Settlement[],
  now: number,
): GuardDecision<null> {
  const changes = applyAll(state, decideTimeChanges(state, now));
  for (const settlement of settlements) {
    const { runId, spentMicroUsd, ended } = settlement;
    const known = state.holds.get(runId);
    if (!known) continue;
    const newly = Math.max(0, spentMicroUsd - known.settledMicroUsd);
    const settledMicroUsd = known.settledMicroUsd + newly;
    const made: GuardChange[] = [
      ended
        ? { change: "release", runId }
        : { change: "hold", runId, hold: { ...known, microUsd: 0, settledMicroUsd, expired: true } },
    ];
    if (newly > 0) made.push({ change: "spend", microUsd: newly, payers: known.payers });
    changes.push(...applyAll(state, made));
  }
  return { answer: null, changes };
}

const NO_CAPS: Caps = {
  perRequestMicroUsd: null,
  dailyMicroUsd: null,
  monthlyMicroUsd: null,
  rate: null,
  concurrent: null,
};

/** Who is left with no limit of his own is not counted any more. */
export function decideCaps(
  state: GuardState,
  { payer, change, spent }: { readonly payer: Payer; readonly change: Partial<Caps>; readonly spent: Spent },
): GuardDecision<null> {
  const caps = { ...NO_CAPS, ...state.caps.get(payer), ...change };
  const isOpen = Object.values(caps).every((limit) => limit === null);
  return decideChange(state, { change: "caps", payer, caps: isOpen ? null : caps, spent });
}

/** Configuration: whoever asked may, and nothing is weighed. */
export function decideChange(state: GuardState, change: GuardChange): GuardDecision<null> {
  return { answer: null, changes: applyAll(state, [change]) };
}

function applyAll(state: GuardState, changes: GuardChange[]): GuardChange[] {
  for (const change of changes) applyChange(state, change);
  return changes;
}

function toBudget(state: GuardState) {
  return { limits: state.limits, remainingMicroUsd: remaining(state) };
}

function toGranted(state: GuardState, isHeld: boolean): AdmissionAnswer {
  const isLow = isLowAfter(state, 0);
  return { admitted: true, epoch: state.epoch, isHeld, isLow, budget: toBudget(state) };
}

function toRefused(state: GuardState, refusal: Refusal): AdmissionAnswer {
  return { admitted: false, refusal, budget: toBudget(state) };
}
