// Links of questions as rows, by the hash of their token. That one is used once is in the statement itself.
import { z } from "zod";
import { RunIdShape, TenantIdShape } from "../../kernel/domain/id-shapes.ts";
import { ROLES } from "../../kernel/domain/principal.ts";
import type { ApprovalLink, ApprovalLinks } from "../../kernel/ports/approval-links.ts";
import { toList } from "./json-list.ts";

const LinkRow = z
  .object({
    hash: z.string(),
    tenant: TenantIdShape,
    run_id: RunIdShape,
    user: z.string(),
    role: z.enum(ROLES),
    key_id: z.string().nullable(),
    hands: toList(z.string()),
    manifest: z.string(),
    created_at: z.number(),
    expires_at: z.number(),
    used_at: z.number().nullable(),
  })
  .transform(
    ({ run_id, key_id, created_at, expires_at, used_at, ...row }): ApprovalLink => ({
      ...row,
      runId: run_id,
      keyId: key_id,
      createdAt: created_at,
      expiresAt: expires_at,
      usedAt: used_at,
    }),
  );

export class D1ApprovalLinks implements ApprovalLinks {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(link: ApprovalLink): Promise<void> {
    const { hash, tenant, runId, user, role, keyId, hands, manifest, createdAt, expiresAt } = link;
    await this.#db
      .prepare(
        `insert into approval_links (hash, tenant, run_id, user, role, key_id, hands, manifest, created_at, expires_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(hash, tenant, runId, user, role, keyId, JSON.stringify(hands), manifest, createdAt, expiresAt)
      .run();
  }

  async find(hash: string): Promise<ApprovalLink | null> {
    const row = await this.#db.prepare("select * from approval_links where hash = ?").bind(hash).first();
    return row === null ? null : LinkRow.parse(row);
  }

  async use(hash: string, now: number): Promise<boolean> {
    const { meta } = await this.#db
      .prepare("update approval_links set used_at = ? where hash = ? and used_at is null")
      .bind(now, hash)
      .run();
    return meta.changes > 0;
  }

  async giveBack(hash: string): Promise<void> {
    await this.#db.prepare("update approval_links set used_at = null where hash = ?").bind(hash).run();
  }

  async forget(before: number): Promise<void> {
    await this.#db
      .prepare(
        `delete from approval_links where hash in
         (select hash from approval_links where expires_at < ? order by expires_at limit 1000)`,
      )
      .bind(before)
      .run();
  }
}
