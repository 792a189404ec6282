// Wrapped data keys as rows of D1. A tenant that is there and has none gets its first; one that was erased gets none ever again.
import type { TenantId } from "../../kernel/domain/id.ts";

export interface KeyRow {
  readonly tenant: TenantId;
  readonly version: number;
  readonly wrapped: string;
}

export type NewKey = KeyRow & { readonly master: string; readonly now: number };

/** Only if nobody was quicker: two isolates that meet a new tenant agree on one key. */
const ADD = `insert or ignore into tenant_keys (tenant, version, wrapped, master, created_at)
  select id, ?2, ?3, ?4, ?5 from tenants where id = ?1
  and ?2 = 1 + coalesce((select max(version) from tenant_keys where tenant = ?1), 0)`;

export class KeyRows {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async list(tenant: TenantId): Promise<readonly KeyRow[]> {
    const { results } = await this.#db
      .prepare("select tenant, version, wrapped from tenant_keys where tenant = ? order by version")
      .bind(tenant)
      .all<KeyRow & Record<string, unknown>>();
    return results;
  }

  async add({ tenant, version, wrapped, master, now }: NewKey): Promise<boolean> {
    const { meta } = await this.#db.prepare(ADD).bind(tenant, version, wrapped, master, now).run();
    return meta.changes > 0;
  }

  /** Whether its newest is no first one, and was made since then. */
  async isRenewed(tenant: TenantId, since: number): Promise<boolean> {
    const row = await this.#db
      .prepare("select 1 from tenant_keys where tenant = ? and version > 1 and created_at > ? limit 1")
      .bind(tenant, since)
      .first();
    return row !== null;
  }

  async listWrappedByOthers(master: string, limit: number): Promise<readonly KeyRow[]> {
    const { results } = await this.#db
      .prepare("select tenant, version, wrapped from tenant_keys where master <> ? limit ?")
      .bind(master, limit)
      .all<KeyRow & Record<string, unknown>>();
    return results;
  }

  /** A key that was erased meanwhile does not come back: rows are changed, never added. */
  async rewrap(keys: readonly (KeyRow & { readonly master: string })[]): Promise<void> {
    await this.#db
      .prepare(
        `update tenant_keys set wrapped = given.value->>'wrapped', master = given.value->>'master' from json_each(?1) as given
         where tenant_keys.tenant = given.value->>'tenant' and tenant_keys.version = given.value->>'version'`,
      )
      .bind(JSON.stringify(keys))
      .run();
  }

  async countByMaster(): Promise<Readonly<Record<string, number>>> {
    const { results } = await this.#db
      .prepare("select master, count(*) as n from tenant_keys group by master")
      .all<{ master: string; n: number }>();
    return Object.fromEntries(results.map(({ master, n }) => [master, n]));
  }
}
