// A runner's journal in its own SQLite: one table that is only appended to, one row a save, one statement a row. A run's rows go
// together when it has left; what belongs to whom is known in memory, so nothing is searched and nothing is indexed.
import type { RunId } from "../../kernel/domain/id.ts";
import { invariant } from "../../kernel/domain/refusal.ts";
import type { EffectRecord, RunOrder, RunRecord, StepRecord } from "../../kernel/domain/run.ts";
import type {
  Account,
  EndedRun,
  Journal,
  KeyClaim,
  KeyRequest,
  OpenRun,
} from "../../kernel/ports/journal.ts";
import type { GroupCommit } from "./group-commit.ts";
import { ReplyKeys } from "./reply-keys.ts";
import { RunKeys, fromStoredId } from "./run-keys.ts";

/** `head`: where it changed. `account`: of the row that ends a run, whose `news` is the whole record. */
const TABLES = `
  create table if not exists journal (n integer primary key, run_id text not null, head text, account text, news text not null);
`;

const AMONG = "n in (select value from json_each(?))";

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
  readonly #keys: RunKeys;
  /** Of requests that start no run. */
  readonly replies: ReplyKeys;
  #last = 0;

  constructor(storage: Pick<DurableObjectStorage, "sql" | "transactionSync">, commit: GroupCommit) {
    this.#sql = storage.sql;
    this.#atomically = (run) => storage.transactionSync(run);
    this.#commit = commit;
    this.#sql.exec(TABLES);
    this.#keys = new RunKeys(this.#sql, (runId) => this.#open.has(runId));
    this.replies = new ReplyKeys(this.#sql);
    const rows = this.#sql.exec(
      "select n, run_id, head, account is not null as is_end from journal order by n",
    );
    for (const { n, run_id, head, is_end } of rows) {
      const runId = fromStoredId(run_id);
      this.#last = Number(n);
      if (is_end === 1) this.#noteEnd(runId, this.#last);
      else this.#noteRow(runId, this.#last, head === null ? null : fromStored<Head>(head));
    }
  }

  enter(): () => void {
    return this.#commit.enter();
  }

  claimKey(request: KeyRequest): KeyClaim {
    return this.#keys.claim(request);
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
        this.#keys.forget(runId);
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
      if (run.order.idempotency === null) n = this.#append(row);
      else
        this.#atomically(() => {
          n = this.#append(row);
          if (answer === null) this.#keys.forget(run.id);
          else this.#keys.end(run, answer);
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

  dropExpiredKeys(now: number): number | null {
    const [runs, replies] = [this.#keys.dropExpired(now), this.replies.dropExpired(now)];
    return runs === null || replies === null ? (runs ?? replies) : Math.min(runs, replies);
  }
}
