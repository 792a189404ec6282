// The list of files. Their bytes are in R2; this never holds them.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Attachments } from "../../kernel/ports/attachments.ts";
import type { FileReference } from "../../kernel/ports/files.ts";

const ADD = `insert or replace into attachments (tenant, sha256, filename, content_type, size_bytes, created_at)
  select ?1, value->>'sha256', value->>'name', value->>'type', value->>'size', ?3 from json_each(?2)`;

export class D1Attachments implements Attachments {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(tenant: TenantId, references: readonly FileReference[], now: number): Promise<void> {
    if (references.length > 0)
      await this.#db.prepare(ADD).bind(tenant, JSON.stringify(references), now).run();
  }
}
