// The audit as operations use it: notes go to the tenant's guard, who alone writes; rows are read here.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Audit, AuditEntry, AuditTrail, RefusalNote } from "../../kernel/ports/audit.ts";
import { toEntry } from "./audit-row.ts";

/** The oldest rows of the cell that are looked at in one sweep. */
const AGE_BATCH = 500;

export class D1Audit implements Audit {
  readonly #db: D1Database;
  readonly #trail: AuditTrail;

  constructor(db: D1Database, trail: AuditTrail) {
    this.#db = db;
    this.#trail = trail;
  }

  async add(tenant: TenantId, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await this.#trail.note(tenant, entries);
  }

  async begin(tenant: TenantId, entry: AuditEntry): Promise<void> {
    await this.#trail.begin(tenant, entry);
  }

  async end(tenant: TenantId, begun: string, entries: readonly AuditEntry[]): Promise<void> {
    await this.#trail.end(tenant, begun, entries);
  }

  async erase(tenant: TenantId): Promise<void> {
    await this.#trail.erase(tenant);
  }

  async addRefusal(tenant: TenantId, note: RefusalNote): Promise<void> {
    await this.#trail.noteRefusal(tenant, note);
  }

  async chain(tenant: TenantId) {
    return this.#trail.chain(tenant);
  }

  async list(tenant: TenantId, filter: { since: number; action: string | null; limit: number }) {
    const { results } = await this.#db
      .prepare(
        "select * from audit where tenant = ?1 and position > ?2 and (?3 is null or action = ?3) order by position limit ?4",
      )
      .bind(tenant, filter.since, filter.action, filter.limit)
      .all();
    return results.map((row) => toEntry(row));
  }

  /** One without a position if there is any, else the last. */
  async findStray(tenant: TenantId) {
    return this.#db
      .prepare(
        "select id, position from audit where tenant = ?1 order by position is not null, position desc limit 1",
      )
      .bind(tenant)
      .first<{ id: string; position: number | null }>();
  }

  async forget(before: number): Promise<void> {
    const { results } = await this.#db
      .prepare(
        "select distinct tenant from (select tenant, at from audit order by seq limit ?1) where at < ?2",
      )
      .bind(AGE_BATCH, before)
      .all<{ tenant: TenantId }>();
    for (const { tenant } of results) await this.#trail.forget(tenant, before);
  }
}
