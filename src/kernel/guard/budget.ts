// How much of a tenant's budget is left, when it starts again, and the changes that passing time makes.
import type { MicroUsd } from "../domain/money.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import { startOfNextDay, startOfNextMonth } from "../domain/zone.ts";
import type { BudgetView } from "../ports/guard.ts";
import type { GuardChange, GuardState } from "./state.ts";

/** New day, new month, and holds past their deadline. A clock that goes backwards rolls nothing. */
export function decideTimeChanges(state: GuardState, now: number): GuardChange[] {
  const changes: GuardChange[] = [];
  if (now >= state.dayEndsAt)
    changes.push({ change: "roll_day", endsAt: startOfNextDay(now, state.limits.timeZone) });
  if (now >= state.monthEndsAt)
    changes.push({ change: "roll_month", endsAt: startOfNextMonth(now, state.limits.timeZone) });
  for (const [runId, hold] of state.holds) {
    if (!hold.expired && now >= hold.deadline)
      changes.push({ change: "expire", runId, hold: { ...hold, expired: true } });
  }
  return changes;
}

export function remainingToday(state: GuardState): MicroUsd {
  return state.limits.dailyMicroUsd - state.spentDayMicroUsd - state.heldMicroUsd;
}

export function remainingThisMonth(state: GuardState): MicroUsd {
  return state.limits.monthlyMicroUsd - state.spentMonthMicroUsd - state.heldMicroUsd;
}

export function remaining(state: GuardState): MicroUsd {
  return Math.max(0, Math.min(remainingToday(state), remainingThisMonth(state)));
}

/** The first limit that the wanted amount would pass, or null. `reserved` is what this run already holds of it. */
export function findBudgetRefusal(
  state: GuardState,
  wanted: MicroUsd,
  reserved: MicroUsd = 0,
): RefusalOf<"budget_exceeded"> | null {
  if (wanted <= 0) return null;
  const { limits } = state;
  const facts = { reason: "budget_exceeded", neededMicroUsd: wanted } as const;
  if (wanted > limits.perRequestMicroUsd) {
    return {
      ...facts,
      scope: "request",
      limitMicroUsd: limits.perRequestMicroUsd,
      remainingMicroUsd: remaining(state),
      resetsAt: null,
    };
  }
  if (wanted - reserved > remainingToday(state)) {
    return {
      ...facts,
      scope: "day",
      limitMicroUsd: limits.dailyMicroUsd,
      remainingMicroUsd: remaining(state),
      resetsAt: state.dayEndsAt,
    };
  }
  if (wanted - reserved > remainingThisMonth(state)) {
    return {
      ...facts,
      scope: "month",
      limitMicroUsd: limits.monthlyMicroUsd,
      remainingMicroUsd: remaining(state),
      resetsAt: state.monthEndsAt,
    };
  }
  return null;
}

export function toBudgetView(state: GuardState): BudgetView {
  return {
    limits: state.limits,
    spentDayMicroUsd: state.spentDayMicroUsd,
    spentMonthMicroUsd: state.spentMonthMicroUsd,
    heldMicroUsd: state.heldMicroUsd,
    remainingMicroUsd: remaining(state),
    resetsAt: state.dayEndsAt,
  };
}
