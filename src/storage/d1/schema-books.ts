// The books of one cell: money and decisions. Rows are added and, after seven years, forgotten; none is changed.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Double entry: the rows of one `entry` sum to zero. Append-only. */
export const ledger = sqliteTable(
  "ledger",
  {
    tenant: text("tenant").notNull(),
    entry: text("entry").notNull(),
    account: text("account").notNull(),
    microUsd: integer("micro_usd").notNull(),
    runId: text("run_id"),
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.entry, table.account] }),
    index("ledger_at").on(table.tenant, table.at),
  ],
);

/** Every decision, change of configuration and refusal; append-only, each row linked to the one before it. */
export const audit = sqliteTable(
  "audit",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    id: text("id").notNull(),
    tenant: text("tenant").notNull(),
    at: integer("at").notNull(),
    user: text("user").notNull(),
    action: text("action").notNull(),
    target: text("target").notNull(),
    outcome: text("outcome").notNull(),
    body: text("body").notNull(),
    /** Of the tenant's chain. Null: written before there was one; the guard takes it in. */
    position: integer("position"),
    previous: text("previous"),
    hash: text("hash"),
  },
  (table) => [
    uniqueIndex("audit_once").on(table.tenant, table.id),
    uniqueIndex("audit_chain").on(table.tenant, table.position),
  ],
);
