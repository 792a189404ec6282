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

export interface Admission {
  readonly runId: string;
  readonly catalogueVersion: number;
  readonly upperMicroUsd: MicroUsd;
  /** Window keys to count this request under: user, skill, key. Empty: unlimited. */
  readonly windows: readonly string[];
  readonly skill: string;
  /** On whose behalf: a refusal is on record under this name. */
  readonly user: string;
  readonly deadline: number;
}

export interface BudgetView {
  readonly limits: Limits;
  readonly spentDayMicroUsd: MicroUsd;
  readonly spentMonthMicroUsd: MicroUsd;
  readonly heldMicroUsd: MicroUsd;
  readonly remainingMicroUsd: MicroUsd;
  readonly resetsAt: number;
}

export type AdmissionAnswer =
  | {
      readonly admitted: true;
      readonly epoch: number;
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

export interface Guard {
  admit(tenant: TenantId, admission: Admission): Promise<AdmissionAnswer>;
  /** Raises a run's hold to `neededMicroUsd` in all. Null: granted. */
  extend(tenant: TenantId, runId: string, neededMicroUsd: MicroUsd): Promise<Refusal | null>;
  /** These runs are worked on: what is held for them stays so for another while. */
  renew(tenant: TenantId, runIds: readonly string[]): Promise<void>;
  settle(tenant: TenantId, settlements: readonly Settlement[]): Promise<void>;
  budget(tenant: TenantId): Promise<BudgetView>;
  configure(tenant: TenantId, change: Partial<Limits>): Promise<BudgetView>;
  /** The registry is at this version or newer. */
  registryVersion(tenant: TenantId): Promise<number>;
  /** The registry has reached this version. */
  noteRegistry(tenant: TenantId, version: number): Promise<void>;
}
