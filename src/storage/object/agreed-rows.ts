// Holds a write to what a person agreed to: left-out rows are skipped, any other difference stops it.
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import type { Entity } from "../../kernel/domain/effect.ts";
import type { SqlStatement } from "../../kernel/ports/tenant-store.ts";
import { findTable } from "./entities.ts";
import { toName } from "./sql-name.ts";

export interface Agreement {
  readonly entities: readonly Entity[];
  readonly excluded: readonly string[];
}

const TRIGGER = "_left_out";

/** SQLite's own way to skip single rows of any statement: a trigger that says ignore. Returns how to take it away. */
export function skipRows(sql: SqlStorage, statement: SqlStatement, excluded: readonly string[]): () => void {
  const table = findTable(statement.text);
  const rowIds = excluded.map((id) => Number(id.slice(id.lastIndexOf(":") + 1))).filter(Number.isSafeInteger);
  if (table === null || rowIds.length === 0) return () => undefined;
  const event = statement.class === "delete" ? "delete" : "update";
  sql.exec(
    `create trigger ${TRIGGER} before ${event} on ${toName(table)} when old.rowid in (${rowIds.join(", ")})
     begin select raise(ignore); end`,
  );
  return () => sql.exec(`drop trigger ${TRIGGER}`);
}

/** Entities that were touched but not agreed to, agreed to but not touched, or not what they were. */
export function findDrift(agreed: Agreement, touched: readonly Entity[]): readonly Entity[] {
  const wanted = new Map(
    agreed.entities
      .filter((entity) => !agreed.excluded.includes(entity.id))
      .map((entity) => [entity.id, entity]),
  );
  const drift: Entity[] = [];
  for (const entity of touched) {
    const expected = wanted.get(entity.id);
    wanted.delete(entity.id);
    // A row that is inserted has no old state; its id is not known before.
    if (expected === undefined ? entity.before !== undefined : !isSame(expected.before, entity.before))
      drift.push(entity);
  }
  for (const missing of wanted.values()) if (missing.before !== undefined) drift.push(missing);
  return drift;
}

function isSame(left: unknown, right: unknown): boolean {
  return toCanonicalJson(left ?? null) === toCanonicalJson(right ?? null);
}
