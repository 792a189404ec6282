// Runs a write and says which rows it touched, before and after. The rows are named by their rowid, which every table of
// this store has.
import type { Entity } from "../../kernel/domain/effect.ts";
import type { SqlStatement } from "../../kernel/ports/tenant-store.ts";
import { toName } from "./sql-name.ts";

type Row = Record<string, SqlStorageValue>;
const ROWID = "_rowid";

/** The table a statement writes to, by its own words. */
export function findTable(text: string): string | null {
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
  const found =
    /\b(?:delete\s+from|insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?)\s+"?([\p{L}_][\p{L}\p{N}_]*)"?/iu.exec(
      bare,
    );
  return found?.[1] ?? null;
}

export interface Touched {
  readonly entities: readonly Entity[];
  readonly rows: readonly Row[];
}

export function toEntities(
  sql: SqlStorage,
  statement: SqlStatement,
  values: readonly SqlStorageValue[],
): Touched {
  const table = findTable(statement.text);
  const text = statement.text.trim().replace(/;$/, "");
  const hasReturning = /\breturning\b/i.test(text);
  if (table === null || hasReturning) return toUnnamed(sql.exec(text, ...values).toArray());
  const before = readBefore(sql, table, statement.class === "delete" ? null : text);
  const rows = sql.exec(`${text} returning rowid as ${ROWID}, *`, ...values).toArray();
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

/** An update's old rows. `returning` shows only new ones, so the table is read first; inserts have no old rows. */
function readBefore(sql: SqlStorage, table: string, text: string | null): ReadonlyMap<number, Row> {
  if (text === null || !/^\s*update\b/i.test(text)) return new Map();
  const rows = sql.exec(`select rowid as ${ROWID}, * from ${toName(table)}`).toArray();
  return new Map(rows.map(({ [ROWID]: id, ...rest }) => [Number(id), rest]));
}

function toUnnamed(rows: readonly Row[]): Touched {
  return {
    entities: rows.map((row, index) => ({ id: `row:${index}`, label: toLabel(row), after: row })),
    rows,
  };
}

function withoutRowId(row: Row): Row {
  const { [ROWID]: _rowId, ...rest } = row;
  return rest;
}

/** The first few values, as a person would name the row. */
function toLabel(row: Row): string {
  return Object.values(row)
    .filter((value) => value !== null && value !== "")
    .slice(0, 4)
    .map(String)
    .join(" · ");
}
