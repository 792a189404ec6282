// One tenant's counters, as the pipeline sees them.
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

export interface BudgetView extends AccountView {
  readonly limits: Limits;
  readonly remainingMicroUsd: MicroUsd;
  readonly resetsAt: number;
  /** Payers with caps of their own. */
  readonly capped: readonly (AccountView & { readonly payer: Payer; readonly caps: Caps })[];
  readonly paused: readonly Payer[];
}

export type AdmissionAnswer =
  | {
      readonly admitted: true;
      readonly epoch: number;
      /** Something is reserved for the run, and is to be given back. */
      readonly isHeld: boolean;
      /** Little is left: what can be had cheaper is. */
      readonly isLow: boolean;
      readonly budget: { readonly limits: Limits; readonly remainingMicroUsd: MicroUsd };
    }
  | {
      readonly admitted: false;
      readonly refusal: Refusal;
      readonly budget: { readonly limits: Limits; readonly remainingMicroUsd: MicroUsd };
    }
  | { readonly stale: number };

/** What a run has spent since it began. One that waits gives its hold back and is settled again when it ends. */
export interface Settlement {
  readonly runId: string;
  readonly spentMicroUsd: MicroUsd;
  readonly ended: boolean;
}

/** What is never pinned: a run hears of it before it writes. */
export interface Standing {
  /** It grows with whatever changes of the rest, the registry's version apart. */
  readonly epoch: number;
  /** The registry is at this version or newer. */
  readonly registryVersion: number;
  /** Policies were last changed in this version of it. */
  readonly policiesVersion: number;
  readonly paused: readonly Payer[];
}

export interface Guard {
  admit(tenant: TenantId, admission: Admission): Promise<AdmissionAnswer>;
  /** Raises a run's hold to `neededMicroUsd` in all. Null: granted. */
  extend(tenant: TenantId, asked: Extension): Promise<Refusal | null>;
  /** These runs are worked on: what is held for them stays so for another while. */
  renew(tenant: TenantId, runIds: readonly string[]): Promise<void>;
  settle(tenant: TenantId, settlements: readonly Settlement[]): Promise<void>;
  budget(tenant: TenantId): Promise<BudgetView>;
  configure(tenant: TenantId, change: Partial<Limits>): Promise<BudgetView>;
  /** Caps of one payer: what is named is changed, null takes a limit away. `spent` counts where nobody counted before. */
  cap(tenant: TenantId, payer: Payer, how: { change: Partial<Caps>; spent: Spent }): Promise<BudgetView>;
  pause(tenant: TenantId, payer: Payer, isPaused: boolean): Promise<BudgetView>;
  standing(tenant: TenantId): Promise<Standing>;
  /** The registry has reached this version. */
  noteRegistry(tenant: TenantId, version: number, isOfPolicies: boolean): Promise<void>;
}
