// What a guard remembers of one tenant, and the changes that may be made to it. `applyChange` is the only writer.
import type { MicroUsd } from "../domain/money.ts";
import { startOfNextDay, startOfNextMonth } from "../domain/zone.ts";
import type { Limits } from "../ports/guard.ts";

/**
 * `expired` holds reserve nothing but still wait for their settlement, so that a late one is counted once. A run that
 * waits has one too: `settledMicroUsd` is what was already booked of it.
 */
export interface Hold {
  readonly microUsd: MicroUsd;
  readonly settledMicroUsd: MicroUsd;
  readonly deadline: number;
  readonly expired: boolean;
}

export interface GuardState {
  limits: Limits;
  spentDayMicroUsd: MicroUsd;
  spentMonthMicroUsd: MicroUsd;
  dayEndsAt: number;
  monthEndsAt: number;
  heldMicroUsd: MicroUsd;
  readonly holds: Map<string, Hold>;
  /** Times of admitted requests by window key, oldest first. */
  readonly windows: Map<string, number[]>;
  epoch: number;
  registryVersion: number;
}

export type GuardChange =
  | { readonly change: "hold"; readonly runId: string; readonly hold: Hold }
  | { readonly change: "release"; readonly runId: string }
  | { readonly change: "expire"; readonly runId: string; readonly hold: Hold }
  | { readonly change: "spend"; readonly microUsd: MicroUsd }
  | { readonly change: "roll_day"; readonly endsAt: number }
  | { readonly change: "roll_month"; readonly endsAt: number }
  | { readonly change: "limits"; readonly limits: Limits }
  | { readonly change: "registry"; readonly version: number }
  | { readonly change: "count"; readonly keys: readonly string[]; readonly at: number };

export function newGuardState(limits: Limits, now: number): GuardState {
  return {
    limits,
    spentDayMicroUsd: 0,
    spentMonthMicroUsd: 0,
    dayEndsAt: startOfNextDay(now, limits.timeZone),
    monthEndsAt: startOfNextMonth(now, limits.timeZone),
    heldMicroUsd: 0,
    holds: new Map(),
    windows: new Map(),
    epoch: 1,
    registryVersion: 0,
  };
}

export function applyChange(state: GuardState, change: GuardChange): void {
  switch (change.change) {
    case "hold":
    case "expire": {
      const before = state.holds.get(change.runId);
      state.heldMicroUsd += reserved(change.hold) - (before ? reserved(before) : 0);
      state.holds.set(change.runId, change.hold);
      return;
    }
    case "release": {
      const before = state.holds.get(change.runId);
      if (before) state.heldMicroUsd -= reserved(before);
      state.holds.delete(change.runId);
      return;
    }
    case "spend":
      state.spentDayMicroUsd += change.microUsd;
      state.spentMonthMicroUsd += change.microUsd;
      return;
    case "roll_day":
      state.spentDayMicroUsd = 0;
      state.dayEndsAt = change.endsAt;
      return;
    case "roll_month":
      state.spentMonthMicroUsd = 0;
      state.monthEndsAt = change.endsAt;
      return;
    case "limits":
      state.limits = change.limits;
      state.epoch += 1;
      return;
    case "registry":
      state.registryVersion = Math.max(state.registryVersion, change.version);
      return;
    case "count":
      for (const key of change.keys) {
        const times = state.windows.get(key);
        if (times) times.push(change.at);
        else state.windows.set(key, [change.at]);
      }
  }
}

function reserved(hold: Hold): MicroUsd {
  return hold.expired ? 0 : hold.microUsd;
}

/** Changes that money or configuration depends on; rate counts live in memory and may lose one window in a crash. */
export function isDurable(change: GuardChange): boolean {
  return change.change !== "count";
}
