// Audit rows as the guard of their tenant writes them: added and, past their time, dropped; never changed.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { AuditRows, ChainedEntry, Link, StoredEntry } from "../../kernel/ports/audit.ts";
import { toEntry } from "./audit-row.ts";

/** Rows from before there was a chain get their link; a row that has one keeps it. */
const SAVE = `insert into audit (id, tenant, at, user, action, target, outcome, body, position, previous, hash)
  select value->>'id', ?1, value->>'at', value->>'user', value->>'action', value->>'target', value->>'outcome', value->>'body',
    value->>'position', value->>'previous', value->>'hash' from json_each(?2) where true
  on conflict (tenant, id) do update set position = excluded.position, previous = excluded.previous, hash = excluded.hash
    where position is null
  on conflict do nothing`;

const COUNT = `select count(*) as count from audit a join json_each(?2) e on a.tenant = ?1
  and a.position = e.value->>'position' and a.hash = e.value->>'hash'`;

const LINK = "select position, hash from audit where tenant = ?1";
const AGE_BATCH = 500;

const Linked = z.object({ position: z.number(), hash: z.string() }).nullable();

export class D1AuditRows implements AuditRows {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async findLast(tenant: TenantId): Promise<Link | null> {
    const last = `${LINK} and position is not null order by position desc limit 1`;
    return Linked.parse(await this.#db.prepare(last).bind(tenant).first());
  }

  async findLastBefore(tenant: TenantId, before: number): Promise<Link | null> {
    const last = `${LINK} and position < coalesce(
      (select min(position) from audit where tenant = ?1 and at >= ?2), 9007199254740991) order by position desc limit 1`;
    return Linked.parse(await this.#db.prepare(last).bind(tenant, before).first());
  }

  async listUnchained(tenant: TenantId): Promise<readonly StoredEntry[]> {
    const { results } = await this.#db
      .prepare("select * from audit where tenant = ?1 and position is null order by seq")
      .bind(tenant)
      .all();
    return results.map((row) => {
      const { id, at, user, action, target, outcome, body } = toEntry(row);
      return { id, at, user, action, target, outcome, body };
    });
  }

  async findKnown(tenant: TenantId, ids: readonly string[]): Promise<readonly string[]> {
    const { results } = await this.#db
      .prepare(
        `select id from audit where tenant = ?1 and position is not null and id in (select value from json_each(?2))`,
      )
      .bind(tenant, JSON.stringify(ids))
      .all<{ id: string }>();
    return results.map(({ id }) => id);
  }

  async save(tenant: TenantId, entries: readonly ChainedEntry[]): Promise<void> {
    const rows = JSON.stringify(entries.map((entry) => ({ ...entry, body: JSON.stringify(entry.body) })));
    const links = JSON.stringify(entries.map(({ position, hash }) => ({ position, hash })));
    const [, counted] = await this.#db.batch<{ count: number }>([
      this.#db.prepare(SAVE).bind(tenant, rows),
      this.#db.prepare(COUNT).bind(tenant, links),
    ]);
    if (counted?.results[0]?.count !== entries.length)
      throw new Fault("audit_taken", "later", "other rows stand where these of the audit belong");
  }

  async dropUpTo(tenant: TenantId, position: number): Promise<void> {
    await this.#db
      .prepare(
        `delete from audit where seq in (select seq from audit where tenant = ?1 and position <= ?2 order by position limit ?3)`,
      )
      .bind(tenant, position, AGE_BATCH)
      .run();
  }
}
