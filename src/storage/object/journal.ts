// A runner's journal in its own SQLite: one table that is only appended to, one row a save, one statement a row. A run's rows go
// together when it has left; what belongs to whom is known in memory, so nothing is searched and nothing is indexed.
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

/** `head`: where it changed. `account`: of the row that ends a run, whose `news` is the whole record. */
const TABLES = `
  create table if not exists journal (n integer primary key, run_id text not null, head text, account text, news text not null);
  create table if not exists keys (key text primary key, body_hash text not null, run_id text not null, expires_at integer not null,
    status integer, body text, location text);
  create index if not exists keys_run on keys (run_id);
`;

const AMONG = "n in (select value from json_each(?))";

/** At once: whoever waits for this object waits for them. */
const KEYS_DROPPED = 500;

/** A drain holds its runs in memory several times over, and an object has 128 MB. */
const DRAINED_CHARACTERS = 4_000_000;

/** A run without what never changes and what only grows. */
type Head = Omit<RunRecord, "order" | "steps" | "effects">;

/** Steps and effects as they became; a later one of the same path or key takes the place of the earlier. */
interface News {
  /** With the first row. */
  readonly order?: RunOrder;
  readonly steps: readonly StepRecord[];
  readonly effects: readonly EffectRecord[];
}

/** What of an unfinished run is on the disk. */
interface Open {
  head: Head;
  readonly rows: number[];
  /** Steps and effects that are there as they are: records are replaced, never changed. */
  readonly kept: WeakSet<StepRecord | EffectRecord>;
}

interface Row {
  readonly runId: RunId;
  readonly head: string | null;
  readonly account: string | null;
  readonly news: string;
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
  readonly #atomically: (run: () => void) => void;
  readonly #commit: GroupCommit;
  readonly #open = new Map<RunId, Open>();
  /** Rows of runs that have ended, the last one with the end; in the order of their ends. */
  readonly #ended = new Map<RunId, readonly number[]>();
  #last = 0;

  constructor(storage: Pick<DurableObjectStorage, "sql" | "transactionSync">, commit: GroupCommit) {
    this.#sql = storage.sql;
    this.#atomically = (run) => storage.transactionSync(run);
    this.#commit = commit;
    this.#sql.exec(TABLES);
    const rows = this.#sql.exec(
      "select n, run_id, head, account is not null as is_end from journal order by n",
    );
    for (const { n, run_id, head, is_end } of rows) {
      const runId = toRunId(run_id);
      this.#last = Number(n);
      if (is_end === 1) this.#noteEnd(runId, this.#last);
      else this.#noteRow(runId, this.#last, head === null ? null : fromStored<Head>(head));
    }
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
    if (row["body_hash"] !== bodyHash) return { claim: "other_body", runId: toRunId(row["run_id"]) };
    return { claim: "known", runId: toRunId(row["run_id"]), answer: toStoredAnswer(row) };
  }

  async saveLive(run: RunRecord): Promise<void> {
    await this.#commit.add(() => this.#writeLive(run));
  }

  #writeLive({ order, steps, effects, ...head }: RunRecord): void {
    const known = this.#open.get(head.id);
    const isNew = (record: StepRecord | EffectRecord): boolean => known?.kept.has(record) !== true;
    const news: News = { steps: steps.filter(isNew), effects: effects.filter(isNew) };
    const changed = known !== undefined && isSame(known.head, head) ? null : head;
    if (known && changed === null && news.steps.length + news.effects.length === 0) return;
    const n = this.#append({
      runId: head.id,
      head: changed === null ? null : JSON.stringify(changed),
      account: null,
      news: JSON.stringify(known ? news : { order, ...news }),
    });
    const open = this.#noteRow(head.id, n, changed);
    for (const record of [...news.steps, ...news.effects]) open.kept.add(record);
  }

  #append({ runId, head, account, news }: Row): number {
    const n = this.#last + 1;
    this.#sql.exec("insert into journal values (?, ?, ?, ?, ?)", n, runId, head, account, news);
    this.#last = n;
    return n;
  }

  #noteRow(runId: RunId, n: number, head: Head | null): Open {
    const known = this.#open.get(runId);
    if (known) {
      known.rows.push(n);
      known.head = head ?? known.head;
      return known;
    }
    invariant(head, "the first row of a run holds its head");
    const open = { head, rows: [n], kept: new WeakSet<StepRecord | EffectRecord>() };
    this.#open.set(runId, open);
    return open;
  }

  #noteEnd(runId: RunId, n: number): void {
    const before = [...(this.#ended.get(runId) ?? []), ...(this.#open.get(runId)?.rows ?? [])];
    this.#ended.set(runId, [...before, n]);
    this.#open.delete(runId);
  }

  loadLive(runId: RunId): RunRecord | null {
    const open = this.#open.get(runId);
    if (!open) return null;
    const steps = new Map<string, StepRecord>();
    const effects = new Map<string, EffectRecord>();
    let order: RunOrder | undefined;
    const rows = this.#sql.exec(
      `select news from journal where ${AMONG} order by n`,
      JSON.stringify(open.rows),
    );
    for (const { news } of rows) {
      const part = fromStored<News>(news);
      order ??= part.order;
      for (const step of part.steps) steps.set(step.path, step);
      for (const effect of part.effects) effects.set(effect.key, effect);
    }
    invariant(order, "the first row of a run holds its order");
    for (const record of [...steps.values(), ...effects.values()]) open.kept.add(record);
    return { ...open.head, order, steps: [...steps.values()], effects: [...effects.values()] };
  }

  listLive(): readonly OpenRun[] {
    return [...this.#open.values()].map(({ head }) => head);
  }

  async forget(runId: RunId): Promise<void> {
    await this.#commit.add(() => {
      this.#atomically(() => {
        this.#sql.exec("delete from keys where run_id = ?", runId);
        this.#drop(this.#open.get(runId)?.rows ?? []);
      });
      this.#open.delete(runId);
    });
  }

  #drop(rows: readonly number[]): void {
    if (rows.length > 0) this.#sql.exec(`delete from journal where ${AMONG}`, JSON.stringify(rows));
  }

  async saveEnd({ run, answer, account }: EndedRun): Promise<void> {
    const row = { runId: run.id, head: null, account: JSON.stringify(account), news: JSON.stringify(run) };
    await this.#commit.add(() => {
      let n = 0;
      if (answer === null) n = this.#append(row);
      else
        this.#atomically(() => {
          n = this.#append(row);
          this.#sql.exec(
            "update keys set status = ?, body = ?, location = ? where run_id = ?",
            ...[answer.status, answer.body, answer.location, run.id],
          );
        });
      this.#noteEnd(run.id, n);
    });
  }

  loadEnd(runId: RunId): RunRecord | null {
    const n = this.#ended.get(runId)?.at(-1);
    if (n === undefined) return null;
    return fromStored<RunRecord>(this.#sql.exec("select news from journal where n = ?", n).one()["news"]);
  }

  listEnded(limit: number): readonly { account: Account; json: string }[] {
    const ends = [...this.#ended.values()].slice(0, limit).map((rows) => rows.at(-1));
    const ended: { account: Account; json: string }[] = [];
    let characters = 0;
    const rows = this.#sql.exec(
      `select account, news from journal where ${AMONG} order by n`,
      JSON.stringify(ends),
    );
    for (const { account, news } of rows) {
      ended.push({ account: fromStored<Account>(account), json: String(news) });
      characters += String(news).length;
      if (characters > DRAINED_CHARACTERS) break;
    }
    return ended;
  }

  dropEnded(runIds: readonly RunId[]): void {
    this.#drop(runIds.flatMap((runId) => this.#ended.get(runId) ?? []));
    for (const runId of runIds) this.#ended.delete(runId);
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
