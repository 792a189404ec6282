// The one admission decision: registry, windows and hold in one turn that awaits nothing.
import type { Refusal } from "../domain/refusal.ts";
import type { Admission, AdmissionAnswer, Settlement } from "../ports/guard.ts";
import { decideTimeChanges, findBudgetRefusal, remaining } from "./budget.ts";
import type { GuardChange, GuardState } from "./state.ts";
import { applyChange } from "./state.ts";
import { findRateRefusal } from "./window.ts";

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
  const known = state.holds.get(admission.runId);
  if (known && !known.expired) {
    const renewed = decideRenewal(state, [admission.runId], admission.deadline).changes;
    return { answer: toGranted(state), changes: [...changes, ...renewed] };
  }
  const settledMicroUsd = known?.settledMicroUsd ?? 0;
  const refusal =
    findRateRefusal(state, admission.windows, now) ??
    findBudgetRefusal(state, admission.upperMicroUsd, settledMicroUsd);
  if (refusal) {
    return { answer: { admitted: false, refusal, budget: toBudget(state) }, changes };
  }
  const grant: GuardChange[] = [];
  if (admission.upperMicroUsd > 0) {
    const microUsd = Math.max(0, admission.upperMicroUsd - settledMicroUsd);
    const hold = { microUsd, settledMicroUsd, deadline: admission.deadline, expired: false };
    grant.push({ change: "hold", runId: admission.runId, hold });
  }
  if (admission.windows.length > 0) grant.push({ change: "count", keys: admission.windows, at: now });
  applyAll(state, grant);
  return { answer: toGranted(state), changes: [...changes, ...grant] };
}

/** Raises a hold; the same limits apply to the whole of it. */
export function decideExtension(
  state: GuardState,
  asked: { runId: string; neededMicroUsd: number; deadline: number },
  now: number,
): GuardDecision<Refusal | null> {
  const changes = applyAll(state, decideTimeChanges(state, now));
  const before = state.holds.get(asked.runId);
  const settledMicroUsd = before?.settledMicroUsd ?? 0;
  const reserved = before && !before.expired ? before.microUsd : 0;
  const refusal = findBudgetRefusal(state, asked.neededMicroUsd, reserved + settledMicroUsd);
  if (refusal) return { answer: refusal, changes };
  const microUsd = Math.max(0, asked.neededMicroUsd - settledMicroUsd);
  const hold = { microUsd, settledMicroUsd, deadline: asked.deadline, expired: false };
  const grant = applyAll(state, [{ change: "hold", runId: asked.runId, hold }]);
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
    if (!known || known.microUsd === 0 || known.deadline >= deadline) return [];
    return [{ change: "hold", runId, hold: { ...known, deadline, expired: false } }];
  });
  return { answer: null, changes: applyAll(state, changes) };
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
    if (newly > 0) made.push({ change: "spend", microUsd: newly });
    changes.push(...applyAll(state, made));
  }
  return { answer: null, changes };
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

function toGranted(state: GuardState): AdmissionAnswer {
  return { admitted: true, epoch: state.epoch, budget: toBudget(state) };
}
