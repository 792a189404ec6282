// How much is left of the budgets that a run draws on, when they start again, and the changes that passing time makes.
import type { MicroUsd } from "../domain/money.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import { startOfDay, startOfMonth, startOfNextDay, startOfNextMonth } from "../domain/zone.ts";
import type { BudgetView, Caps, Payer, Standing } from "../ports/guard.ts";
import { toBreakerViews } from "./hosts.ts";
import { type Account, type GuardChange, type GuardState, type Spending, tenantAccount } from "./state.ts";
import { listHighest, listWarnings } from "./warnings.ts";

/** New day, new month, and holds past their deadline. A clock that goes backwards rolls nothing. */
export function decideTimeChanges(state: GuardState, now: number): GuardChange[] {
  const changes: GuardChange[] = [];
  if (now >= state.dayEndsAt)
    changes.push({ change: "roll_day", endsAt: startOfNextDay(now, state.limits.timeZone) });
  if (now >= state.monthEndsAt)
    changes.push({ change: "roll_month", endsAt: startOfNextMonth(now, state.limits.timeZone) });
  for (const [runId, hold] of state.holds) {
    if (!hold.expired && now >= hold.deadline)
      changes.push({ change: "hold", runId, hold: { ...hold, expired: true } });
  }
  return changes;
}

/** When the day and the month began that run here: those of their ends, whatever the clock says meanwhile. */
export function toSince({ dayEndsAt, monthEndsAt, limits }: GuardState): BudgetView["since"] {
  const { timeZone } = limits;
  const name = `${timeZone} ${dayEndsAt} ${monthEndsAt}`;
  const known = begun.get(name);
  if (known) return known;
  const since = { day: startOfDay(dayEndsAt - 1, timeZone), month: startOfMonth(monthEndsAt - 1, timeZone) };
  if (begun.size >= MOST_BEGUN) begun.clear();
  begun.set(name, since);
  return since;
}

/** To look for the beginning of a month takes milliseconds, and every settlement asks. */
const begun = new Map<string, BudgetView["since"]>();
const MOST_BEGUN = 200;

/**
 * What of an amount counts now: a run that ended before midnight and is settled after it counts in the day in which it ended, as
 * in the ledger. While the clock is behind the beginning of a period, everything counts: money must not fall between two. What is given
 * back counts only where it surely was counted.
 */
export function toPeriods(
  state: GuardState,
  { microUsd, at }: { readonly microUsd: MicroUsd; readonly at: number },
  now: number,
): Spending {
  const since = toSince(state);
  const isOfBefore = (start: number): boolean => at < start && (now >= start || microUsd < 0);
  const count = (start: number): MicroUsd => (isOfBefore(start) ? 0 : microUsd);
  return { dayMicroUsd: count(since.day), monthMicroUsd: count(since.month) };
}

/** Whether less than the low mark of the tenant would be left behind it. */
export function isLowAfter(state: GuardState, wanted: MicroUsd): boolean {
  return remaining(state) - wanted < state.limits.lowRemainingMicroUsd;
}

/** Where a tenant wants to be refused near its limit rather than served by a cheaper model. */
export function findLowRefusal(state: GuardState, wanted: MicroUsd): RefusalOf<"budget_exceeded"> | null {
  const { limits } = state;
  if (wanted <= 0 || limits.onLow !== "refuse" || !isLowAfter(state, wanted)) return null;
  const { spentDayMicroUsd, heldMicroUsd } = tenantAccount(state);
  const isDay = toLeft(limits.dailyMicroUsd, spentDayMicroUsd, heldMicroUsd) <= remaining(state);
  return {
    reason: "budget_exceeded",
    scope: isDay ? "day" : "month",
    neededMicroUsd: wanted + limits.lowRemainingMicroUsd,
    limitMicroUsd: isDay ? limits.dailyMicroUsd : limits.monthlyMicroUsd,
    remainingMicroUsd: remaining(state),
    resetsAt: isDay ? state.dayEndsAt : state.monthEndsAt,
  };
}

type MoneyCaps = Pick<Caps, "perRequestMicroUsd" | "dailyMicroUsd" | "monthlyMicroUsd">;

/** What one budget leaves of a period; infinite where it says nothing of it. */
function toLeft(limit: MicroUsd | null, spent: MicroUsd, held: MicroUsd): number {
  // What a correction gives back of an earlier day is no money for this one.
  return limit === null ? Number.POSITIVE_INFINITY : limit - Math.max(0, spent) - held;
}

function toRemaining(caps: MoneyCaps, account: Account): number {
  const { spentDayMicroUsd, spentMonthMicroUsd, heldMicroUsd } = account;
  const day = toLeft(caps.dailyMicroUsd, spentDayMicroUsd, heldMicroUsd);
  return Math.max(0, Math.min(day, toLeft(caps.monthlyMicroUsd, spentMonthMicroUsd, heldMicroUsd)));
}

export function remaining(state: GuardState): MicroUsd {
  return toRemaining(state.limits, tenantAccount(state));
}

/** The first limit of any of its payers that the wanted amount would pass, or null. `reserved` is what this run already holds of it. */
export function findBudgetRefusal(
  state: GuardState,
  payers: readonly Payer[],
  { wanted, reserved }: { readonly wanted: MicroUsd; readonly reserved: MicroUsd },
): RefusalOf<"budget_exceeded"> | null {
  if (wanted <= 0) return null;
  for (const payer of payers) {
    const caps = payer === "tenant" ? state.limits : state.caps.get(payer);
    const account = state.accounts.get(payer);
    const passed = caps && account && findPassed(state, { caps, account }, { wanted, reserved });
    if (passed) return { ...passed, neededMicroUsd: wanted, ...(payer !== "tenant" && { payer }) };
  }
  return null;
}

function findPassed(
  state: GuardState,
  { caps, account }: { readonly caps: MoneyCaps; readonly account: Account },
  { wanted, reserved }: { readonly wanted: MicroUsd; readonly reserved: MicroUsd },
): Omit<RefusalOf<"budget_exceeded">, "neededMicroUsd"> | null {
  const { spentDayMicroUsd, spentMonthMicroUsd, heldMicroUsd } = account;
  const refuse = (scope: "request" | "day" | "month", limitMicroUsd: MicroUsd, resetsAt: number | null) => {
    const facts = { reason: "budget_exceeded", scope, limitMicroUsd, resetsAt } as const;
    return { ...facts, remainingMicroUsd: Math.min(remaining(state), toRemaining(caps, account)) };
  };
  const { perRequestMicroUsd, dailyMicroUsd, monthlyMicroUsd } = caps;
  if (perRequestMicroUsd !== null && wanted > perRequestMicroUsd)
    return refuse("request", perRequestMicroUsd, null);
  const more = wanted - reserved;
  if (dailyMicroUsd !== null && more > toLeft(dailyMicroUsd, spentDayMicroUsd, heldMicroUsd))
    return refuse("day", dailyMicroUsd, state.dayEndsAt);
  if (monthlyMicroUsd !== null && more > toLeft(monthlyMicroUsd, spentMonthMicroUsd, heldMicroUsd))
    return refuse("month", monthlyMicroUsd, state.monthEndsAt);
  return null;
}

/** What a guard tells those whose runs are under way. */
export function toStanding({ epoch, registryVersion, policiesVersion, paused }: GuardState): Standing {
  return { epoch, registryVersion, policiesVersion, paused: [...paused] };
}

export function toBudgetView(state: GuardState, now: number): BudgetView {
  return {
    ...tenantAccount(state),
    limits: state.limits,
    remainingMicroUsd: remaining(state),
    resetsAt: state.dayEndsAt,
    capped: [...state.caps].flatMap(([payer, caps]) => {
      const account = state.accounts.get(payer);
      return account ? [{ ...account, payer, caps }] : [];
    }),
    paused: [...state.paused],
    overrun: state.overrun,
    warnings: listHighest(listWarnings(state)),
    breakers: toBreakerViews(state, now),
    since: toSince(state),
  };
}
