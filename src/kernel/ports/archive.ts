// Finished runs leave their runner for the database, in batches; the same batch twice changes nothing.
import type { TenantId } from "../domain/id.ts";
import type { TelemetryEvent } from "../domain/event.ts";
import type { LeavingRun, LedgerLine } from "./journal.ts";

export interface ArchivedEvent {
  /** Unique within the tenant. */
  readonly id: string;
  readonly runId: string | null;
  readonly at: number;
  readonly event: TelemetryEvent;
}

export interface ArchiveBatch {
  readonly runs: readonly LeavingRun[];
  /** Of requests that became no run. */
  readonly events: readonly ArchivedEvent[];
  readonly ledger: readonly LedgerLine[];
}

export interface Archive {
  save(tenant: TenantId, batch: ArchiveBatch): Promise<void>;
  /** Since when this shard may hold unfinished runs; null: it holds none. The cron tick wakes the shards of this list. */
  markOpen(tenant: TenantId, shard: number, since: number | null): Promise<void>;
  /** Whether this shard is marked open, or a run of it has ended here: one that nobody ever used is not. */
  hasShard(tenant: TenantId, shard: number): Promise<boolean>;
  listOpen(before: number): Promise<readonly { readonly tenant: TenantId; readonly shard: number }[]>;
}
