// Keys and secrets. Nothing here is of use without the operator's master key.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A tenant's data keys, wrapped: the newest seals, all of them open. */
export const tenantKeys = sqliteTable(
  "tenant_keys",
  {
    tenant: text("tenant").notNull(),
    version: integer("version").notNull(),
    wrapped: text("wrapped").notNull(),
    /** The mark of the master key that wraps it. */
    master: text("master").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.version] })],
);

/** What a tenant's connectors name as `secret:NAME`. */
export const secrets = sqliteTable(
  "secrets",
  {
    tenant: text("tenant").notNull(),
    name: text("name").notNull(),
    /** Sealed. */
    value: text("value").notNull(),
    user: text("user").notNull(),
    setAt: integer("set_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.name] })],
);
