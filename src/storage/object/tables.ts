// A tenant's own tables in the SQLite of its store object. Each write is done once per key; a read that writes is undone.
import { toNames } from "../../kernel/domain/statement-names.ts";
import type { Entity } from "../../kernel/domain/effect.ts";
import type {
  Column,
  Imported,
  SqlAnswer,
  SqlRefusal,
  SqlStatement,
} from "../../kernel/ports/tenant-store.ts";
import type { Agreement } from "./agreed-rows.ts";
import { findDrift, isLeftOut, skipRows } from "./agreed-rows.ts";
import { toEntities } from "./entities.ts";
import { StatementCheck } from "./sql-check.ts";
import { toName } from "./sql-name.ts";

type Row = Record<string, SqlStorageValue>;

/** Own bookkeeping is prefixed, so that no imported table replaces it; statements of skills may not reach it. */
const TABLES = `
  create table if not exists _done (key text primary key, answer text not null);
  create table if not exists _tables (name text primary key, origin text not null);
`;

/** More than any step may keep; a join may multiply rows until the memory is full. */
const MAX_READ_CHARACTERS = 8_000_000;

/** Leaves the transaction with a refusal instead of a commit. */
class Undo extends Error {
  readonly refusal: SqlRefusal | null;
  constructor(refusal: SqlRefusal | null) {
    super("undone");
    this.refusal = refusal;
  }
}

export class TenantTables {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #check: StatementCheck;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#sql.exec(TABLES);
    this.#check = new StatementCheck(this.#sql);
  }

  run(statement: SqlStatement, key: string | null, agreed: Agreement | null): SqlAnswer | SqlRefusal {
    return this.#inTransaction(() => {
      const known = key === null ? null : this.#loadDone(key);
      if (known) return known;
      this.#checkStatement(statement);
      const answer = statement.class === "read" ? this.#read(statement) : this.#write(statement, agreed);
      if (key !== null) this.#sql.exec("insert into _done values (?, ?)", key, JSON.stringify(answer));
      return answer;
    });
  }

  /** Does the write, looks at what it touched, and undoes it: the database itself says what would happen. */
  preview(statement: SqlStatement): { entities: readonly Entity[]; answer: SqlAnswer } | SqlRefusal {
    let seen: { entities: readonly Entity[]; answer: SqlAnswer } | null = null;
    const outcome = this.#inTransaction(() => {
      this.#checkStatement(statement);
      const touched = this.#touch(statement);
      seen = { entities: touched.entities, answer: touched.answer };
      throw new Undo(null);
    });
    return (
      seen ??
      (outcome && "refused" in outcome ? outcome : { refused: "sql_error", message: "nothing to preview" })
    );
  }

  importTable(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    origin: string,
  ): Imported | SqlRefusal {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const done = this.#inTransaction<Imported>(() => {
      const replaced = this.#originOf(table);
      const replacedRows = replaced === null ? 0 : this.#countRows(table);
      const list = columns.map(toName).join(", ");
      this.#sql.exec(`drop table if exists ${toName(table)}`);
      this.#sql.exec(`create table ${toName(table)} (${list})`);
      for (const row of rows) {
        const values = columns.map((column) => toSqlValue(row[column]));
        this.#sql.exec(
          `insert into ${toName(table)} (${list}) values (${columns.map(() => "?").join(", ")})`,
          ...values,
        );
      }
      this.#sql.exec("insert or replace into _tables values (?, ?)", table, origin);
      this.#check.forget();
      return { rows: rows.length, replaced, replacedRows };
    });
    return done;
  }

  dropTable(table: string): boolean {
    if (this.#originOf(table) === null) return false;
    this.#storage.transactionSync(() => {
      this.#sql.exec(`drop table if exists ${toName(table)}`);
      this.#sql.exec("delete from _tables where name = ?", table);
    });
    this.#check.forget();
    return true;
  }

  tables(): { name: string; rows: number; origin: string }[] {
    return this.#sql
      .exec("select name, origin from _tables order by name")
      .toArray()
      .map((row) => {
        const name = String(row["name"]);
        return { name, origin: String(row["origin"]), rows: this.#countRows(name) };
      });
  }

  #countRows(table: string): number {
    const [count] = this.#sql.exec(`select count(*) as n from ${toName(table)}`).toArray();
    return Number(count?.["n"] ?? 0);
  }

  #originOf(table: string): Imported["replaced"] {
    const [row] = this.#sql.exec("select origin from _tables where name = ?", table).toArray();
    if (!row) return null;
    return row["origin"] === "practice" ? "practice" : "own";
  }

  columns(table: string): Column[] {
    const names = this.#sql.exec("select name from pragma_table_info(?)", table).toArray();
    return names.map((row) => {
      const name = String(row["name"]);
      const kinds = this.#sql.exec<{ kind: Column["holds"] }>(toKindsOf(toName(name), toName(table)));
      const [first, second] = kinds.toArray();
      return { name, holds: second === undefined ? (first?.kind ?? null) : null };
    });
  }

  #loadDone(key: string): SqlAnswer | null {
    const [row] = this.#sql.exec("select answer from _done where key = ?", key).toArray();
    // Written by `run` above, in the transaction of the write it answers.
    return row ? (JSON.parse(String(row["answer"])) as SqlAnswer) : null;
  }

  #checkStatement({ text, values, tables }: SqlStatement): void {
    const wrong = this.#check.findWrong({ text, values: values.map(toSqlValue) }, tables);
    if (wrong !== null) throw new Undo(wrong);
  }

  #read(statement: SqlStatement): SqlAnswer {
    const cursor = this.#sql.exec(statement.text, ...statement.values.map(toSqlValue));
    const rows: Record<string, unknown>[] = [];
    let left = MAX_READ_CHARACTERS;
    for (const row of cursor) {
      for (const value of Object.values(row)) left -= typeof value === "string" ? value.length : 8;
      if (left < 0)
        throw new Undo({ refused: "sql_error", message: "the select has more rows than can be read" });
      rows.push(toPlainRow(row));
    }
    if (cursor.rowsWritten > 0) throw new Undo({ refused: "not_a_read" });
    return { rows, changes: 0, practice: this.#isPractice(statement.text) };
  }

  #write(statement: SqlStatement, agreed: Agreement | null): SqlAnswer {
    if (agreed === null) return this.#touch(statement).answer;
    if (isLeftOut(agreed)) return { rows: [], changes: 0, practice: this.#isPractice(statement.text) };
    const leave = skipRows(this.#sql, statement, agreed.excluded);
    const touched = this.#touch(statement);
    leave();
    const drift = findDrift(agreed, touched.entities);
    if (drift.length > 0) throw new Undo({ refused: "drift", entities: drift });
    return touched.answer;
  }

  #touch(statement: SqlStatement): { entities: readonly Entity[]; answer: SqlAnswer } {
    const { entities, rows } = toEntities(this.#sql, statement, statement.values.map(toSqlValue));
    const changes = entities.length;
    if (statement.maxRows !== null && changes > statement.maxRows)
      throw new Undo({ refused: "too_many_rows", rows: changes });
    return {
      entities,
      answer: { rows: rows.map(toPlainRow), changes, practice: this.#isPractice(statement.text) },
    };
  }

  #isPractice(text: string): boolean {
    const words = new Set(toNames(text));
    const practice = this.#sql.exec("select name from _tables where origin = 'practice'").toArray();
    return practice.some((row) => words.has(String(row["name"]).toLowerCase()));
  }

  #inTransaction<Answer>(work: () => Answer): Answer | SqlRefusal {
    try {
      return this.#storage.transactionSync(work);
    } catch (error) {
      if (error instanceof Undo) return error.refusal ?? { refused: "sql_error", message: "undone" };
      const message = error instanceof Error ? error.message : String(error);
      const table = /^no such table: (?:main\.)?([\p{L}\p{N}_]+)/u.exec(message)?.[1];
      return table === undefined ? { refused: "sql_error", message } : { refused: "no_table", table };
    }
  }
}

function toKindsOf(column: string, table: string): string {
  const day = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*";
  const kind = `case when typeof(${column}) in ('integer', 'real') then 'numbers' when ${column} glob '${day}' then 'days' else 'texts' end`;
  return `select distinct ${kind} as kind from ${table} where ${column} is not null limit 2`;
}

function toSqlValue(value: unknown): SqlStorageValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return JSON.stringify(value);
}

function toPlainRow(row: Row): Record<string, unknown> {
  return { ...row };
}
