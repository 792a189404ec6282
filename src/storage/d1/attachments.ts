// The list of files. Their bytes are in R2; this never holds them.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Attachments } from "../../kernel/ports/attachments.ts";
import type { Vault } from "../../kernel/ports/vault.ts";
import type { FileReference } from "../../kernel/ports/files.ts";

const ADD = `insert or replace into attachments (tenant, sha256, filename, content_type, size_bytes, created_at)
  select ?1, value->>'sha256', value->>'name', value->>'type', value->>'size', ?3 from json_each(?2)`;

export class D1Attachments implements Attachments {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async add(tenant: TenantId, references: readonly FileReference[], now: number): Promise<void> {
    if (references.length === 0) return;
    const rows = references.map(async (file) => {
      const place = { tenant, column: "attachments.filename", row: file.sha256 };
      return { ...file, name: await this.#vault.seal(place, file.name) };
    });
    await this.#db
      .prepare(ADD)
      .bind(tenant, JSON.stringify(await Promise.all(rows)), now)
      .run();
  }
}
