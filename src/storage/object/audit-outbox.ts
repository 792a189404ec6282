// What was noted and does not stand in the audit's rows yet, in the guard's own SQLite; and the two ends of the chain.
// Rows get their link here, durably, before they are written there: whoever writes them again writes the same.
import { invariant } from "../../kernel/domain/refusal.ts";
import type { ChainedEntry, Link, StoredEntry } from "../../kernel/ports/audit.ts";

const TABLES = `
  create table if not exists audit_outbox (place integer primary key autoincrement, id text not null unique, due_at integer not null,
    entry text not null, position integer);
  create table if not exists audit_links (name text primary key, position integer not null, hash text not null);
`;

/** One statement of the database takes a batch. */
const BATCH_ROWS = 250;
const BATCH_CHARACTERS = 500_000;

export class AuditOutbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(TABLES);
  }

  /** What waits under this id already stays as it is. */
  add(entry: StoredEntry, dueAt: number): void {
    this.#sql.exec(
      "insert or ignore into audit_outbox (id, due_at, entry) values (?, ?, ?)",
      entry.id,
      dueAt,
      JSON.stringify(entry),
    );
  }

  change(entry: StoredEntry): void {
    this.#sql.exec("update audit_outbox set entry = ? where id = ?", JSON.stringify(entry), entry.id);
  }

  find(id: string): StoredEntry | null {
    const [row] = this.#sql.exec("select entry from audit_outbox where id = ?", id).toArray();
    return row ? parse<StoredEntry>(row["entry"]) : null;
  }

  /** What has its link stands in the chain. */
  drop(id: string): void {
    this.#sql.exec("delete from audit_outbox where id = ? and position is null", id);
  }

  listDue(now: number): readonly StoredEntry[] {
    const due =
      "select entry from audit_outbox where position is null and due_at <= ? order by place limit ?";
    return toBatch<StoredEntry>(this.#sql.exec(due, now, BATCH_ROWS).toArray());
  }

  listChained(): readonly ChainedEntry[] {
    const chained = "select entry from audit_outbox where position is not null order by position limit ?";
    return toBatch<ChainedEntry>(this.#sql.exec(chained, BATCH_ROWS).toArray());
  }

  saveChained(entry: ChainedEntry): void {
    this.#sql.exec(
      "update audit_outbox set entry = ?, position = ? where id = ?",
      JSON.stringify(entry),
      entry.position,
      entry.id,
    );
    this.saveLink("head", entry);
  }

  dropChained(upTo: number): void {
    this.#sql.exec("delete from audit_outbox where position <= ?", upTo);
  }

  /** When the next row may go; null: none waits. */
  findNextDue(): number | null {
    const [row] = this.#sql.exec("select min(due_at) as due from audit_outbox").toArray();
    return typeof row?.["due"] === "number" ? row["due"] : null;
  }

  findLink(name: "base" | "head"): Link | null {
    const [row] = this.#sql.exec("select position, hash from audit_links where name = ?", name).toArray();
    return row ? { position: Number(row["position"]), hash: String(row["hash"]) } : null;
  }

  saveLink(name: "base" | "head", { position, hash }: Link): void {
    this.#sql.exec("insert or replace into audit_links values (?, ?, ?)", name, position, hash);
  }
}

/** Written by this class alone. */
function parse<T>(text: unknown): T {
  invariant(typeof text === "string", "a waiting entry is text");
  return JSON.parse(text) as T;
}

function toBatch<T>(rows: readonly Record<string, unknown>[]): readonly T[] {
  let characters = 0;
  const batch: T[] = [];
  for (const { entry } of rows) {
    characters += String(entry).length;
    if (characters > BATCH_CHARACTERS && batch.length > 0) break;
    batch.push(parse<T>(entry));
  }
  return batch;
}
