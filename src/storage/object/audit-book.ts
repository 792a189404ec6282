// One tenant's audit, written by its guard alone: what is noted is stored here at once, and chained and written to the rows a
// moment later, in the order in which it came.
import { toChained, toFirstLink } from "../../kernel/audit/chain.ts";
import {
  addCount,
  type Counted,
  isStored,
  REFUSAL_WINDOW_MS,
  toCounted,
} from "../../kernel/audit/counted.ts";
import { type TenantId, toTenantId } from "../../kernel/domain/id.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { Admission, AdmissionAnswer } from "../../kernel/ports/guard.ts";
import type { Clock } from "../../kernel/ports/clock.ts";
import {
  type AuditEntry,
  type AuditRows,
  BEGUN_MS,
  type Chain,
  type Link,
  type RefusalNote,
} from "../../kernel/ports/audit.ts";
import { AuditOutbox } from "./audit-outbox.ts";

/** Notes of one moment leave together. */
const DRAIN_AFTER_MS = 1_000;
const MOST_BODY_CHARACTERS = 64 * 1024;
/** Refused runs that may be let through at their second try; those try at once. */
const MOST_REFUSED_RUNS = 1_000;

/** The database was away. */
const AGAIN_MS = 5_000;

/** What a guard is told to do with its tenant's audit. */
export type AuditOrder =
  | { readonly order: "note"; readonly entries: readonly AuditEntry[] }
  | { readonly order: "begin"; readonly entry: AuditEntry }
  | { readonly order: "end"; readonly begun: string; readonly entries: readonly AuditEntry[] }
  | { readonly order: "note_refusal"; readonly refused: RefusalNote }
  | { readonly order: "forget"; readonly before: number }
  | { readonly order: "erase" };

export class AuditBook {
  readonly #tenant: TenantId;
  readonly #storage: DurableObjectStorage;
  readonly #rows: AuditRows;
  readonly #clock: Pick<Clock, "now">;
  readonly #outbox: AuditOutbox;
  /** Of open windows. What was not stored of a count is lost in a crash. */
  readonly #counted = new Map<string, Counted>();
  readonly #refusedRuns = new Map<string, string>();
  #draining: Promise<void> | null = null;
  #alarmAt = Number.POSITIVE_INFINITY;

  constructor(state: DurableObjectState, rows: AuditRows, clock: Pick<Clock, "now">) {
    // Guards are named by their tenant in objects.ts.
    this.#tenant = toTenantId(state.id.name ?? "");
    this.#storage = state.storage;
    this.#rows = rows;
    this.#clock = clock;
    this.#outbox = new AuditOutbox(state.storage.sql);
  }

  async take(order: AuditOrder): Promise<void> {
    if (order.order === "note") this.#note(order.entries);
    else if (order.order === "begin") this.#begin(order.entry);
    else if (order.order === "end") this.#end(order.begun, order.entries);
    else if (order.order === "note_refusal") this.#noteRefusal(order.refused);
    else if (order.order === "forget") await this.#forget(order.before);
    else await this.#erase();
  }

  /** Never throws: an alarm that fails six times is dropped by the platform. */
  async ring(): Promise<void> {
    this.#alarmAt = Number.POSITIVE_INFINITY;
    try {
      await this.#drain();
    } catch (error) {
      // oxlint-disable-next-line no-console
      console.error("audit alarm", error);
      this.#wake(this.#clock.now() + AGAIN_MS);
    }
  }

  /** Setting an alarm costs a commit: only when the one that is set would ring too late. */
  #wake(at: number): void {
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    void this.#storage.setAlarm(at);
  }

  /** In one turn, so all of them or none; answers leave the object after they are stored. */
  #note(entries: readonly AuditEntry[]): void {
    this.#storage.transactionSync(() => {
      for (const entry of entries) this.#outbox.add(toKept(entry), 0);
    });
    this.#wake(this.#clock.now() + DRAIN_AFTER_MS);
  }

  /** Whoever began it may die, or be out of reach, before it ends: then this is what stands. */
  #begin(entry: AuditEntry): void {
    const dueAt = this.#clock.now() + BEGUN_MS;
    this.#outbox.add(toKept(entry), dueAt);
    this.#wake(dueAt);
  }

  #end(begun: string, entries: readonly AuditEntry[]): void {
    this.#storage.transactionSync(() => {
      this.#outbox.drop(begun);
      if (entries.length > 0) this.#note(entries);
    });
  }

  #noteRefusal(note: RefusalNote, runId: string | null = null): void {
    const at = this.#clock.now();
    const first = toCounted(note, at);
    const { id } = first.entry;
    const known = this.#counted.get(id) ?? this.#findStored(first);
    const counted = known ? addCount(known, 1, at) : first;
    this.#counted.set(id, counted);
    if (runId !== null) this.#rememberRun(runId, id);
    if (!known) this.#outbox.add(counted.entry, counted.dueAt);
    else if (isStored(counted)) this.#outbox.change(counted.entry);
    this.#wake(counted.dueAt);
  }

  /** A run may be refused, free what has ended, and be let through: then it was not refused. */
  noteAdmission({ runId, user, skill }: Admission, answer: AdmissionAnswer): void {
    if ("stale" in answer) return;
    if (answer.admitted) {
      if (this.#refusedRuns.size > 0) this.#takeBack(runId);
      return;
    }
    const { refusal } = answer;
    const windowMs = refusal.reason === "rate_limited" ? refusal.windowMs : REFUSAL_WINDOW_MS;
    this.#noteRefusal({ user, action: "run.refuse", target: skill, refusal, windowMs }, runId);
  }

  #takeBack(runId: string): void {
    const id = this.#refusedRuns.get(runId);
    this.#refusedRuns.delete(runId);
    const counted = id === undefined ? undefined : this.#counted.get(id);
    if (id === undefined || !counted) return;
    const fewer = addCount(counted, -1, counted.entry.at);
    if (fewer.entry.body.count > 0) {
      this.#counted.set(id, fewer);
      return;
    }
    this.#counted.delete(id);
    this.#outbox.drop(id);
  }

  async chain(): Promise<Chain> {
    await this.#drain();
    const first = toFirstLink(this.#tenant);
    return { base: this.#outbox.findLink("base") ?? first, head: this.#outbox.findLink("head") ?? first };
  }

  /** The base moves first: rows that are not deleted yet are forgotten all the same. */
  async #forget(before: number): Promise<void> {
    const [tenant, rows] = [this.#tenant, this.#rows];
    const { base } = await this.chain();
    const last = await rows.findLastBefore(tenant, before);
    if (last && last.position > base.position) this.#outbox.saveLink("base", last);
    if (last) await rows.dropUpTo(tenant, last.position);
  }

  /** With what else this object keeps: who may spend how much, which hosts are called. Memory goes when the object rests. */
  async #erase(): Promise<void> {
    await this.#drain();
    await this.#storage.deleteAll();
    await this.#storage.deleteAlarm();
  }

  /** Returns when all that was noted before stands in the rows. One at a time. */
  async #drain(): Promise<void> {
    // What came while another drain was under way may not be part of it.
    await this.#draining?.catch(() => undefined);
    this.#draining ??= this.#drainAll().finally(() => {
      this.#draining = null;
    });
    await this.#draining;
    const next = this.#outbox.findNextDue();
    if (next !== null) this.#wake(Math.max(next, this.#clock.now() + DRAIN_AFTER_MS));
  }

  async #drainAll(): Promise<void> {
    const [tenant, rows] = [this.#tenant, this.#rows];
    await this.#chainOld();
    do {
      for (let left = this.#outbox.listChained(); left.length > 0; left = this.#outbox.listChained()) {
        await rows.save(tenant, left);
        this.#outbox.dropChained(left.at(-1)?.position ?? 0);
      }
    } while (await this.#chainDue());
  }

  /** The first time: rows from before there was a chain are its beginning. */
  async #chainOld(): Promise<void> {
    if (this.#outbox.findLink("head")) return;
    const [tenant, rows] = [this.#tenant, this.#rows];
    const [last, unchained] = await Promise.all([rows.findLast(tenant), rows.listUnchained(tenant)]);
    this.#storage.transactionSync(() => {
      let head: Link = last ?? toFirstLink(tenant);
      this.#outbox.saveLink("base", toFirstLink(tenant));
      this.#outbox.saveLink("head", head);
      for (const entry of unchained) {
        const chained = toChained(entry, head);
        this.#outbox.add(entry, 0);
        this.#outbox.saveChained(chained);
        head = chained;
      }
    });
  }

  /** Whether anything was due. */
  async #chainDue(): Promise<boolean> {
    const [tenant, rows] = [this.#tenant, this.#rows];
    const due = this.#outbox.listDue(this.#clock.now());
    if (due.length === 0) return false;
    const known = new Set(
      await rows.findKnown(
        tenant,
        due.map(({ id }) => id),
      ),
    );
    this.#storage.transactionSync(() => {
      let head: Link = this.#outbox.findLink("head") ?? toFirstLink(tenant);
      for (const entry of due) {
        if (known.has(entry.id)) {
          this.#outbox.drop(entry.id);
          continue;
        }
        const chained = toChained(this.#counted.get(entry.id)?.entry ?? entry, head);
        this.#outbox.saveChained(chained);
        head = chained;
      }
    });
    for (const { id } of due) this.#counted.delete(id);
    return true;
  }

  #findStored({ entry: { id }, dueAt }: Counted): Counted | null {
    const entry = this.#outbox.find(id);
    // Stored by `noteRefusal`, under an id that nothing else makes.
    return entry === null ? null : { entry: entry as Counted["entry"], dueAt };
  }

  #rememberRun(runId: string, id: string): void {
    if (this.#refusedRuns.size >= MOST_REFUSED_RUNS) this.#refusedRuns.clear();
    this.#refusedRuns.set(runId, id);
  }
}

/** One row that no database takes as it is would keep all others from being written. */
function toKept(entry: AuditEntry): AuditEntry {
  const text = JSON.stringify(entry.body);
  const body =
    text.length <= MOST_BODY_CHARACTERS
      ? entry.body
      : { left_out_characters: text.length, sha256: sha256(text) };
  // A text of the database ends at its first NUL.
  return { ...entry, target: entry.target.replaceAll("\0", "\uFFFD"), body };
}
