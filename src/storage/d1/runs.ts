// Reading finished runs and their events.
import { TelemetryEvent } from "../../kernel/domain/event.ts";
import type { RunId, TenantId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { RunStore, RunSummary, StoredEvent } from "../../kernel/ports/run-store.ts";

export class D1Runs implements RunStore {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async load(tenant: TenantId, id: RunId): Promise<RunRecord | null> {
    const record = await this.#db
      .prepare("select record from runs where tenant = ? and id = ?")
      .bind(tenant, id)
      .first<string>("record");
    // Written by the archive as JSON.stringify(RunRecord).
    return record === null ? null : (JSON.parse(record) as RunRecord);
  }

  async findByShort(tenant: TenantId, short: string): Promise<readonly RunId[]> {
    const { results } = await this.#db
      .prepare("select id from runs where tenant = ? and short = ? order by created_at desc limit 2")
      .bind(tenant, short)
      .all<{ id: string }>();
    return results.map((row) => row.id).filter(isRunId);
  }

  async list(
    tenant: TenantId,
    filter: { limit: number; before: number | null; status: string | null; skill: string | null },
  ): Promise<readonly RunSummary[]> {
    const { results } = await this.#db
      .prepare(
        `select id, short, skill, status, channel, created_at as createdAt, finished_at as finishedAt, cost_micro_usd as costMicroUsd
         from runs where tenant = ?1 and (?2 is null or created_at < ?2) and (?3 is null or status = ?3)
         and (?4 is null or skill = ?4) order by created_at desc, id desc limit ?5`,
      )
      .bind(tenant, filter.before, filter.status, filter.skill, filter.limit)
      .all<RunSummary>();
    return results;
  }

  async listEvents(
    tenant: TenantId,
    filter: { since: number; runId: string | null; limit: number },
  ): Promise<readonly StoredEvent[]> {
    const { results } = await this.#db
      .prepare(
        `select seq, run_id as runId, body from events where tenant = ?1 and seq > ?2 and (?3 is null or run_id = ?3)
         order by seq limit ?4`,
      )
      .bind(tenant, filter.since, filter.runId, filter.limit)
      .all<{ seq: number; runId: string | null; body: string }>();
    return results.map(({ seq, runId, body }) => ({
      seq,
      runId,
      event: TelemetryEvent.parse(JSON.parse(body)),
    }));
  }
}
