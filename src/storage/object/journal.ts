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
  LeavingRun,
  OpenRun,
} from "../../kernel/ports/journal.ts";
import type { GroupCommit } from "./group-commit.ts";
import { ReplyKeys } from "./reply-keys.ts";
import { type Head, isSame } from "./run-head.ts";
import { RunKeys, fromStoredId } from "./run-keys.ts";
import { RunSeals, type Sealing } from "./run-seals.ts";

/** `sealed`: of an unfinished run what changed; of the row that ends it, which has an account, the whole record but for its events. */
const TABLES = `
  create table if not exists entries (n integer primary key, run_id text not null, account text, events text, sealed not null);
`;

const AMONG = "n in (select value from json_each(?))";

/** A drain holds its runs in memory several times over, and an object has 128 MB. */
const DRAINED_CHARACTERS = 4_000_000;

/** Steps and effects as they became; a later one of the same path or key takes the place of the earlier. */
interface News {
  /** Where it changed. */
  readonly head?: Head;
  /** With the first row. */
  readonly order?: RunOrder;
  readonly steps: readonly StepRecord[];
  readonly effects: readonly EffectRecord[];
}

/** What of an unfinished run is on the disk. */
interface Open {
  /** Null: not opened since this object was made. */
  head: Head | null;
  readonly rows: number[];
  /** Steps and effects that are there as they are: records are replaced, never changed. */
  readonly kept: WeakSet<StepRecord | EffectRecord>;
}

interface Row {
  readonly runId: RunId;
  readonly account: string | null;
  readonly events: string | null;
  readonly sealed: string | Uint8Array<ArrayBuffer>;
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
  readonly #seals: RunSeals;
  readonly #open = new Map<RunId, Open>();
  /** Rows of runs that have ended, the last one with the end; in the order of their ends. */
  readonly #ended = new Map<RunId, readonly number[]>();
  readonly #keys: RunKeys;
  /** Of requests that start no run. */
  readonly replies: ReplyKeys;
  /** The last write of each run that is being written: what is new is found against what the one before it has written. */
  readonly #turns = new Map<RunId, Promise<void>>();
  #last = 0;

  constructor(
    storage: Pick<DurableObjectStorage, "sql" | "transactionSync">,
    commit: GroupCommit,
    sealing: Sealing,
  ) {
    this.#sql = storage.sql;
    this.#atomically = (run) => storage.transactionSync(run);
    this.#commit = commit;
    this.#seals = new RunSeals(sealing);
    this.#sql.exec(TABLES);
    this.#keys = new RunKeys(this.#sql, this.#seals, (runId) => this.#open.has(runId));
    this.replies = new ReplyKeys(this.#sql, this.#seals);
    for (const { n, run_id, is_end } of this.#sql.exec(
      "select n, run_id, account is not null as is_end from entries order by n",
    )) {
      const runId = fromStoredId(run_id);
      this.#last = Number(n);
      if (is_end === 1) this.#noteEnd(runId, this.#last);
      else this.#noteRow(runId, this.#last, null);
    }
  }

  ready(): Promise<void> | null {
    return this.#seals.ready();
  }

  enter(): () => void {
    return this.#commit.enter();
  }

  claimKey(request: KeyRequest): KeyClaim {
    return this.#keys.claim(request);
  }

  async saveLive(run: RunRecord): Promise<void> {
    await this.#inTurn(run.id, () => this.#writeLive(run));
  }

  async #inTurn(runId: RunId, write: () => Promise<void>): Promise<void> {
    const turn = this.#turns.get(runId)?.then(write, write) ?? write();
    this.#turns.set(runId, turn);
    try {
      await turn;
    } finally {
      if (this.#turns.get(runId) === turn) this.#turns.delete(runId);
    }
  }

  async #writeLive({ order, steps, effects, ...head }: RunRecord): Promise<void> {
    const known = this.#open.get(head.id);
    const isNew = (record: StepRecord | EffectRecord): boolean => known?.kept.has(record) !== true;
    const added = { steps: steps.filter(isNew), effects: effects.filter(isNew) };
    const isChanged = known?.head == null || !isSame(known.head, head);
    if (known && !isChanged && added.steps.length + added.effects.length === 0) return;
    const news: News = { ...(isChanged && { head }), ...(known ? {} : { order }), ...added };
    const sealed = await this.#seals.sealRow(head.id, known?.rows.length ?? 0, news);
    await this.#commit.add(() => {
      const n = this.#append({ runId: head.id, account: null, events: null, sealed });
      const open = this.#noteRow(head.id, n, isChanged ? head : null);
      for (const record of [...added.steps, ...added.effects]) open.kept.add(record);
    });
  }

  #append({ runId, account, events, sealed }: Row): number {
    const n = this.#last + 1;
    this.#sql.exec("insert into entries values (?, ?, ?, ?, ?)", n, runId, account, events, sealed);
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
      `select sealed from entries where ${AMONG} order by n`,
      JSON.stringify(open.rows),
    );
    let head: Head | undefined;
    for (const [nth, { sealed }] of rows.toArray().entries()) {
      const part = fromStored<News>(this.#seals.openRow(runId, nth, sealed));
      order ??= part.order;
      head = part.head ?? head;
      for (const step of part.steps) steps.set(step.path, step);
      for (const effect of part.effects) effects.set(effect.key, effect);
    }
    invariant(order && head, "the first row of a run holds its order and its head");
    open.head ??= head;
    for (const record of [...steps.values(), ...effects.values()]) open.kept.add(record);
    return { ...open.head, order, steps: [...steps.values()], effects: [...effects.values()] };
  }

  liveIds(): readonly RunId[] {
    return [...this.#open.keys()];
  }

  listLive(): readonly OpenRun[] {
    return [...this.#open].flatMap(([runId, { head }]) => head ?? this.#tryOpen(runId));
  }

  #tryOpen(runId: RunId): OpenRun | [] {
    try {
      return this.loadLive(runId) ?? [];
    } catch (cause) {
      this.#seals.report(runId, cause);
      return [];
    }
  }

  async forget(runId: RunId): Promise<void> {
    const write = () =>
      this.#commit.add(() => {
        this.#atomically(() => {
          this.#keys.forget(runId);
          this.#drop(this.#open.get(runId)?.rows ?? []);
        });
        this.#open.delete(runId);
      });
    await this.#inTurn(runId, write);
  }

  #drop(rows: readonly number[]): void {
    if (rows.length > 0) this.#sql.exec(`delete from entries where ${AMONG}`, JSON.stringify(rows));
  }

  async saveEnd(ended: EndedRun): Promise<void> {
    await this.#inTurn(ended.run.id, () => this.#writeEnd(ended));
  }

  async #writeEnd({ run, answer, account }: EndedRun): Promise<void> {
    const [sealed, query, sealedAnswer] = await Promise.all([
      this.#seals.sealEnd(run),
      this.#seals.sealQuery(run),
      answer && this.#seals.sealAnswer(run.id, answer),
    ]);
    const told = { ...account, summary: { ...account.summary, query } };
    const events = JSON.stringify(run.events);
    const row = { runId: run.id, account: JSON.stringify(told), events, sealed };
    await this.#commit.add(() => {
      let n = 0;
      if (run.order.idempotency === null) n = this.#append(row);
      else
        this.#atomically(() => {
          n = this.#append(row);
          if (sealedAnswer === null) this.#keys.forget(run.id);
          else this.#keys.end(run, sealedAnswer);
        });
      this.#noteEnd(run.id, n);
    });
  }

  loadEnd(runId: RunId): RunRecord | null {
    const n = this.#ended.get(runId)?.at(-1);
    if (n === undefined) return null;
    const { sealed, events } = this.#sql.exec("select sealed, events from entries where n = ?", n).one();
    return { ...fromStored<RunRecord>(this.#seals.openEnd(runId, sealed)), events: fromStored(events) };
  }

  listEnded(limit: number): readonly LeavingRun[] {
    const ends = [...this.#ended.values()].slice(0, limit).map((rows) => rows.at(-1));
    const ended: LeavingRun[] = [];
    let characters = 0;
    const rows = this.#sql.exec(
      `select account, events, sealed from entries where ${AMONG} order by n`,
      JSON.stringify(ends),
    );
    for (const { account, events, sealed } of rows) {
      const [record, told] = [String(sealed), String(events)];
      ended.push({ account: fromStored<Account>(account), events: told, record });
      characters += record.length + told.length;
      if (characters > DRAINED_CHARACTERS) break;
    }
    return ended;
  }

  async stripEnded(runId: RunId, note: string): Promise<LeavingRun> {
    await this.ready();
    const n = this.#ended.get(runId)?.at(-1) ?? 0;
    const { account, events } = this.#sql.exec("select account, events from entries where n = ?", n).one();
    const run = this.loadEnd(runId);
    invariant(run, "a run that leaves has ended");
    const record = await this.#seals.sealBare(run, note);
    return { account: fromStored<Account>(account), events: String(events), record };
  }

  dropEnded(runIds: readonly RunId[]): void {
    this.#drop(runIds.flatMap((runId) => this.#ended.get(runId) ?? []));
    for (const runId of runIds) this.#ended.delete(runId);
  }

  dropExpiredKeys(now: number): number {
    return Math.min(this.#keys.dropExpired(now), this.replies.dropExpired(now));
  }
}
