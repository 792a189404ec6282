// Holds a write to what a person agreed to: left-out rows are skipped, any other difference stops it.
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import type { Entity } from "../../kernel/domain/effect.ts";
import type { SqlStatement } from "../../kernel/ports/tenant-store.ts";
import { toName } from "./sql-name.ts";

export interface Agreement {
  readonly entities: readonly Entity[];
  readonly excluded: readonly string[];
}

const TRIGGER = "_left_out";

/** SQLite's own way to skip single rows of any statement: a trigger that says ignore. Returns how to take it away. */
export function skipRows(sql: SqlStorage, statement: SqlStatement, excluded: readonly string[]): () => void {
  const { table } = statement;
  const rowIds = excluded.map((id) => Number(id.slice(id.lastIndexOf(":") + 1))).filter(Number.isSafeInteger);
  if (table === null || rowIds.length === 0) return () => undefined;
  const event = statement.class === "delete" ? "delete" : "update";
  sql.exec(
    `create trigger ${TRIGGER} before ${event} on ${toName(table)} when old.rowid in (${rowIds.join(", ")})
     begin select raise(ignore); end`,
  );
  return () => sql.exec(`drop trigger ${TRIGGER}`);
}

/** All of it: a row that is not there yet is skipped by no trigger, so the statement is not done. */
export function isLeftOut({ entities, excluded }: Agreement): boolean {
  return entities.length > 0 && entities.every(({ id }) => excluded.includes(id));
}

/** Entities that were touched but not agreed to, agreed to but not touched, or not what they were or would become. */
export function findDrift(agreed: Agreement, touched: readonly Entity[]): readonly Entity[] {
  const left = agreed.entities.filter((entity) => !agreed.excluded.includes(entity.id));
  const drift: Entity[] = [];
  for (const entity of touched) {
    const at = left.findIndex((one) => isSame(one, entity));
    if (at === -1) drift.push(entity);
    else left.splice(at, 1);
  }
  return [...drift, ...left];
}

/** A new row's id is not known before; any other row is known by it. */
function isSame(one: Entity, other: Entity): boolean {
  const isNew = one.before === undefined && other.before === undefined;
  if (!isNew && one.id !== other.id) return false;
  const content = ({ before, after }: Entity) =>
    toCanonicalJson({ before: before ?? null, after: after ?? null });
  return content(one) === content(other);
}
