// The list of files. Their bytes are in R2; this never holds them.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Attached, Attachments } from "../../kernel/ports/attachments.ts";
import type { Vault } from "../../kernel/ports/vault.ts";
import type { FileReference } from "../../kernel/ports/files.ts";

const ADD = `insert into attachments (tenant, sha256, filename, content_type, size_bytes, created_at, attached_by)
  select ?1, value->>'sha256', value->>'name', value->>'type', value->>'size', ?3, ?4 from json_each(?2) where true
  on conflict (tenant, sha256) do update set filename = excluded.filename, content_type = excluded.content_type,
    size_bytes = excluded.size_bytes, created_at = excluded.created_at,
    attached_by = (select json_group_array(value) from (
      select value from json_each(attachments.attached_by) union select value from json_each(excluded.attached_by)))`;
const OWN = `select sha256 from attachments where tenant = ?1 and sha256 in (select value from json_each(?2))
  and exists (select 1 from json_each(attached_by) as holder where holder.value = ?3)`;

export class D1Attachments implements Attachments {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async add(tenant: TenantId, references: readonly FileReference[], { by, now }: Attached): Promise<void> {
    if (references.length === 0) return;
    const rows = references.map(async (file) => {
      const place = { tenant, column: "attachments.filename", row: file.sha256 };
      return { ...file, name: await this.#vault.seal(place, file.name) };
    });
    await this.#db
      .prepare(ADD)
      .bind(tenant, JSON.stringify(await Promise.all(rows)), now, JSON.stringify(by === null ? [] : [by]))
      .run();
  }

  async listOwn(tenant: TenantId, sha256s: readonly string[], by: string): Promise<readonly string[]> {
    const found = await this.#db
      .prepare(OWN)
      .bind(tenant, JSON.stringify(sha256s), by)
      .all<{ sha256: string }>();
    return found.results.map(({ sha256 }) => sha256);
  }
}
