// One tenant's counters, as the pipeline sees them.
import type { PaidPart } from "../domain/correction.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { TenantId } from "../domain/id.ts";

/** A hold that no runner renews for so long belongs to nobody. */
export const HOLD_MS = 15 * 60_000;

export interface Limits {
  readonly perRequestMicroUsd: MicroUsd;
  readonly dailyMicroUsd: MicroUsd;
  readonly monthlyMicroUsd: MicroUsd;
  readonly lowRemainingMicroUsd: MicroUsd;
  readonly onLow: "degrade" | "refuse";
  readonly requests: number;
  readonly windowMs: number;
  readonly burst: number;
  readonly rateEnabled: boolean;
  readonly timeZone: string;
}

/** Whose money, requests and runs: the whole tenant's, and those of one user, skill or API key within it. */
export type Payer = "tenant" | `user:${string}` | `skill:${string}` | `key:${string}`;

/** Everybody, by the operator of the system: `all` at once, `letting_end` once what is under way has ended. */
export type PausedAll = "all" | "letting_end";
export type Pausable = Payer | PausedAll;

/** So many requests in any stretch of this length, and `burst` beyond them. */
export interface Rate {
  readonly requests: number;
  readonly windowMs: number;
  readonly burst: number;
}

/** What one payer may do within the limits of its tenant. Null: no more is said than those. */
export interface Caps {
  readonly perRequestMicroUsd: MicroUsd | null;
  readonly dailyMicroUsd: MicroUsd | null;
  readonly monthlyMicroUsd: MicroUsd | null;
  readonly rate: Rate | null;
  /** Runs at the same time. */
  readonly concurrent: number | null;
}

/** What a payer has spent of the day and the month that run. */
export interface Spent {
  readonly spentDayMicroUsd: MicroUsd;
  readonly spentMonthMicroUsd: MicroUsd;
}

export interface Admission {
  readonly runId: string;
  readonly catalogueVersion: number;
  readonly upperMicroUsd: MicroUsd;
  readonly payers: readonly Payer[];
  /** The windows that the tenant's own rate holds for. Empty: unlimited. */
  readonly windows: readonly string[];
  /** It was counted when it started: no window, nobody's own either, counts it once more. */
  readonly isAgain?: boolean;
  /** The services that the plan is known to call, and that nothing stands in for. */
  readonly hosts: readonly string[];
  readonly skill: string;
  /** On whose behalf: a refusal is on record under this name. */
  readonly user: string;
  readonly deadline: number;
}

export interface Extension {
  readonly runId: string;
  readonly payers: readonly Payer[];
  readonly neededMicroUsd: MicroUsd;
}

export interface AccountView extends Spent {
  readonly heldMicroUsd: MicroUsd;
  readonly running: number;
}

/** How a window stands after this request, or where it was full. */
export interface RateView {
  /** `tenant`, `user`, `user-skill`, `skill`, `key`; `key:ID` of one that the key comes from, `skill:ID` of one that the skill calls. */
  readonly name: string;
  readonly quota: number;
  readonly windowMs: number;
  readonly remaining: number;
  /** Until there is room for one more than now. */
  readonly resetMs: number;
}

/** What the calls of one service came to since this was last told. */
export interface CallTally {
  readonly host: string;
  readonly calls: number;
  /** Without an answer, or with 429 or a 5xx. Any other 4xx is an answer. */
  readonly failed: number;
  readonly slow: number;
  /** When the youngest of them was begun. */
  readonly lastAt: number;
}

export type BreakerCause = "failures" | "slow";

export interface CallCounts {
  readonly calls: number;
  readonly failed: number;
  readonly slow: number;
}

/** With what was counted in the last minute. */
export interface BreakerView extends CallCounts {
  readonly host: string;
  readonly state: "closed" | "open" | "half_open";
  readonly why: BreakerCause | null;
  /** When it is tried again; null: it is in use. */
  readonly until: number | null;
  /** What was counted when it was left alone; null: it is in use, or nobody knows. */
  readonly counted: CallCounts | null;
}

export interface HostCall {
  readonly host: string;
  readonly runId: string;
  readonly user: string;
}

/** A service that is not to be called before that moment, and then only by whoever the guard lets try. */
export interface OpenHost {
  readonly host: string;
  readonly why: BreakerCause;
  readonly until: number;
}

/** Billed beyond what was held for it; nothing that costs money starts until somebody has seen it. */
export interface Overrun {
  readonly runId: string;
  readonly microUsd: MicroUsd;
  readonly at: number;
}

/** A share of a budget that is used up. */
export interface BudgetWarning {
  readonly payer: Payer;
  readonly period: "day" | "month";
  readonly percent: number;
  readonly spentMicroUsd: MicroUsd;
  readonly limitMicroUsd: MicroUsd;
  readonly periodEndsAt: number;
}

export interface BudgetView extends AccountView {
  readonly limits: Limits;
  readonly remainingMicroUsd: MicroUsd;
  readonly resetsAt: number;
  /** Payers with caps of their own. */
  readonly capped: readonly (AccountView & { readonly payer: Payer; readonly caps: Caps })[];
  readonly paused: readonly Pausable[];
  readonly overrun: Overrun | null;
  /** The highest threshold that each budget has reached. */
  readonly warnings: readonly BudgetWarning[];
  readonly breakers: readonly BreakerView[];
  /** Where the day and the month began whose spending is told. */
  readonly since: { readonly day: number; readonly month: number };
}

export type AdmissionAnswer =
  | {
      readonly admitted: true;
      readonly epoch: number;
      /** Something is reserved for the run, and is to be given back. */
      readonly isHeld: boolean;
      /** Little is left: what can be had cheaper is. */
      readonly isLow: boolean;
      /** The tightest first. Empty: nothing was counted. */
      readonly rates: readonly RateView[];
      /** Services that are left alone now, whichever the plan names. */
      readonly openHosts: readonly OpenHost[];
      readonly budget: { readonly limits: Limits; readonly remainingMicroUsd: MicroUsd };
    }
  | {
      readonly admitted: false;
      readonly refusal: Refusal;
      readonly rates: readonly RateView[];
      readonly budget: { readonly limits: Limits; readonly remainingMicroUsd: MicroUsd };
    }
  | { readonly stale: number };

/** What a run has spent since it began. One that waits gives its hold back and is settled again when it ends. */
export interface Settlement {
  readonly runId: string;
  readonly spentMicroUsd: MicroUsd;
  readonly ended: boolean;
  /** When it was spent, for the day it counts in. Absent: now. */
  readonly at?: number;
  /** Of one that waited: when which part was spent, from its beginning on. What no settlement told before is booked by these. */
  readonly parts?: readonly PaidPart[];
  /** It is worked on, or waits: nothing but its bookings is made good. */
  readonly keepsHold?: true;
  /** What of it was billed beyond all that was held. */
  readonly overMicroUsd?: MicroUsd;
}

/** For how long a runner may write by what the guard told it, from when it asked. */
export const STANDING_MS = 25;

/**
 * Whoever pauses or changes policies is answered after this long, so that nothing is written by the standing of before once he is. It
 * is more than the time above, because the clock of a Worker stands still while it computes: so long may one turn of a runner take.
 */
export const FORBIDS_AFTER_MS = 200;

/** What is never pinned: a run hears of it before it writes. */
export interface Standing {
  /** It grows with whatever changes of the rest, the registry's version apart. */
  readonly epoch: number;
  /** The registry is at this version or newer. */
  readonly registryVersion: number;
  /** Policies were last changed in this version of it. */
  readonly policiesVersion: number;
  readonly paused: readonly Pausable[];
}

/** A change that somebody ordered. */
export type GuardOrder =
  | { readonly order: "limits"; readonly change: Partial<Limits> }
  /** What is named is changed, null takes a limit away. `spent` counts where nobody counted before. */
  | { readonly order: "caps"; readonly payer: Payer; readonly change: Partial<Caps>; readonly spent: Spent }
  | { readonly order: "pause"; readonly payer: Pausable; readonly isPaused: boolean }
  | { readonly order: "acknowledge_overrun" }
  | { readonly order: "reset_breaker"; readonly host: string }
  /** Counts once by its id, each part when the money was spent that it corrects. */
  | {
      readonly order: "correct";
      readonly id: string;
      readonly payers: readonly Payer[];
      readonly parts: readonly PaidPart[];
    }
  /** What is to be counted instead of what was seen, for the day and month that began at `since`. */
  | {
      readonly order: "rebuild";
      readonly since: BudgetView["since"];
      readonly sums: readonly WrongSum[];
    };

/** It is put right only where it still is what was seen. */
export interface WrongSum {
  readonly payer: Payer;
  readonly period: "day" | "month";
  readonly countedMicroUsd: MicroUsd;
  readonly bookedMicroUsd: MicroUsd;
}

export interface Guard {
  admit(tenant: TenantId, admission: Admission): Promise<AdmissionAnswer>;
  /** Raises a run's hold to `neededMicroUsd` in all. Null: granted. */
  extend(tenant: TenantId, asked: Extension): Promise<Refusal | null>;
  /** These runs are worked on: what is held for them stays so for another while. Answers those whose money is gone. */
  renew(tenant: TenantId, runIds: readonly string[]): Promise<readonly string[]>;
  /** A service that was left alone is about to be called. Null: it may be, and this run tries it. */
  tryCall(tenant: TenantId, call: HostCall): Promise<Refusal | null>;
  /** And what calls of services came to. */
  settle(tenant: TenantId, settlements: readonly Settlement[], calls?: readonly CallTally[]): Promise<void>;
  budget(tenant: TenantId): Promise<BudgetView>;
  change(tenant: TenantId, order: GuardOrder): Promise<BudgetView>;
  standing(tenant: TenantId): Promise<Standing>;
  /** The registry has reached this version. */
  noteRegistry(tenant: TenantId, version: number, isOfPolicies: boolean): Promise<void>;
}
