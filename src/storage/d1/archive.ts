// Finished runs, their events and their ledger lines, written in one batch; the same batch twice changes nothing.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Archive, ArchiveBatch } from "../../kernel/ports/archive.ts";
import type { LeavingRun } from "../../kernel/ports/journal.ts";

/**
 * One statement per table whatever the number of rows: D1 counts statements, not rows. Materialized, because a column of
 * json_each is rendered anew at each mention: with records of 3 KB that was half the price of a drain.
 */
const RUNS = `with rows as materialized (select value from json_each(?2)) insert or replace into runs (tenant, id, short, skill, status, channel, created_at, finished_at, cost_micro_usd, user, key_id, query, confidence, code, called, record)
  select ?1, value->>'id', value->>'short', value->>'skill', value->>'status', value->>'channel', value->>'created_at',
    value->>'finished_at', value->>'cost', value->>'user', value->>'key_id', value->>'query', value->>'confidence', value->>'code',
    coalesce(value->>'called', '[]'), value->>'record' from rows`;
const LOG = `insert or ignore into event_log (tenant, id, run_id, at, events)
  select ?1, value->>'id', value->>'run_id', value->>'at', value->'events' from json_each(?2)`;
const LEDGER = `insert or ignore into ledger (tenant, entry, account, micro_usd, run_id, at)
  select ?1, value->>'entry', value->>'account', value->>'microUsd', value->>'runId', value->>'at' from json_each(?2)`;

export class D1Archive implements Archive {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async save(tenant: TenantId, batch: ArchiveBatch): Promise<void> {
    const statements: D1PreparedStatement[] = [];
    const add = (statement: string, rows: readonly string[]): void => {
      for (const json of toParts(rows)) statements.push(this.#db.prepare(statement).bind(tenant, json));
    };
    add(RUNS, batch.runs.map(toRow));
    add(LOG, batch.runs.map(toLogRow));
    add(
      LOG,
      batch.events.map(({ id, runId, at, event }) =>
        JSON.stringify({ id, run_id: runId, at, events: [event] }),
      ),
    );
    add(
      LEDGER,
      batch.ledger.map((line) => JSON.stringify(line)),
    );
    if (statements.length > 0) await this.#db.batch(statements);
  }

  async listOpen(before: number): Promise<readonly { tenant: TenantId; shard: number }[]> {
    const { results } = await this.#db
      .prepare("select tenant, shard from open_shards where since <= ? limit 1000")
      .bind(before)
      .all<{ tenant: TenantId; shard: number }>();
    return results;
  }

  async hasShard(tenant: TenantId, shard: number): Promise<boolean> {
    const found = await this.#db
      .prepare(
        `select 1 from open_shards where tenant = ?1 and shard = ?2
         union all select 1 from runs where tenant = ?1 and id >= ?3 || '_' and id < ?3 || '\`' limit 1`,
      )
      .bind(tenant, shard, `run_${shard}`)
      .first();
    return found !== null;
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

/** JSON of one row. What is sealed has no sign that JSON would escape. */
function toRow({ account, record }: LeavingRun): string {
  return `${JSON.stringify(account.summary).slice(0, -1)},"record":"${record}"}`;
}

function toLogRow({ account, events }: LeavingRun): string {
  const { id, finished_at: at } = account.summary;
  return `${JSON.stringify({ id, run_id: id, at }).slice(0, -1)},"events":${events}}`;
}

/** D1 takes values of up to 2 MB. https://developers.cloudflare.com/d1/platform/limits/ */
const PART_CHARACTERS = 600_000;

/** The rows as JSON lists, each small enough to be one value of a statement. */
function toParts(rows: readonly string[]): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let size = 0;
  for (const json of rows) {
    if (size > 0 && size + json.length > PART_CHARACTERS) {
      parts.push(`[${part.join(",")}]`);
      part = [];
      size = 0;
    }
    part.push(json);
    size += json.length;
  }
  if (part.length > 0) parts.push(`[${part.join(",")}]`);
  return parts;
}
