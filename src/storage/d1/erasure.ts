// Takes a tenant out of the database. What is sealed may stay until its time: without its keys it is noise.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Erasure, Remains } from "../../kernel/ports/erasure.ts";

/** Keys first. Then what admits anybody, what could start a run, and what stands in clear and is no book. */
export const GONE = [
  "tenant_keys",
  "secrets",
  "api_keys",
  "users",
  "token_users",
  "webhooks",
  "deliveries",
  "delivery_signatures",
  "schedules",
  "occurrences",
  "registry",
  "documents",
  "vectors",
  "embeddings",
  "open_shards",
  "approval_links",
  "ledger_corrections",
] as const;

/** Books, whose rows hold ids, amounts and codes; and what is sealed. */
export const LEFT = [
  { what: "runs", isSealed: true, size: "length(record) + coalesce(length(query), 0)" },
  { what: "feedback", isSealed: true, size: "length(query)" },
  { what: "attachments", isSealed: true, size: "length(filename)" },
  { what: "event_log", isSealed: false, size: "coalesce(length(events), 0)" },
  { what: "ledger", isSealed: false, size: "length(entry) + length(account)" },
  { what: "audit", isSealed: false, size: "length(body)" },
] as const;

interface Kept {
  readonly blobs: { count(tenant: TenantId): Promise<{ count: number; bytes: number }> };
  readonly forget: (tenant: TenantId) => void;
}

export class D1Erasure implements Erasure {
  readonly #db: D1Database;
  readonly #kept: Kept;

  constructor(db: D1Database, kept: Kept) {
    this.#db = db;
    this.#kept = kept;
  }

  async erase(tenant: TenantId): Promise<boolean> {
    const gone = GONE.map((table) => this.#db.prepare(`delete from ${table} where tenant = ?`).bind(tenant));
    const done = await this.#db.batch([
      this.#db.prepare("delete from tenants where id = ?").bind(tenant),
      ...gone,
    ]);
    this.#kept.forget(tenant);
    return (done[0]?.meta.changes ?? 0) > 0;
  }

  async isErased(tenant: TenantId): Promise<boolean> {
    const found = this.#db.prepare("select 1 from tenants where id = ?").bind(tenant).first();
    return found.then(
      (row) => row === null,
      () => false,
    );
  }

  async listRemains(tenant: TenantId): Promise<readonly Remains[]> {
    const counts = await this.#db.batch<{ n: number; bytes: number }>(
      LEFT.map(({ what, size }) =>
        this.#db
          .prepare(`select count(*) as n, coalesce(sum(${size}), 0) as bytes from ${what} where tenant = ?`)
          .bind(tenant),
      ),
    );
    const rows = LEFT.map(({ what, isSealed }, at) => {
      const found = counts[at]?.results[0];
      return { what, isSealed, count: found?.n ?? 0, bytes: found?.bytes ?? 0 };
    });
    return [...rows, { what: "files", isSealed: true, ...(await this.#kept.blobs.count(tenant)) }];
  }
}
