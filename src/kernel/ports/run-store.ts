// Finished runs and their events, as the database holds them.
import type { RunId, TenantId } from "../domain/id.ts";
import type { TelemetryEvent } from "../domain/event.ts";
import type { RunRecord } from "../domain/run.ts";
import type { Listed } from "../domain/seal-broken.ts";

export interface RunSummary {
  readonly id: string;
  readonly short: string;
  readonly skill: string;
  readonly status: string;
  readonly channel: string;
  /** The words of the request, and how sure the skill was chosen by them. */
  readonly query: string | null;
  readonly confidence: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly costMicroUsd: number;
  /** What it cost in truth, where somebody has corrected it. */
  readonly correctedMicroUsd: number | null;
  /** Why it failed. */
  readonly code: string | null;
}

/** Where an event stands among all of a tenant: its row, and its place in it. */
export interface EventPlace {
  readonly seq: number;
  readonly place: number;
}

export interface StoredEvent extends EventPlace {
  readonly runId: string | null;
  readonly event: TelemetryEvent;
}

export interface RunFilter {
  readonly limit: number;
  readonly before: number | null;
  readonly status: string | null;
  readonly skill: string | null;
  /** Globs of the skills that the caller reaches; null: all. */
  readonly reached: readonly string[] | null;
}

export interface RunStore {
  load(tenant: TenantId, id: RunId): Promise<RunRecord | null>;
  /** Full ids that end in these characters, newest first. */
  findByShort(tenant: TenantId, short: string): Promise<readonly RunId[]>;
  list(tenant: TenantId, filter: RunFilter): Promise<readonly Listed<RunSummary>[]>;
  listEvents(
    tenant: TenantId,
    filter: { since: EventPlace; runId: string | null; limit: number },
  ): Promise<readonly StoredEvent[]>;
}
