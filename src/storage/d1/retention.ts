// Deletes rows that are past their time, a few hundred at once, of every tenant.
import type { Horizons, KeptFile, Retention } from "../../kernel/ports/retention.ts";

const BATCH = 500;

interface Log {
  readonly table: string;
  readonly age: string;
  readonly horizon: keyof Horizons;
  /** Which of its rows, where they are not in the order of their age: an index then knows the oldest of these. */
  readonly of?: string;
}

/** Rows come in the order of their age, or nearly. Not deliveries: one that comes anew has its old place, and open ones stay. */
const LOGS: readonly Log[] = [
  { table: "runs", age: "created_at", horizon: "contents" },
  { table: "event_log", age: "at", horizon: "contents" },
  { table: "deliveries", age: "received_at", horizon: "eventIds", of: "status = 'started'" },
  { table: "deliveries", age: "received_at", horizon: "eventIds", of: "status = 'failed'" },
  { table: "ledger", age: "at", horizon: "books" },
  { table: "ledger_corrections", age: "made_at", horizon: "books" },
];

/** For good: a schedule that is turned off has its next time still. */
const DONE = `rowid in (select rowid from schedules where cron is null and next_at is null and run_at < ?1 order by rowid limit ?2)`;

/** The horizons are the first values of the statement; the last is how many rows at most. */
const RECORDS: readonly {
  readonly statement: string;
  readonly horizons: readonly ("contents" | "books")[];
}[] = [
  {
    statement: `delete from feedback where rowid in
      (select rowid from feedback where created_at < iif(expected is null, ?1, ?2) limit ?3)`,
    horizons: ["contents", "books"],
  },
  {
    // With the schedules of the next statement. Those of a schedule that stays are kept for ever: one slot is one run.
    statement: `delete from occurrences where (tenant, schedule) in (select tenant, id from schedules where ${DONE})`,
    horizons: ["contents"],
  },
  {
    statement: `delete from schedules where ${DONE}`,
    horizons: ["contents"],
  },
  {
    // Versions that serve no longer. A run that waits is pinned to its version, and none waits for years.
    statement: `delete from documents where rowid in (select d.rowid from documents d where d.created_at < ?1
      and not exists (select 1 from registry r where r.tenant = d.tenant and r.hash = d.hash) limit ?2)`,
    horizons: ["books"],
  },
  {
    // Of a model that is asked no longer. What serves no longer goes when its catalogue is embedded anew.
    statement: `delete from vectors where rowid in (select rowid from vectors
      where (tenant, model) not in (select tenant, model from embeddings) limit ?1)`,
    horizons: [],
  },
];

function toOldest({ table, age, of }: Log): string {
  return of === undefined ? `from ${table} order by rowid` : `from ${table} where ${of} order by ${age}`;
}

export class D1Retention implements Retention {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  /** One row a table is read when nothing is past its time. */
  async sweepLogs(horizons: Horizons): Promise<number> {
    const heads = LOGS.map((log, n) => `(select ${log.age} ${toOldest(log)} limit 1) as log${n}`);
    const oldest = await this.#db
      .prepare(`select ${heads.join(", ")}`)
      .first<Record<string, number | null>>();
    const due = LOGS.filter(({ horizon }, n) => (oldest?.[`log${n}`] ?? Infinity) < horizons[horizon]);
    return this.#run(
      due.map((log) =>
        this.#db
          .prepare(
            `delete from ${log.table} where rowid in (select rowid ${toOldest(log)} limit ?1) and ${log.age} < ?2`,
          )
          .bind(BATCH, horizons[log.horizon]),
      ),
    );
  }

  async sweepRecords({ contents, books }: Horizons): Promise<number> {
    return this.#run(
      RECORDS.map(({ statement, horizons }) =>
        this.#db.prepare(statement).bind(...horizons.map((name) => ({ contents, books })[name]), BATCH),
      ),
    );
  }

  async dropFiles(files: readonly KeptFile[]): Promise<readonly KeptFile[]> {
    if (files.length === 0) return [];
    const list = JSON.stringify(files);
    const free = `select value->>'tenant' as tenant, value->>'sha256' as sha256 from json_each(?1)
      where not exists (select 1 from schedules s where s.tenant = value->>'tenant' and instr(s.files, value->>'sha256') > 0)`;
    const [found] = await this.#db.batch<KeptFile>([
      this.#db.prepare(free).bind(list),
      this.#db.prepare(`delete from attachments where (tenant, sha256) in (${free})`).bind(list),
    ]);
    return found?.results ?? [];
  }

  async #run(statements: D1PreparedStatement[]): Promise<number> {
    if (statements.length === 0) return 0;
    const done = await this.#db.batch(statements);
    return done.reduce((sum, { meta }) => sum + meta.changes, 0);
  }
}
