// The books of money, as the database holds them: read, compared, corrected by entries of their own.
import type { BookedPart, PaidPart } from "../domain/correction.ts";
import type { RunId, TenantId } from "../domain/id.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { LedgerLine } from "./journal.ts";
import type { Payer, Spent } from "./guard.ts";

/** What is spent stands in these two with a minus: what was held for, and what was billed beyond it. */
export const TENANT_ACCOUNT = "tenant";
export const OVERRUN_ACCOUNT = "overrun";
/** What takes the other side of a correction. */
export const CORRECTION_ACCOUNT = "correction";

/** Where a line stands among those of its tenant: by its time, then as it was written. */
export interface LedgerPlace {
  readonly at: number;
  readonly seq: number;
}

export interface ListedLine extends LedgerLine, LedgerPlace {}

/** A run whose entries are not its cost. */
export interface RunMismatch {
  readonly runId: string;
  readonly costMicroUsd: MicroUsd;
  readonly bookedMicroUsd: MicroUsd;
}

/** An entry whose lines are not zero together. */
export interface EntryMismatch {
  readonly entry: string;
  readonly runId: string | null;
  readonly sumMicroUsd: MicroUsd;
}

export interface Correction {
  /** Unique within the tenant: written twice, it stands once. */
  readonly id: string;
  readonly runId: RunId;
  /** What the run cost in truth. */
  readonly rightMicroUsd: MicroUsd;
  /** What is added to what was booked; less than nothing where too much was. */
  readonly changeMicroUsd: MicroUsd;
  readonly because: string;
  readonly user: string;
  /** When its run ended. */
  readonly at: number;
  /** The change by the times at which the money was spent. */
  readonly parts: readonly PaidPart[];
  readonly madeAt: number;
}

export interface Ledger {
  list(
    tenant: TenantId,
    filter: { from: number; until: number; after: LedgerPlace | null; limit: number },
  ): Promise<readonly ListedLine[]>;
  count(tenant: TenantId): Promise<{ entries: number; runs: number }>;
  findUnbalanced(tenant: TenantId, limit: number): Promise<readonly EntryMismatch[]>;
  findMismatches(tenant: TenantId, limit: number): Promise<readonly RunMismatch[]>;
  /** What the entries since two moments come to. Null: some of them are of runs that are forgotten, so nobody knows whose they are. */
  spent(tenant: TenantId, payer: Payer, since: { day: number; month: number }): Promise<Spent | null>;
  /** What the entries of a run come to, by their times. */
  booked(tenant: TenantId, runId: RunId): Promise<readonly BookedPart[]>;
  /** What somebody said last that a run cost in truth. Null: nobody did. */
  findCorrected(tenant: TenantId, runId: RunId): Promise<MicroUsd | null>;
  findCorrection(tenant: TenantId, id: string): Promise<Correction | null>;
  /**
   * The correction and its entries, in one batch; one that stands already stays as it is. Answers what stands. Null: the run has
   * been corrected meanwhile, and this one was worked out from what is not so any more.
   */
  correct(tenant: TenantId, correction: Correction): Promise<Correction | null>;
}
