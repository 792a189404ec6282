// Corrections of the ledger, and switches that hold for every tenant. A correction is never changed; its entry stands in the ledger.
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerCorrections = sqliteTable(
  "ledger_corrections",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    runId: text("run_id").notNull(),
    rightMicroUsd: integer("right_micro_usd").notNull(),
    changeMicroUsd: integer("change_micro_usd").notNull(),
    because: text("because").notNull(),
    user: text("user").notNull(),
    /** When its run ended. */
    at: integer("at").notNull(),
    madeAt: integer("made_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index("ledger_corrections_run").on(table.tenant, table.runId),
  ],
);

/** A row stands while its switch is on. */
export const systemSwitches = sqliteTable("system_switches", {
  name: text("name").primaryKey(),
  since: integer("since").notNull(),
});
