// Finished runs, their events and their ledger lines, written in one batch; rows that are there already stay as they are.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { Archive, ArchiveBatch } from "../../kernel/ports/archive.ts";
import { toCost } from "../../kernel/domain/run.ts";

/** One statement per table whatever the number of rows: D1 counts statements, not rows. */
const RUNS = `insert or replace into runs (tenant, id, short, skill, status, channel, created_at, finished_at, cost_micro_usd, record)
  select ?1, value->>'id', value->>'short', value->>'skill', value->>'status', value->>'channel', value->>'created_at',
    value->>'finished_at', value->>'cost', value->>'record' from json_each(?2)`;
const EVENTS = `insert or ignore into events (id, tenant, request_id, run_id, type, at, body)
  select value->>'id', ?1, value->>'request_id', value->>'run_id', value->>'type', value->>'at', value->>'body' from json_each(?2)`;
const LEDGER = `insert or ignore into ledger (tenant, entry, account, micro_usd, run_id, at)
  select ?1, value->>'entry', value->>'account', value->>'microUsd', value->>'runId', value->>'at' from json_each(?2)`;

export class D1Archive implements Archive {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async save(tenant: TenantId, batch: ArchiveBatch): Promise<void> {
    const statements: D1PreparedStatement[] = [];
    const add = (statement: string, rows: readonly unknown[]): void => {
      if (rows.length > 0) statements.push(this.#db.prepare(statement).bind(tenant, JSON.stringify(rows)));
    };
    add(RUNS, batch.runs.map(toRow));
    add(
      EVENTS,
      batch.events.map(({ id, runId, at, event }) => {
        return {
          id,
          request_id: event.request_id,
          run_id: runId,
          type: event.event,
          at,
          body: JSON.stringify(event),
        };
      }),
    );
    add(LEDGER, batch.ledger);
    if (statements.length > 0) await this.#db.batch(statements);
  }

  async listOpen(before: number): Promise<readonly { tenant: TenantId; shard: number }[]> {
    const { results } = await this.#db
      .prepare("select tenant, shard from open_shards where since <= ? limit 1000")
      .bind(before)
      .all<{ tenant: TenantId; shard: number }>();
    return results;
  }

  async markOpen(tenant: TenantId, shard: number, since: number | null): Promise<void> {
    const statement =
      since !== null
        ? this.#db
            .prepare("insert or ignore into open_shards (tenant, shard, since) values (?, ?, ?)")
            .bind(tenant, shard, since)
        : this.#db.prepare("delete from open_shards where tenant = ? and shard = ?").bind(tenant, shard);
    await statement.run();
  }
}

function toRow(run: RunRecord): Record<string, unknown> {
  return {
    id: run.id,
    short: run.id.slice(-6),
    skill: run.order.plan.skill,
    status: run.status,
    channel: run.order.channel,
    created_at: run.createdAt,
    finished_at: run.finishedAt,
    cost: toCost(run),
    record: JSON.stringify(run),
  };
}
