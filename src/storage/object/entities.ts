// Runs a write and says which rows it touched, before and after. The rows are named by their rowid, which every table of
// this store has.
import type { Entity } from "../../kernel/domain/effect.ts";
import { OPAQUE } from "../../kernel/domain/statement-names.ts";
import type { SqlStatement } from "../../kernel/ports/tenant-store.ts";
import { toName } from "./sql-name.ts";

type Row = Record<string, SqlStorageValue>;
const ROWID = "_rowid";

export interface Touched {
  readonly entities: readonly Entity[];
  readonly rows: readonly Row[];
}

export function toEntities(
  sql: SqlStorage,
  statement: SqlStatement,
  values: readonly SqlStorageValue[],
): Touched {
  const { table } = statement;
  // Without its table no row could be named, left out or compared with what was agreed to.
  if (table === null) throw new Error("the table that this statement writes to cannot be told");
  const { base, returned } = splitReturning(statement.text.trim().replace(/;$/, ""));
  const before = readBefore(sql, table, statement.class === "delete" ? null : base);
  const rows = sql.exec(`${base} returning rowid as ${ROWID}, *${returned}`, ...values).toArray();
  const isDelete = statement.class === "delete";
  const entities = rows.map((row) => {
    const { [ROWID]: id, ...rest } = row;
    const old = isDelete ? rest : before.get(Number(id));
    return {
      id: `${table}:${String(id)}`,
      label: toLabel(rest),
      before: old,
      after: isDelete ? undefined : rest,
    };
  });
  return { entities, rows: rows.map(withoutRowId) };
}

/** The statement's own `returning` is asked for beside the whole row; the word may also stand in a text or a comment. */
function splitReturning(text: string): { base: string; returned: string } {
  const bare = text.replace(OPAQUE, (part) => " ".repeat(part.length));
  const at = bare.toLowerCase().search(/\breturning\b/);
  if (at === -1) return { base: text, returned: "" };
  return { base: text.slice(0, at), returned: `, ${text.slice(at + "returning".length)}` };
}

/** Statements that may change rows which are there. */
const OVERWRITES = /^\s*(?:update|replace)\b|^\s*insert\s+or\s+replace\b|\bon\s+conflict\b/i;

/** An update's old rows. `returning` shows only new ones, so the table is read first; inserts have no old rows. */
function readBefore(sql: SqlStorage, table: string, text: string | null): ReadonlyMap<number, Row> {
  if (text === null || !OVERWRITES.test(text)) return new Map();
  const rows = sql.exec(`select rowid as ${ROWID}, * from ${toName(table)}`).toArray();
  return new Map(rows.map(({ [ROWID]: id, ...rest }) => [Number(id), rest]));
}

/** The first few values, as a person would name the row. */
function toLabel(row: Row): string {
  return Object.values(row)
    .filter((value) => value !== null && value !== "")
    .slice(0, 4)
    .map(String)
    .join(" · ");
}

function withoutRowId(row: Row): Row {
  const { [ROWID]: _rowId, ...rest } = row;
  return rest;
}
