// Immutable documents by content hash, kept in the isolate's memory: they never change, so they are never stale.
import type { Connector, Fixture } from "../../kernel/domain/connector.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import type { Documents } from "../../kernel/ports/catalogue.ts";
import { ByteBudgetCache } from "./byte-budget-cache.ts";

interface Stored {
  readonly kind: string;
  readonly value: unknown;
}

/** One per isolate: runners and the Worker of one isolate share what they have loaded. */
const cache = new ByteBudgetCache<Stored>(16 * 1024 * 1024);

export function keepDocument(
  tenant: TenantId,
  hash: string,
  document: { kind: string; json: string },
): unknown {
  const key = `${tenant}/${hash}`;
  const known = cache.get(key);
  if (known) return known.value;
  const value: unknown = JSON.parse(document.json);
  cache.set(key, { kind: document.kind, value }, document.json.length);
  return value;
}

export class D1Documents implements Documents {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  // The three casts below: a document is stored only by the registry, parsed by its kind's own parser, under that kind.

  async loadSkill(tenant: TenantId, hash: string): Promise<Skill | null> {
    return (await this.#load(tenant, hash, "skill")) as Skill | null;
  }

  async loadConnector(tenant: TenantId, hash: string): Promise<Connector | null> {
    return (await this.#load(tenant, hash, "connector")) as Connector | null;
  }

  async loadFixture(tenant: TenantId, name: string): Promise<Fixture | null> {
    const row = await this.#db
      .prepare("select hash from registry where tenant = ? and kind = 'fixture' and name = ?")
      .bind(tenant, name)
      .first<{ hash: string }>();
    return row ? ((await this.#load(tenant, row.hash, "fixture")) as Fixture | null) : null;
  }

  async #load(tenant: TenantId, hash: string, kind: string): Promise<unknown> {
    const known = cache.get(`${tenant}/${hash}`);
    if (known) return known.kind === kind ? known.value : null;
    const row = await this.#db
      .prepare("select document from documents where tenant = ? and hash = ? and kind = ?")
      .bind(tenant, hash, kind)
      .first<{ document: string }>();
    return row ? keepDocument(tenant, hash, { kind, json: row.document }) : null;
  }
}
