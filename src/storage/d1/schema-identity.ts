// The tables of one cell that say who is who: tenants, their users, and the keys of these.
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenants = sqliteTable("tenants", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  timeZone: text("time_zone").notNull().default("Europe/Moscow"),
  currency: text("currency").notNull().default("RUB"),
  /** Grows with every change of the registry, in the batch of that change. */
  registryVersion: integer("registry_version").notNull().default(0),
  /** JSON: what it pays for models, by their ids. */
  prices: text("prices").notNull().default("{}"),
  createdAt: integer("created_at").notNull(),
});

export const users = sqliteTable(
  "users",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    role: text("role").notNull(),
    name: text("name").notNull().default(""),
    createdAt: integer("created_at").notNull(),
    /** Kept after removal: tokens that still name him are refused by it. */
    removedAt: integer("removed_at"),
    /** Where questions are put to him; empty: nowhere, unless his id is an address. */
    email: text("email").notNull().default(""),
    /** Links go to addresses that were there when the question was put. */
    emailSince: integer("email_since").notNull().default(0),
    /** JSON list: beside himself, who set it, or had the key in hand that did. */
    emailBy: text("email_by").notNull().default("[]"),
    /** What he was, where his role was made smaller; and when that was last. */
    roleBefore: text("role_before"),
    roleSince: integer("role_since").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** Who came by a token (JWT), and with which role: of those whom no owner has written down, this alone says that they are there. */
export const tokenUsers = sqliteTable(
  "token_users",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    role: text("role").notNull(),
    seenAt: integer("seen_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** Keys are stored as SHA-256 of the key; the key itself is shown once. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    hash: text("hash").primaryKey(),
    id: text("id").notNull(),
    tenant: text("tenant").notNull(),
    user: text("user").notNull(),
    role: text("role").notNull(),
    /** JSON list of scopes. */
    scopes: text("scopes").notNull(),
    unlimited: integer("unlimited").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    revokedAt: integer("revoked_at"),
    name: text("name").notNull().default(""),
    /** JSON list of globs; null: every skill. */
    skills: text("skills"),
    /** At most a minute old. */
    lastUsedAt: integer("last_used_at"),
    /** The key that it was rotated into. */
    replacedBy: text("replaced_by"),
    /** Whose hands it came from: the user who made or rotated it. */
    madeBy: text("made_by"),
    /** The key that asked for it. */
    madeWith: text("made_with"),
    /** The first of the keys that it was rotated along; null: itself. */
    root: text("root"),
    /** JSON list: the roots of the keys that it comes from, made with them or in their place. Their limits bind it. */
    line: text("line").notNull().default("[]"),
    /** JSON list: other users who had it, or a key that it was made with, in their hands. */
    hands: text("hands").notNull().default("[]"),
  },
  (table) => [index("api_keys_tenant").on(table.tenant)],
);
