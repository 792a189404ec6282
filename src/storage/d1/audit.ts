// Audit rows: added, read, never changed.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Audit, AuditEntry } from "../../kernel/ports/audit.ts";

const ADD = `insert or ignore into audit (id, tenant, at, user, action, target, outcome, body)
  select value->>'id', ?1, value->>'at', value->>'user', value->>'action', value->>'target', value->>'outcome', value->>'body' from json_each(?2)`;

const Row = z.object({
  seq: z.number(),
  id: z.string(),
  at: z.number(),
  user: z.string(),
  action: z.string(),
  target: z.string(),
  outcome: z.string(),
  body: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
});

export class D1Audit implements Audit {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(tenant: TenantId, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const rows = entries.map((entry) => ({ ...entry, body: JSON.stringify(entry.body) }));
    await this.#db.prepare(ADD).bind(tenant, JSON.stringify(rows)).run();
  }

  async list(tenant: TenantId, filter: { since: number; action: string | null; limit: number }) {
    const { results } = await this.#db
      .prepare(
        "select * from audit where tenant = ?1 and seq > ?2 and (?3 is null or action = ?3) order by seq limit ?4",
      )
      .bind(tenant, filter.since, filter.action, filter.limit)
      .all();
    return results.map((row) => Row.parse(row));
  }
}
