// A tenant's own SQL database, as the sql capability and data import see it.
import type { Entity } from "../domain/effect.ts";

export interface SqlStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly class: "read" | "write" | "delete";
  /** The one that a write changes; null of a read. */
  readonly table: string | null;
  /** All that it says it touches, in small letters as SQLite has them: it is stopped where it touches another. */
  readonly tables: readonly string[];
  readonly maxRows: number | null;
}

export interface SqlAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly changes: number;
  /** True when any table it named still holds practice data. */
  readonly practice: boolean;
}

export type SqlRefusal =
  | { readonly refused: "not_a_read" }
  | { readonly refused: "too_many_rows"; readonly rows: number }
  | { readonly refused: "drift"; readonly entities: readonly Entity[] }
  | { readonly refused: "no_table"; readonly table: string }
  | { readonly refused: "untold_table"; readonly table: string }
  | { readonly refused: "sql_error"; readonly message: string };

export interface Column {
  readonly name: string;
  /** Null: it is empty, or holds several of them. */
  readonly holds: "numbers" | "days" | "texts" | null;
}

export interface Imported {
  readonly rows: number;
  /** Whose rows stood there before; null: it is a new table. */
  readonly replaced: "own" | "practice" | null;
  readonly replacedRows: number;
}

export interface TenantStore {
  /** A write with a key is done once: the same key again returns the first answer. */
  run(
    statement: SqlStatement,
    key: string | null,
    agreed: { entities: readonly Entity[]; excluded: readonly string[] } | null,
  ): Promise<SqlAnswer | SqlRefusal>;
  /** Runs a write, reads what it touched, rolls it back. */
  preview(statement: SqlStatement): Promise<{ entities: readonly Entity[]; answer: SqlAnswer } | SqlRefusal>;
  importTable(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    origin: "own" | "practice",
  ): Promise<Imported | SqlRefusal>;
  /** False: there is no such table. */
  dropTable(table: string): Promise<boolean>;
  tables(): Promise<readonly { name: string; rows: number; origin: string }[]>;
  /** In order; empty when there is no such table. */
  columns(table: string): Promise<readonly Column[]>;
  /** Empties a scratch store. */
  clear(): Promise<void>;
}
