// Links by which people answer a question without a key.
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Of the token of a link only its SHA-256 is kept; the link itself is in the mail of one person. */
export const approvalLinks = sqliteTable(
  "approval_links",
  {
    hash: text("hash").primaryKey(),
    tenant: text("tenant").notNull(),
    runId: text("run_id").notNull(),
    /** Whose decision it will be. */
    user: text("user").notNull(),
    role: text("role").notNull(),
    keyId: text("key_id"),
    /** JSON list: other users into whose hands it came. */
    hands: text("hands").notNull().default("[]"),
    /** Of what he was shown. */
    manifest: text("manifest").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    usedAt: integer("used_at"),
  },
  (table) => [index("approval_links_expires").on(table.expiresAt)],
);
