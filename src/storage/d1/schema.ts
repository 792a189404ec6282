// The tables of one cell. Every row carries its tenant; documents are immutable and content-hashed, the registry points at them.
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Immutable: a skill version, a connector, a fixture, a policy. */
export const documents = sqliteTable(
  "documents",
  {
    tenant: text("tenant").notNull(),
    hash: text("hash").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    /** The parsed document as JSON. */
    document: text("document").notNull(),
    /** The file as written. */
    source: text("source").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Who gave it first; null: the host's files, or nobody knows. */
    madeBy: text("made_by"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.hash] }),
    index("documents_name").on(table.tenant, table.kind, table.name),
  ],
);

/** Which document serves under a name now. */
export const registry = sqliteTable(
  "registry",
  {
    tenant: text("tenant").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    hash: text("hash").notNull(),
    /** `file` rows follow the skills folder; `http` rows are never removed by a reload. */
    origin: text("origin").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** Who lets it serve; null as above. */
    putBy: text("put_by"),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.kind, table.name] })],
);

export const runs = sqliteTable(
  "runs",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    /** Last six characters of the id: what people type. */
    short: text("short").notNull(),
    skill: text("skill").notNull(),
    status: text("status").notNull(),
    channel: text("channel").notNull(),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
    costMicroUsd: integer("cost_micro_usd").notNull(),
    /** What the run's limits are counted by, and lists show of it. */
    user: text("user"),
    keyId: text("key_id"),
    /** JSON list: the other skills that it could call, whose limits it is counted by too. */
    called: text("called").notNull().default("[]"),
    /** Sealed. */
    query: text("query"),
    confidence: real("confidence"),
    code: text("code"),
    /** The run record, sealed: input, steps, effects, answer. Its events stand in the log. */
    record: text("record").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index("runs_recent").on(table.tenant, table.createdAt),
    index("runs_short").on(table.tenant, table.short),
  ],
);

/** Telemetry in the order in which it arrived: one row for all that a finished run has to tell, or for what was told by itself. */
export const eventLog = sqliteTable(
  "event_log",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    tenant: text("tenant").notNull(),
    /** Run id, or `request id:n`: draining twice writes once. */
    id: text("id").notNull(),
    runId: text("run_id"),
    at: integer("at").notNull(),
    /** A JSON list of events. */
    events: text("events"),
  },
  (table) => [
    uniqueIndex("event_log_once").on(table.tenant, table.id),
    index("event_log_of_run")
      .on(table.tenant, table.runId)
      .where(sql`events is not null and run_id is not null`),
    index("event_log_tenant").on(table.tenant),
  ],
);

export const feedback = sqliteTable(
  "feedback",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    user: text("user").notNull(),
    query: text("query").notNull(),
    chosen: text("chosen"),
    expected: text("expected"),
    source: text("source").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

export const webhooks = sqliteTable(
  "webhooks",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    skill: text("skill").notNull(),
    scheme: text("scheme").notNull(),
    /** Null: the operator's SKILLOS_WEBHOOK_SECRET. */
    secret: text("secret"),
    user: text("user").notNull(),
    role: text("role").notNull(),
    /** The key that bounds it, and with whose line it ends; null: it is bound to its user alone. */
    keyId: text("key_id"),
    createdAt: integer("created_at").notNull(),
    /** Who set the secret, whoever has taken it over since; null: its user, where it has its own. */
    secretBy: text("secret_by"),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** A delivery is stored before it is answered; the queue only wakes its run. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    tenant: text("tenant").notNull(),
    webhook: text("webhook").notNull(),
    eventId: text("event_id").notNull(),
    status: text("status").notNull(),
    input: text("input").notNull(),
    attempts: integer("attempts").notNull().default(0),
    runId: text("run_id"),
    receivedAt: integer("received_at").notNull(),
    problem: text("problem"),
    /** Who had set the secret that it was signed with. */
    secretBy: text("secret_by"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.webhook, table.eventId] }),
    index("deliveries_open").on(table.status, table.receivedAt),
  ],
);

/** Which signatures have been accepted, and for which event: what a signature covers is delivered once, whatever it is called. */
export const deliverySignatures = sqliteTable(
  "delivery_signatures",
  {
    tenant: text("tenant").notNull(),
    webhook: text("webhook").notNull(),
    /** Hash of what was signed. */
    signed: text("signed").notNull(),
    eventId: text("event_id").notNull(),
    /** The request that brought it first. */
    requestId: text("request_id").notNull(),
    receivedAt: integer("received_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.webhook, table.signed] }),
    index("delivery_signatures_age").on(table.receivedAt),
  ],
);

export const schedules = sqliteTable(
  "schedules",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    skill: text("skill").notNull(),
    /** One ISO-8601 time, or a cron expression in the zone. */
    runAt: integer("run_at"),
    cron: text("cron"),
    timeZone: text("time_zone").notNull(),
    /** Sealed. */
    input: text("input").notNull(),
    /** Which files the input names, for the sweep of old ones. */
    files: text("files").notNull().default(""),
    enabled: integer("enabled").notNull().default(1),
    maxRetries: integer("max_retries").notNull().default(0),
    /** Null when nothing is due any more. */
    nextAt: integer("next_at"),
    user: text("user").notNull(),
    role: text("role").notNull(),
    /** As a webhook's. */
    keyId: text("key_id"),
    createdAt: integer("created_at").notNull(),
    /** Who gave its input, whoever has taken it over since; null: its user. */
    inputBy: text("input_by"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index("schedules_due").on(table.enabled, table.nextAt),
  ],
);

/** One row per (schedule, slot): two ticks of the same slot start one run. */
export const occurrences = sqliteTable(
  "occurrences",
  {
    tenant: text("tenant").notNull(),
    schedule: text("schedule").notNull(),
    slot: integer("slot").notNull(),
    status: text("status").notNull(),
    runId: text("run_id"),
    startedAt: integer("started_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.schedule, table.slot] })],
);

export const attachments = sqliteTable(
  "attachments",
  {
    tenant: text("tenant").notNull(),
    sha256: text("sha256").notNull(),
    filename: text("filename").notNull(),
    contentType: text("content_type").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    createdAt: integer("created_at").notNull(),
    /** JSON list of marks: of the keys for some skills that it was attached with. */
    attachedBy: text("attached_by").notNull().default("[]"),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.sha256] })],
);

export const vectors = sqliteTable(
  "vectors",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    model: text("model").notNull(),
    /** A byte for each figure, in base64. */
    embedding: text("embedding").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** How far a tenant's texts are embedded, and how much that counts in its catalogue. */
export const embeddings = sqliteTable("embeddings", {
  tenant: text("tenant").primaryKey(),
  model: text("model").notNull(),
  content: text("content").notNull(),
  texts: integer("texts").notNull(),
  /** JSON; null until it is measured. */
  blend: text("blend"),
});

/** Runner shards that may hold unfinished runs: the cron tick wakes what an alarm missed. */
export const openShards = sqliteTable(
  "open_shards",
  {
    tenant: text("tenant").notNull(),
    shard: integer("shard").notNull(),
    since: integer("since").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.shard] })],
);
