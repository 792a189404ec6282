// Registry changes in one D1 batch, which is one transaction: nobody sees half of one.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { DocumentKind, Registry, RegistryChange, RegistryEntry } from "../../kernel/ports/registry.ts";

const DOCUMENTS = `insert or ignore into documents (tenant, hash, kind, name, document, source, created_at, made_by)
  select ?1, value->>'hash', value->>'kind', value->>'name', value->>'document', value->>'source', ?3, ?4 from json_each(?2)`;
const POINTERS = `insert or replace into registry (tenant, kind, name, hash, origin, updated_at, put_by)
  select ?1, value->>'kind', value->>'name', value->>'hash', ?4, ?3, ?5 from json_each(?2)`;
const REMOVE = `delete from registry where tenant = ?1
  and (kind, name) in (select value->>'kind', value->>'name' from json_each(?2))`;

export class D1Registry implements Registry {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async list(tenant: TenantId): Promise<readonly RegistryEntry[]> {
    const { results } = await this.#db
      .prepare("select kind, name, hash, origin from registry where tenant = ? order by kind, name")
      .bind(tenant)
      .all<RegistryEntry>();
    return results;
  }

  async apply(tenant: TenantId, change: RegistryChange): Promise<number> {
    const rows = JSON.stringify(
      change.put.map((document) => ({ ...document, document: JSON.stringify(document.document) })),
    );
    const results = await this.#db.batch<{ registry_version: number }>([
      this.#db.prepare(DOCUMENTS).bind(tenant, rows, change.now, change.by),
      this.#db.prepare(POINTERS).bind(tenant, rows, change.now, change.origin, change.by),
      this.#db.prepare(REMOVE).bind(tenant, JSON.stringify(change.remove)),
      this.#db
        .prepare(
          "update tenants set registry_version = registry_version + 1 where id = ? returning registry_version",
        )
        .bind(tenant),
    ]);
    return results[3]?.results[0]?.registry_version ?? 0;
  }

  async loadSource(tenant: TenantId, kind: DocumentKind, name: string): Promise<string | null> {
    return this.#db
      .prepare(
        `select d.source from registry r join documents d on d.tenant = r.tenant and d.hash = r.hash
         where r.tenant = ? and r.kind = ? and r.name = ?`,
      )
      .bind(tenant, kind, name)
      .first<string>("source");
  }
}
