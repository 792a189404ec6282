// What runs and calls came to, as they were told: booked once each.
import type { PaidPart } from "../domain/correction.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { CallTally, Settlement } from "../ports/guard.ts";
import type { GuardDecision } from "./admission.ts";
import { decideTimeChanges, toPeriods } from "./budget.ts";
import { type BreakerChange, decideCalls } from "./hosts.ts";
import { applyAll, type GuardChange, type GuardState, type Hold } from "./state.ts";

/** What was told of runs that ended or wait, and of the services they called. */
export interface Told {
  readonly settlements: readonly Settlement[];
  readonly calls: readonly CallTally[];
}

/** Books what was spent since the last settlement. One of a run whose hold is gone was made before. */
export function decideSettlements(
  state: GuardState,
  { settlements, calls }: Told,
  now: number,
): GuardDecision<readonly BreakerChange[]> {
  const changes = applyAll(state, decideTimeChanges(state, now));
  for (const settlement of settlements) changes.push(...settle(state, settlement, now));
  const news: BreakerChange[] = [];
  for (const tally of calls) {
    const decided = decideCalls(state, tally, now);
    changes.push(...applyAll(state, decided.changes));
    if (decided.news) news.push(decided.news);
  }
  return { answer: news, changes };
}

function settle(state: GuardState, settlement: Settlement, now: number): GuardChange[] {
  const { runId, ended, at, overMicroUsd = 0 } = settlement;
  const known = state.holds.get(runId);
  if (!known) return [];
  const unbooked = toUnbooked(settlement, known, now);
  const newly = unbooked.reduce((sum, { microUsd }) => sum + microUsd, 0);
  const made: GuardChange[] = [
    ended
      ? { change: "release", runId }
      : { change: "hold", runId, hold: toSettled(known, settlement, newly) },
    ...unbooked.map((part): GuardChange => {
      return { change: "spend", payers: known.payers, ...toPeriods(state, part, now) };
    }),
  ];
  if (overMicroUsd > 0) {
    const microUsd = overMicroUsd + (state.overrun?.microUsd ?? 0);
    made.push({ change: "overrun", overrun: { runId, microUsd, at: at ?? now } });
  }
  return applyAll(state, made);
}

/** It gives back what it holds; one that goes on keeps what it held for what is not booked yet. */
function toSettled(known: Hold, { keepsHold }: Settlement, newly: MicroUsd): Hold {
  const settledMicroUsd = known.settledMicroUsd + newly;
  if (keepsHold) return { ...known, settledMicroUsd, microUsd: Math.max(0, known.microUsd - newly) };
  return { ...known, settledMicroUsd, microUsd: 0, expired: true };
}

/** What was spent since the last settlement that came, each part when it was: one of before may have been lost on its way. */
function toUnbooked(
  { spentMicroUsd, at, parts = [] }: Settlement,
  { settledMicroUsd }: Hold,
  now: number,
): readonly PaidPart[] {
  let [booked, left] = [settledMicroUsd, spentMicroUsd - settledMicroUsd];
  return [...parts, { at: at ?? now, microUsd: spentMicroUsd }].flatMap((part) => {
    const before = Math.min(booked, part.microUsd);
    const microUsd = Math.max(0, Math.min(part.microUsd - before, left));
    booked -= before;
    left -= microUsd;
    return microUsd > 0 ? [{ at: part.at, microUsd }] : [];
  });
}
