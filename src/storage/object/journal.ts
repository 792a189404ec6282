// A runner's journal in its own SQLite. Rows are whole records as JSON: a run is read and written as one thing.
import type { RunId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import { invariant } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { EndedRun, Journal, KeyClaim, KeyRequest, StoredAnswer } from "../../kernel/ports/journal.ts";
import type { GroupCommit } from "./group-commit.ts";

const TABLES = `
  create table if not exists live (run_id text primary key, record text not null);
  create table if not exists finished (run_id text primary key, record text not null);
  create table if not exists keys (key text primary key, body_hash text not null, run_id text not null, expires_at integer not null,
    status integer, body text, location text);
  create index if not exists keys_run on keys (run_id);
`;

/** Stored by this class alone, so the shape of what is read is the shape of what was written. */
function fromStored<T>(json: unknown): T {
  invariant(typeof json === "string", "a stored record is text");
  return JSON.parse(json) as T;
}

export class ObjectJournal implements Journal {
  readonly #sql: SqlStorage;
  readonly #commit: GroupCommit;
  /** Which runs have a live row. */
  readonly #live = new Set<string>();

  constructor(sql: SqlStorage, commit: GroupCommit) {
    this.#sql = sql;
    this.#commit = commit;
    sql.exec(TABLES);
    for (const row of sql.exec("select run_id from live").toArray()) this.#live.add(String(row["run_id"]));
  }

  claimKey(request: KeyRequest): KeyClaim {
    const { key, bodyHash, runId, now, expiresAt } = request;
    const [row] = this.#sql.exec("select * from keys where key = ? and expires_at > ?", key, now).toArray();
    if (!row) {
      this.#sql.exec(
        "insert or replace into keys (key, body_hash, run_id, expires_at) values (?, ?, ?, ?)",
        ...[key, bodyHash, runId, expiresAt],
      );
      return { claim: "new" };
    }
    if (row["body_hash"] !== bodyHash) return { claim: "other_body" };
    return { claim: "known", runId: toRunId(row["run_id"]), answer: toStoredAnswer(row) };
  }

  freeKey(runId: RunId): void {
    this.#sql.exec("delete from keys where run_id = ?", runId);
  }

  saveLive(run: RunRecord): void {
    this.#live.add(run.id);
    this.#sql.exec("insert or replace into live (run_id, record) values (?, ?)", run.id, JSON.stringify(run));
  }

  loadLive(runId: RunId): RunRecord | null {
    const [row] = this.#sql.exec("select record from live where run_id = ?", runId).toArray();
    return row ? fromStored<RunRecord>(row["record"]) : null;
  }

  listLive(): readonly RunRecord[] {
    return this.#sql
      .exec("select record from live")
      .toArray()
      .map((row) => fromStored<RunRecord>(row["record"]));
  }

  dropLive(runId: RunId): void {
    this.#live.delete(runId);
    this.#sql.exec("delete from live where run_id = ?", runId);
  }

  /** One row, and nothing else where there is no key and was no live row: small rows share pages, and pages are what is synced. */
  async saveEnd({ run, answer }: EndedRun): Promise<void> {
    const record = JSON.stringify(run);
    const isKeyed = run.order.idempotency !== null;
    await this.#commit.add(() => {
      this.#sql.exec("insert or replace into finished (run_id, record) values (?, ?)", run.id, record);
      if (this.#live.has(run.id)) this.dropLive(run.id);
      if (!isKeyed) return;
      this.#sql.exec(
        "update keys set status = ?, body = ?, location = ? where run_id = ?",
        ...[answer.status, answer.body, answer.location, run.id],
      );
    });
  }

  loadEnd(runId: RunId): RunRecord | null {
    const [row] = this.#sql.exec("select record from finished where run_id = ?", runId).toArray();
    return row ? fromStored<RunRecord>(row["record"]) : null;
  }

  listEnded(limit: number): readonly { run: RunRecord; json: string }[] {
    const rows = this.#sql.exec("select record from finished order by run_id limit ?", limit).toArray();
    return rows.map((row) => ({ run: fromStored<RunRecord>(row["record"]), json: String(row["record"]) }));
  }

  dropEnded(runIds: readonly RunId[]): void {
    this.#sql.exec(
      "delete from finished where run_id in (select value from json_each(?))",
      JSON.stringify(runIds),
    );
  }

  dropExpiredKeys(now: number): void {
    this.#sql.exec("delete from keys where expires_at <= ?", now);
  }
}

function toRunId(value: unknown): RunId {
  invariant(typeof value === "string" && isRunId(value), "a stored key names a run");
  return value;
}

function toStoredAnswer(row: Record<string, SqlStorageValue>): StoredAnswer | null {
  if (row["body"] === null) return null;
  return {
    status: Number(row["status"]),
    body: String(row["body"]),
    location: row["location"] === null ? null : String(row["location"]),
  };
}
