// What a guard remembers of one tenant, and the changes that may be made to it. `applyChange` is the only writer.
import { invariant } from "../domain/refusal.ts";
import type { MicroUsd } from "../domain/money.ts";
import { startOfNextDay, startOfNextMonth } from "../domain/zone.ts";
import type { Caps, Limits, Overrun, Pausable, Payer, Spent } from "../ports/guard.ts";
import type { Breaker } from "./breaker.ts";

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
  readonly paused: Set<Pausable>;
  /** Nothing that costs money is admitted until somebody has seen it. */
  overrun: Overrun | null;
  /** Corrections of the month that were counted. */
  readonly corrected: Set<string>;
  readonly breakers: Map<string, Breaker>;
  /** Times of admitted requests by window key, oldest first. */
  readonly windows: Map<string, number[]>;
  /** Grows with whatever a run must hear of before it writes again: limits, pauses, policies. */
  epoch: number;
  registryVersion: number;
  /** The registry's version in which policies were last changed. */
  policiesVersion: number;
}

/** What of an amount counts in the day and in the month that run. */
export interface Spending {
  readonly dayMicroUsd: MicroUsd;
  readonly monthMicroUsd: MicroUsd;
}

export type GuardChange =
  | { readonly change: "hold"; readonly runId: string; readonly hold: Hold }
  | { readonly change: "release"; readonly runId: string }
  /** Less than nothing where a price was corrected. */
  | ({ readonly change: "spend"; readonly payers: readonly Payer[] } & Spending)
  | { readonly change: "overrun"; readonly overrun: Overrun | null }
  | { readonly change: "corrected"; readonly id: string }
  /** Counts, which a crash may lose; and what must outlive it. */
  | { readonly change: "calls"; readonly host: string; readonly breaker: Breaker | null }
  | {
      readonly change: "breaker";
      readonly host: string;
      readonly breaker: Breaker | null;
      /** By hand: whoever remembers it forgets it with the next epoch. */
      readonly isReset?: true;
    }
  | { readonly change: "roll_day"; readonly endsAt: number }
  | { readonly change: "roll_month"; readonly endsAt: number }
  /** `ends`: of the day and the month that run, where another zone changes them. */
  | {
      readonly change: "limits";
      readonly limits: Limits;
      readonly ends?: { readonly day: number; readonly month: number } | undefined;
    }
  /** Null: it has none of its own any more. `spent`: what it spent before anybody counted. */
  | {
      readonly change: "caps";
      readonly payer: Payer;
      readonly caps: Caps | null;
      readonly spent: Spent;
    }
  | { readonly change: "pause"; readonly payer: Pausable; readonly isPaused: boolean }
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
    overrun: null,
    corrected: new Set(),
    breakers: new Map(),
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
        // What is given back is no money for something else.
        account.spentDayMicroUsd = Math.max(0, account.spentDayMicroUsd + change.dayMicroUsd);
        account.spentMonthMicroUsd = Math.max(0, account.spentMonthMicroUsd + change.monthMicroUsd);
      }
      return;
    case "roll_day":
      for (const account of state.accounts.values()) account.spentDayMicroUsd = 0;
      state.dayEndsAt = change.endsAt;
      return;
    case "roll_month":
      for (const account of state.accounts.values()) account.spentMonthMicroUsd = 0;
      state.monthEndsAt = change.endsAt;
      state.corrected.clear();
      return;
    case "overrun":
      state.overrun = change.overrun;
      return;
    case "corrected":
      state.corrected.add(change.id);
      return;
    default:
      configure(state, change);
  }
}

/** In this order, each on what the one before left. */
export function applyAll(state: GuardState, changes: GuardChange[]): GuardChange[] {
  for (const change of changes) applyChange(state, change);
  return changes;
}

type Configuration = Extract<
  GuardChange,
  { change: "limits" | "caps" | "pause" | "registry" | "count" | "calls" | "breaker" }
>;

function configure(state: GuardState, change: Configuration): void {
  switch (change.change) {
    case "limits":
      state.limits = change.limits;
      state.dayEndsAt = change.ends?.day ?? state.dayEndsAt;
      state.monthEndsAt = change.ends?.month ?? state.monthEndsAt;
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
      setRegistry(state, change);
      return;
    case "calls":
    case "breaker":
      if (change.breaker === null) state.breakers.delete(change.host);
      else state.breakers.set(change.host, change.breaker);
      if (change.change === "breaker" && change.isReset) state.epoch += 1;
      return;
    case "count":
      for (const key of change.keys) count(state, key, change.at);
  }
}

function count({ windows }: GuardState, key: string, at: number): void {
  const times = windows.get(key);
  if (times) times.push(at);
  else windows.set(key, [at]);
}

function setRegistry(
  state: GuardState,
  { version, isOfPolicies }: Extract<GuardChange, { change: "registry" }>,
): void {
  state.registryVersion = Math.max(state.registryVersion, version);
  if (!isOfPolicies) return;
  state.policiesVersion = Math.max(state.policiesVersion, version);
  state.epoch += 1;
}

/** An account that is opened while runs are under way holds what those hold that name its payer. */
function setCaps(state: GuardState, { payer, caps, spent }: Extract<GuardChange, { change: "caps" }>): void {
  if (caps === null) {
    state.caps.delete(payer);
    if (payer !== "tenant") state.accounts.delete(payer);
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

/** Whether something that was allowed may not be by now. */
export function forbids(change: GuardChange): boolean {
  if (change.change === "pause") return change.isPaused;
  return change.change === "registry" && change.isOfPolicies;
}

/** Changes that money or configuration depends on; counts live in memory and may lose one window in a crash. */
export function isDurable({ change }: GuardChange): boolean {
  return change !== "count" && change !== "calls";
}
