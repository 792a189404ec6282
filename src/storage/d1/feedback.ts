// Feedback, and in the same batch the registry version that makes routing look at it.
import { invariant } from "../../kernel/domain/refusal.ts";
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { SkillIdShape } from "../../kernel/domain/id-shapes.ts";
import { type Listed, toListed } from "../../kernel/domain/seal-broken.ts";
import type { Feedback, FeedbackNote } from "../../kernel/ports/feedback.ts";
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
      this.#db.prepare(RAISE).bind(tenant),
    ]);
    return toVersion(raised);
  }

  async list(
    tenant: TenantId,
    { user, limit }: { user: string | null; limit: number },
  ): Promise<readonly Listed<FeedbackNote>[]> {
    const { results } = await this.#db
      .prepare(
        "select * from feedback where tenant = ?1 and (?2 is null or user = ?2) order by created_at desc, id limit ?3",
      )
      .bind(tenant, user, limit)
      .all();
    return Promise.all(
      results.map((one) => {
        const row = Row.parse(one);
        return toListed(this.#open(tenant, row), { ...row, tenant, query: "" });
      }),
    );
  }

  async remove(tenant: TenantId, { id, user }: { id: string; user: string | null }): Promise<number | null> {
    const [gone, raised] = await this.#db.batch<{ registry_version: number }>([
      this.#db
        .prepare("delete from feedback where tenant = ?1 and id = ?2 and (?3 is null or user = ?3)")
        .bind(tenant, id, user),
      this.#db.prepare(RAISE).bind(tenant),
    ]);
    return gone?.meta.changes === 0 ? null : toVersion(raised);
  }

  async #open(tenant: TenantId, row: z.infer<typeof Row>): Promise<FeedbackNote> {
    return { ...row, tenant, query: await this.#vault.open(placeOfQuery(tenant, row.id), row.query) };
  }
}

const Row = z
  .object({
    id: z.string(),
    user: z.string(),
    query: z.string(),
    chosen: SkillIdShape.nullable(),
    expected: SkillIdShape.nullable(),
    source: z.string(),
    created_at: z.number(),
  })
  .transform(({ created_at, ...row }) => ({ ...row, createdAt: created_at }));

const RAISE =
  "update tenants set registry_version = registry_version + 1 where id = ? returning registry_version";

function toVersion(raised: D1Result<{ registry_version: number }> | undefined): number {
  const version = raised?.results[0]?.registry_version;
  invariant(version !== undefined, "who gives feedback belongs to a tenant");
  return version;
}
