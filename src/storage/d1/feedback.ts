// Feedback, and in the same batch the registry version that makes routing look at it.
import { invariant } from "../../kernel/domain/refusal.ts";
import type { Feedback, FeedbackNote } from "../../kernel/ports/feedback.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";

export function placeOfQuery(tenant: TenantId, id: string): Place {
  return { tenant, column: "feedback.query", row: id };
}

/** The last word of a person about a request is the one that counts. */
const ADD = `insert or replace into feedback (tenant, id, user, query, chosen, expected, source, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)`;

export class D1Feedback implements Feedback {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async add({ tenant, id, user, query, chosen, expected, source, createdAt }: FeedbackNote): Promise<number> {
    const sealed = await this.#vault.seal(placeOfQuery(tenant, id), query);
    const [, raised] = await this.#db.batch<{ registry_version: number }>([
      this.#db.prepare(ADD).bind(tenant, id, user, sealed, chosen, expected, source, createdAt),
      this.#db
        .prepare(
          "update tenants set registry_version = registry_version + 1 where id = ? returning registry_version",
        )
        .bind(tenant),
    ]);
    const version = raised?.results[0]?.registry_version;
    invariant(version !== undefined, "who gives feedback belongs to a tenant");
    return version;
  }
}
