// A tenant, its owner and the owner's key, all or none of them.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { TokenPrice } from "../../kernel/domain/own-prices.ts";
import { SCOPES } from "../../kernel/domain/principal.ts";
import type { NewTenant, Tenants } from "../../kernel/ports/tenants.ts";

const Version = z.object({ registry_version: z.number() });

export class D1Tenants implements Tenants {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add({ id, name, timeZone, currency, createdAt, key }: NewTenant): Promise<void> {
    await this.#db.batch([
      this.#db
        .prepare("insert into tenants (id, name, time_zone, currency, created_at) values (?, ?, ?, ?, ?)")
        .bind(id, name, timeZone, currency, createdAt),
      this.#db
        .prepare("insert into users (tenant, id, role, name, created_at) values (?, 'owner', 'owner', '', ?)")
        .bind(id, createdAt),
      this.#db
        .prepare(
          "insert into api_keys (hash, id, tenant, user, role, scopes, created_at) values (?, ?, ?, 'owner', 'owner', ?, ?)",
        )
        .bind(key.hash, key.id, id, JSON.stringify(SCOPES), createdAt),
    ]);
  }

  async setPrice(tenant: TenantId, model: string, price: TokenPrice | null): Promise<number> {
    const change = price === null ? "json_remove(prices, ?1)" : "json_set(prices, ?1, json(?3))";
    const values = [`$."${model}"`, tenant, ...(price === null ? [] : [JSON.stringify(price)])];
    const row = await this.#db
      .prepare(
        `update tenants set prices = ${change}, registry_version = registry_version + 1 where id = ?2 returning registry_version`,
      )
      .bind(...values)
      .first();
    return Version.parse(row).registry_version;
  }
}
