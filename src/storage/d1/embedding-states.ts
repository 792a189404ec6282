// One row a tenant: made anew whenever its catalogue is, so that losing it costs some embeddings and no answer.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { EmbeddingState, EmbeddingStates } from "../../kernel/ports/embedding-states.ts";

const Blend = z.object({ weight: z.number(), width: z.number(), answers: z.number() });
const Row = z.object({
  model: z.string(),
  content: z.string(),
  texts: z.number(),
  blend: z
    .string()
    .nullable()
    .transform((json) => (json === null ? null : Blend.parse(JSON.parse(json)))),
});

export class D1EmbeddingStates implements EmbeddingStates {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async load(tenant: TenantId): Promise<EmbeddingState | null> {
    const row = await this.#db
      .prepare("select model, content, texts, blend from embeddings where tenant = ?")
      .bind(tenant)
      .first();
    return row === null ? null : Row.parse(row);
  }

  async save(tenant: TenantId, { model, content, texts, blend }: EmbeddingState): Promise<void> {
    await this.#db
      .prepare(
        "insert or replace into embeddings (tenant, model, content, texts, blend) values (?, ?, ?, ?, ?)",
      )
      .bind(tenant, model, content, texts, blend === null ? null : JSON.stringify(blend))
      .run();
  }
}
