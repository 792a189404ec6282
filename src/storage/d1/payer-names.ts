// Names of users and keys of a tenant, to tell a slip of the pen from somebody.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { PayerNames } from "../../kernel/ports/payer-names.ts";

const MOST = 10_000;

export class D1PayerNames implements PayerNames {
  readonly #db: D1Database;
  readonly hasTokens: boolean;

  constructor(db: D1Database, { hasTokens }: { hasTokens: boolean }) {
    this.#db = db;
    this.hasTokens = hasTokens;
  }

  users(tenant: TenantId): Promise<readonly string[]> {
    return this.#list(
      `select id from users where tenant = ?1 union select user from api_keys where tenant = ?1 limit ${MOST}`,
      tenant,
    );
  }

  keys(tenant: TenantId): Promise<readonly string[]> {
    return this.#list(`select id from api_keys where tenant = ?1 limit ${MOST}`, tenant);
  }

  async #list(statement: string, tenant: TenantId): Promise<readonly string[]> {
    const { results } = await this.#db.prepare(statement).bind(tenant).all<{ id: string }>();
    return results.map(({ id }) => id);
  }
}
