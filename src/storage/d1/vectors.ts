// Exact search over rows: the local stand-in for Vectorize, and what its answers are compared with. It reads every vector
// of the tenant and model, which is right for thousands and wrong for millions.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Vector, VectorHit, Vectors } from "../../kernel/ports/vectors.ts";
import { MAX_HITS } from "../../kernel/ports/vectors.ts";

const SAVE = `insert or replace into vectors (tenant, id, model, embedding)
  select ?1, value->>'id', value->>'model', value->>'embedding' from json_each(?2)`;

const Values = z.array(z.number());

export class D1Vectors implements Vectors {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async save(tenant: TenantId, vectors: readonly Vector[]): Promise<void> {
    const rows = vectors.map(({ id, model, values }) => ({
      id: toRowId(model, id),
      model,
      embedding: JSON.stringify(toUnit(values)),
    }));
    await this.#db.prepare(SAVE).bind(tenant, JSON.stringify(rows)).run();
  }

  async remove(tenant: TenantId, model: string, ids: readonly string[]): Promise<void> {
    await this.#db
      .prepare(
        "delete from vectors where tenant = ? and model = ? and id in (select value from json_each(?))",
      )
      .bind(tenant, model, JSON.stringify(ids.map((id) => toRowId(model, id))))
      .run();
  }

  async search(
    tenant: TenantId,
    query: { model: string; values: readonly number[]; limit: number },
  ): Promise<readonly VectorHit[]> {
    const { results } = await this.#db
      .prepare("select id, embedding from vectors where tenant = ? and model = ?")
      .bind(tenant, query.model)
      .all<{ id: string; embedding: string }>();
    const wanted = toUnit(query.values);
    return results
      .map(({ id, embedding }) => ({
        id: id.slice(query.model.length + 1),
        score: toDot(wanted, Values.parse(JSON.parse(embedding))),
      }))
      .sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
      .slice(0, Math.min(query.limit, MAX_HITS));
  }
}

/** The same thing embedded by two models is two rows. */
function toRowId(model: string, id: string): string {
  return `${model}/${id}`;
}

function toUnit(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => (length === 0 ? 0 : value / length));
}

function toDot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
