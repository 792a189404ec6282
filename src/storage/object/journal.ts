// A runner's journal in its own SQLite. What was ordered is written once, what happens is appended in small rows: the disk
// is synced before each write that leaves, and syncs what changed.
import type { RunId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import { invariant } from "../../kernel/domain/refusal.ts";
import type { EffectRecord, RunOrder, RunRecord, StepRecord } from "../../kernel/domain/run.ts";
import type {
  Account,
  EndedRun,
  Journal,
  KeyClaim,
  KeyRequest,
  OpenRun,
  StoredAnswer,
} from "../../kernel/ports/journal.ts";
import type { GroupCommit } from "./group-commit.ts";

const TABLES = `
  create table if not exists open_runs (run_id text primary key, ordered text not null, head text not null);
  create table if not exists progress (run_id text not null, n integer not null, news text not null, primary key (run_id, n)) without rowid;
  create table if not exists ended_runs (run_id text primary key, record text not null, account text not null);
  create table if not exists keys (key text primary key, body_hash text not null, run_id text not null, expires_at integer not null,
    status integer, body text, location text);
  create index if not exists keys_run on keys (run_id);
`;

/** At once: whoever waits for this object waits for them. */
const KEYS_DROPPED = 500;

/** A drain holds its runs in memory several times over, and an object has 128 MB. */
const DRAINED_CHARACTERS = 4_000_000;

/** A run without what never changes and what only grows. */
type Head = Omit<RunRecord, "order" | "steps" | "effects">;

/** Steps and effects as they became; a later one of the same path or key takes the place of the earlier. */
interface News {
  readonly steps: readonly StepRecord[];
  readonly effects: readonly EffectRecord[];
}

/** What of a run is on the disk. */
interface Written {
  head: Head;
  rows: number;
}

/** Compared without being written out. A recording grows in place. */
function isSame(written: Head, now: Head): boolean {
  return (
    now.recording === null &&
    Object.entries(now).every(([name, value]) => Object.is(value, Reflect.get(written, name)))
  );
}

/** Stored by this class alone, so the shape of what is read is the shape of what was written. */
function fromStored<T>(json: unknown): T {
  invariant(typeof json === "string", "a stored record is text");
  return JSON.parse(json) as T;
}

export class ObjectJournal implements Journal {
  readonly #sql: SqlStorage;
  readonly #commit: GroupCommit;
  readonly #open = new Map<string, Written>();
  /** Steps and effects that are on the disk as they are: records are replaced, never changed. */
  readonly #kept = new WeakSet<StepRecord | EffectRecord>();

  constructor(sql: SqlStorage, commit: GroupCommit) {
    this.#sql = sql;
    this.#commit = commit;
    sql.exec(TABLES);
    const open = sql.exec(
      "select run_id, head, (select count(*) from progress where progress.run_id = open_runs.run_id) as rows from open_runs",
    );
    for (const { run_id, head, rows } of open.toArray())
      this.#open.set(String(run_id), { head: fromStored<Head>(head), rows: Number(rows) });
  }

  enter(): () => void {
    return this.#commit.enter();
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

  async saveLive(run: RunRecord): Promise<void> {
    await this.#commit.add(() => this.#write(run));
  }

  #write({ order, steps, effects, ...head }: RunRecord): void {
    const known = this.#open.get(head.id);
    const written = known ?? { head, rows: 0 };
    if (!known) {
      const [ordered, first] = [JSON.stringify(order), JSON.stringify(head)];
      this.#sql.exec("insert into open_runs values (?, ?, ?)", head.id, ordered, first);
      this.#open.set(head.id, written);
    } else if (!isSame(known.head, head)) {
      this.#sql.exec("update open_runs set head = ? where run_id = ?", JSON.stringify(head), head.id);
      known.head = head;
    }
    const news = { steps: steps.filter(this.#isNew), effects: effects.filter(this.#isNew) } satisfies News;
    if (news.steps.length + news.effects.length === 0) return;
    this.#sql.exec("insert into progress values (?, ?, ?)", head.id, written.rows, JSON.stringify(news));
    written.rows += 1;
    for (const record of [...news.steps, ...news.effects]) this.#kept.add(record);
  }

  readonly #isNew = (record: StepRecord | EffectRecord): boolean => !this.#kept.has(record);

  loadLive(runId: RunId): RunRecord | null {
    const [row] = this.#sql.exec("select ordered, head from open_runs where run_id = ?", runId).toArray();
    if (!row) return null;
    const steps = new Map<string, StepRecord>();
    const effects = new Map<string, EffectRecord>();
    for (const { news } of this.#sql.exec("select news from progress where run_id = ? order by n", runId)) {
      const part = fromStored<News>(news);
      for (const step of part.steps) steps.set(step.path, step);
      for (const effect of part.effects) effects.set(effect.key, effect);
    }
    for (const record of [...steps.values(), ...effects.values()]) this.#kept.add(record);
    const order = fromStored<RunOrder>(row["ordered"]);
    const head = fromStored<Head>(row["head"]);
    return { ...head, order, steps: [...steps.values()], effects: [...effects.values()] };
  }

  listLive(): readonly OpenRun[] {
    return [...this.#open.values()].map(({ head }) => head);
  }

  async forget(runId: RunId): Promise<void> {
    await this.#commit.add(() => {
      this.#sql.exec("delete from keys where run_id = ?", runId);
      this.#dropLive(runId);
    });
  }

  #dropLive(runId: RunId): void {
    if (!this.#open.has(runId)) return;
    this.#sql.exec("delete from open_runs where run_id = ?", runId);
    this.#sql.exec("delete from progress where run_id = ?", runId);
    this.#open.delete(runId);
  }

  /** One row, and nothing else where there is no key and was no open run. */
  async saveEnd({ run, answer, account }: EndedRun): Promise<void> {
    const [record, owed] = [JSON.stringify(run), JSON.stringify(account)];
    await this.#commit.add(() => {
      this.#sql.exec("insert or replace into ended_runs values (?, ?, ?)", run.id, record, owed);
      this.#dropLive(run.id);
      if (answer === null) return;
      this.#sql.exec(
        "update keys set status = ?, body = ?, location = ? where run_id = ?",
        ...[answer.status, answer.body, answer.location, run.id],
      );
    });
  }

  loadEnd(runId: RunId): RunRecord | null {
    const [row] = this.#sql.exec("select record from ended_runs where run_id = ?", runId).toArray();
    return row ? fromStored<RunRecord>(row["record"]) : null;
  }

  listEnded(limit: number): readonly { account: Account; json: string }[] {
    const ended: { account: Account; json: string }[] = [];
    let characters = 0;
    const rows = this.#sql.exec("select record, account from ended_runs order by run_id limit ?", limit);
    for (const { record, account } of rows) {
      ended.push({ account: fromStored<Account>(account), json: String(record) });
      characters += String(record).length;
      if (characters > DRAINED_CHARACTERS) break;
    }
    return ended;
  }

  dropEnded(runIds: readonly RunId[]): void {
    this.#sql.exec(
      "delete from ended_runs where run_id in (select value from json_each(?))",
      JSON.stringify(runIds),
    );
  }

  /** All keys live equally long, so the first row is the oldest and nothing is searched. */
  dropExpiredKeys(now: number): number | null {
    this.#sql.exec(
      "delete from keys where rowid in (select rowid from keys order by rowid limit ?) and expires_at <= ?",
      ...[KEYS_DROPPED, now],
    );
    const [oldest] = this.#sql.exec("select expires_at from keys order by rowid limit 1").toArray();
    return oldest ? Number(oldest["expires_at"]) : null;
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
