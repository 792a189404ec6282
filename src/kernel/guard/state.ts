// What a guard remembers of one tenant, and the changes that may be made to it. `applyChange` is the only writer.
import { invariant } from "../domain/refusal.ts";
import type { MicroUsd } from "../domain/money.ts";
import { startOfNextDay, startOfNextMonth } from "../domain/zone.ts";
import type { Caps, Limits, Payer, Spent } from "../ports/guard.ts";

/**
 * `expired` holds reserve nothing but still wait for their settlement, so that a late one is counted once. A run that
 * waits has one too: `settledMicroUsd` is what was already booked of it.
 */
export interface Hold {
  readonly microUsd: MicroUsd;
  readonly settledMicroUsd: MicroUsd;
  readonly deadline: number;
  readonly expired: boolean;
  /** Whose budgets it is taken from; always the tenant's too. */
  readonly payers: readonly Payer[];
}

/** The money of one payer. What it may spend stands in its caps; the tenant's in `limits`. */
export interface Account {
  spentDayMicroUsd: MicroUsd;
  spentMonthMicroUsd: MicroUsd;
  heldMicroUsd: MicroUsd;
  /** Runs that are admitted and have not ended. */
  running: number;
}

export interface GuardState {
  limits: Limits;
  dayEndsAt: number;
  monthEndsAt: number;
  readonly holds: Map<string, Hold>;
  /** The tenant's, and those of payers with caps of their own. */
  readonly accounts: Map<Payer, Account>;
  readonly caps: Map<Payer, Caps>;
  /** Nothing of these is admitted. */
  readonly paused: Set<Payer>;
  /** Times of admitted requests by window key, oldest first. */
  readonly windows: Map<string, number[]>;
  /** Grows with whatever a run must hear of before it writes again: limits, pauses, policies. */
  epoch: number;
  registryVersion: number;
  /** The registry's version in which policies were last changed. */
  policiesVersion: number;
}

export type GuardChange =
  | { readonly change: "hold"; readonly runId: string; readonly hold: Hold }
  | { readonly change: "release"; readonly runId: string }
  | { readonly change: "spend"; readonly microUsd: MicroUsd; readonly payers: readonly Payer[] }
  | { readonly change: "roll_day"; readonly endsAt: number }
  | { readonly change: "roll_month"; readonly endsAt: number }
  | { readonly change: "limits"; readonly limits: Limits }
  /** Null: it has none of its own any more. `spent`: what it spent before anybody counted. */
  | {
      readonly change: "caps";
      readonly payer: Payer;
      readonly caps: Caps | null;
      readonly spent: Spent;
    }
  | { readonly change: "pause"; readonly payer: Payer; readonly isPaused: boolean }
  | { readonly change: "registry"; readonly version: number; readonly isOfPolicies: boolean }
  | { readonly change: "count"; readonly keys: readonly string[]; readonly at: number };

export function newGuardState(limits: Limits, now: number): GuardState {
  return {
    limits,
    dayEndsAt: startOfNextDay(now, limits.timeZone),
    monthEndsAt: startOfNextMonth(now, limits.timeZone),
    holds: new Map(),
    accounts: new Map([["tenant", newAccount()]]),
    caps: new Map(),
    paused: new Set(),
    windows: new Map(),
    epoch: 1,
    registryVersion: 0,
    policiesVersion: 0,
  };
}

export function newAccount(): Account {
  return { spentDayMicroUsd: 0, spentMonthMicroUsd: 0, heldMicroUsd: 0, running: 0 };
}

export function tenantAccount(state: GuardState): Account {
  const account = state.accounts.get("tenant");
  invariant(account, "a tenant has its account from the start");
  return account;
}

export function applyChange(state: GuardState, change: GuardChange): void {
  switch (change.change) {
    case "hold":
      takeBack(state, change.runId);
      state.holds.set(change.runId, change.hold);
      addHold(state, change.hold, 1);
      return;
    case "release":
      takeBack(state, change.runId);
      state.holds.delete(change.runId);
      return;
    case "spend":
      for (const account of toAccounts(state, change.payers)) {
        account.spentDayMicroUsd += change.microUsd;
        account.spentMonthMicroUsd += change.microUsd;
      }
      return;
    case "roll_day":
      for (const account of state.accounts.values()) account.spentDayMicroUsd = 0;
      state.dayEndsAt = change.endsAt;
      return;
    case "roll_month":
      for (const account of state.accounts.values()) account.spentMonthMicroUsd = 0;
      state.monthEndsAt = change.endsAt;
      return;
    default:
      configure(state, change);
  }
}

type Configuration = Extract<GuardChange, { change: "limits" | "caps" | "pause" | "registry" | "count" }>;

function configure(state: GuardState, change: Configuration): void {
  switch (change.change) {
    case "limits":
      state.limits = change.limits;
      state.epoch += 1;
      return;
    case "caps":
      setCaps(state, change);
      state.epoch += 1;
      return;
    case "pause":
      if (change.isPaused) state.paused.add(change.payer);
      else state.paused.delete(change.payer);
      state.epoch += 1;
      return;
    case "registry":
      state.registryVersion = Math.max(state.registryVersion, change.version);
      if (!change.isOfPolicies) return;
      state.policiesVersion = Math.max(state.policiesVersion, change.version);
      state.epoch += 1;
      return;
    case "count":
      for (const key of change.keys) {
        const times = state.windows.get(key);
        if (times) times.push(change.at);
        else state.windows.set(key, [change.at]);
      }
  }
}

/** An account that is opened while runs are under way holds what those hold that name its payer. */
function setCaps(state: GuardState, { payer, caps, spent }: Extract<GuardChange, { change: "caps" }>): void {
  if (caps === null) {
    state.caps.delete(payer);
    state.accounts.delete(payer);
    return;
  }
  state.caps.set(payer, caps);
  if (state.accounts.has(payer)) return;
  const account = { ...newAccount(), ...spent };
  state.accounts.set(payer, account);
  for (const hold of state.holds.values()) if (hold.payers.includes(payer)) addTo(account, hold, 1);
}

function takeBack(state: GuardState, runId: string): void {
  const before = state.holds.get(runId);
  if (before) addHold(state, before, -1);
}

function addHold(state: GuardState, hold: Hold, sign: 1 | -1): void {
  for (const account of toAccounts(state, hold.payers)) addTo(account, hold, sign);
}

function addTo(account: Account, hold: Hold, sign: 1 | -1): void {
  if (hold.expired) return;
  account.heldMicroUsd += sign * hold.microUsd;
  account.running += sign;
}

function toAccounts(state: GuardState, payers: readonly Payer[]): readonly Account[] {
  return payers.flatMap((payer) => state.accounts.get(payer) ?? []);
}

/** Changes that money or configuration depends on; rate counts live in memory and may lose one window in a crash. */
export function isDurable(change: GuardChange): boolean {
  return change.change !== "count";
}
