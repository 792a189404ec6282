// Brings the local database to the newest schema, with the bookkeeping of `wrangler d1 migrations apply`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TABLE = `create table if not exists "d1_migrations"(
  id integer primary key autoincrement,
  name text unique,
  applied_at timestamp default current_timestamp not null
)`;

/** drizzle-kit separates statements by this comment; a trigger's own semicolons stay inside one statement. */
const BREAK = "--> statement-breakpoint";

/** @param {string} sql */
const statementsOf = (sql) =>
  sql
    .split(BREAK)
    .map((statement) => statement.trim())
    .filter(Boolean);

/**
 * Each migration and its row are one batch: a crash in between leaves neither.
 * @param {import("./runtime.mjs").Batch} batch
 * @param {string} directory
 */
export async function applyMigrations(batch, directory) {
  const [, rows = []] = await batch([{ sql: TABLE }, { sql: 'select name from "d1_migrations"' }]);
  const applied = new Set(rows.map(({ name }) => name));
  const missing = readdirSync(directory)
    .filter((name) => name.endsWith(".sql") && !applied.has(name))
    .sort();
  for (const name of missing) {
    const statements = statementsOf(readFileSync(join(directory, name), "utf8")).map((sql) => ({ sql }));
    await batch([...statements, { sql: 'insert into "d1_migrations" (name) values (?)', values: [name] }]);
  }
  return missing;
}
