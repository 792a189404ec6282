// A tenant, its owner and the owner's key, all or none of them.
import { SCOPES } from "../../kernel/domain/principal.ts";
import type { NewTenant, Tenants } from "../../kernel/ports/tenants.ts";

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
}
