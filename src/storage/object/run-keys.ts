// The idempotency keys of a runner: which run each belongs to, and what its caller was told. A key lives as long as its run is
// unfinished, and its time after that.
import type { RunId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import { invariant } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { KeyClaim, KeyRequest, StoredAnswer } from "../../kernel/ports/journal.ts";
import type { RunSeals } from "./run-seals.ts";

const TABLE = `
  create table if not exists keys (key text primary key, body_hash text not null, run_id text not null, expires_at integer not null,
    status integer, body text, location text);
  create index if not exists keys_run on keys (run_id);
`;

/** At once: whoever waits for this object waits for them. */
const KEYS_DROPPED = 500;
/** The key of an unfinished run is looked at again after this long. */
const AGAIN_MS = 86_400_000;

export class RunKeys {
  readonly #sql: SqlStorage;
  readonly #seals: Pick<RunSeals, "openAnswer">;
  readonly #isOpen: (runId: RunId) => boolean;

  constructor(sql: SqlStorage, seals: Pick<RunSeals, "openAnswer">, isOpen: (runId: RunId) => boolean) {
    this.#sql = sql;
    this.#seals = seals;
    this.#isOpen = isOpen;
    sql.exec(TABLE);
  }

  claim({ key, bodyHash, runId, now, expiresAt }: KeyRequest): KeyClaim {
    const [row] = this.#sql.exec("select * from keys where key = ?", key).toArray();
    if (!row || this.#isOver(row, now)) {
      this.#sql.exec(
        "insert or replace into keys (key, body_hash, run_id, expires_at) values (?, ?, ?, ?)",
        ...[key, bodyHash, runId, expiresAt],
      );
      return { claim: "new" };
    }
    if (row["body_hash"] !== bodyHash) return { claim: "other_body", runId: fromStoredId(row["run_id"]) };
    return { claim: "known", runId: fromStoredId(row["run_id"]), answer: this.#openAnswer(row) };
  }

  /** What the caller is told from now on, sealed, and how long. */
  end({ id, order, finishedAt, createdAt }: RunRecord, { status, body, location }: StoredAnswer): void {
    const expiresAt = (finishedAt ?? createdAt) + (order.idempotency?.ttlMs ?? 0);
    this.#sql.exec(
      "update keys set status = ?, body = ?, location = ?, expires_at = ? where run_id = ?",
      ...[status, body, location, expiresAt, id],
    );
  }

  forget(runId: RunId): void {
    this.#sql.exec("delete from keys where run_id = ?", runId);
  }

  /** The first row is the oldest, so nothing is searched: the key of an unfinished run goes to the end again. */
  dropExpired(now: number): number {
    const rows = this.#sql
      .exec("select rowid as n, run_id, expires_at from keys order by rowid limit ?", KEYS_DROPPED)
      .toArray()
      .filter(({ expires_at }) => Number(expires_at) <= now);
    for (const row of rows.filter((one) => !this.#isOver(one, now)))
      this.#sql.exec(
        `insert or replace into keys select key, body_hash, run_id, ?, status, body, location from keys where rowid = ?`,
        ...[now + AGAIN_MS, row["n"] ?? null],
      );
    const over = JSON.stringify(rows.filter((one) => this.#isOver(one, now)).map(({ n }) => n));
    this.#sql.exec("delete from keys where rowid in (select value from json_each(?))", over);
    const [oldest] = this.#sql.exec("select expires_at from keys order by rowid limit 1").toArray();
    return oldest ? Number(oldest["expires_at"]) : Number.POSITIVE_INFINITY;
  }

  #openAnswer(row: Record<string, SqlStorageValue>): StoredAnswer | null {
    if (row["body"] === null) return null;
    return {
      status: Number(row["status"]),
      body: this.#seals.openAnswer(fromStoredId(row["run_id"]), row["body"]),
      location: row["location"] === null ? null : String(row["location"]),
    };
  }

  #isOver(row: Record<string, SqlStorageValue>, now: number): boolean {
    return Number(row["expires_at"]) <= now && !this.#isOpen(fromStoredId(row["run_id"]));
  }
}

export function fromStoredId(value: unknown): RunId {
  invariant(typeof value === "string" && isRunId(value), "a stored key names a run");
  return value;
}
