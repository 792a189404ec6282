// What runs and calls came to, as they were told: booked once each.
import type { CallTally, Settlement } from "../ports/guard.ts";
import type { GuardDecision } from "./admission.ts";
import { decideTimeChanges, toPeriods } from "./budget.ts";
import { type BreakerChange, decideCalls } from "./hosts.ts";
import { applyAll, type GuardChange, type GuardState } from "./state.ts";

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

function settle(
  state: GuardState,
  { runId, spentMicroUsd, ended, at, overMicroUsd = 0 }: Settlement,
  now: number,
): GuardChange[] {
  const known = state.holds.get(runId);
  if (!known) return [];
  const newly = Math.max(0, spentMicroUsd - known.settledMicroUsd);
  const settledMicroUsd = known.settledMicroUsd + newly;
  const made: GuardChange[] = [
    ended
      ? { change: "release", runId }
      : { change: "hold", runId, hold: { ...known, microUsd: 0, settledMicroUsd, expired: true } },
  ];
  if (newly > 0) {
    const spending = toPeriods(state, { microUsd: newly, at: at ?? now }, now);
    made.push({ change: "spend", payers: known.payers, ...spending });
  }
  if (overMicroUsd > 0) {
    const microUsd = overMicroUsd + (state.overrun?.microUsd ?? 0);
    made.push({ change: "overrun", overrun: { runId, microUsd, at: at ?? now } });
  }
  return applyAll(state, made);
}
