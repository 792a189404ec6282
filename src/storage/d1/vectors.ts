// Exact search over rows: the local stand-in for Vectorize, and what its answers are measured by. It holds every vector of the
// tenant and model in memory, which is right for ten thousand and wrong for millions.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Vector, VectorHit, VectorQuery, Vectors } from "../../kernel/ports/vectors.ts";
import { MAX_HITS } from "../../kernel/ports/vectors.ts";
import {
  findNearestVectors,
  toMatrix,
  toMatrixBytes,
  toVectorBytes,
  type VectorMatrix,
} from "../../kernel/routing/likeness/matrix.ts";
import { ByteBudgetCache } from "./byte-budget-cache.ts";

const SAVE = `insert or replace into vectors (tenant, id, model, embedding)
  select ?1, value->>'id', value->>'model', value->>'embedding' from json_each(?2)`;

/** Rows of one answer: a kilobyte and a half each. */
const PAGE = 2_000;

interface Kept {
  readonly version: string;
  readonly matrix: VectorMatrix;
}

/** Of all tenants of an isolate. */
const cache = new ByteBudgetCache<Kept>(16 * 1024 * 1024);

export class D1Vectors implements Vectors {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async save(tenant: TenantId, vectors: readonly Vector[]): Promise<void> {
    const rows = vectors.map(({ id, model, values }) => ({
      id: toRowId(model, id),
      model,
      embedding: toText(toVectorBytes(values)),
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

  async keepOnly(tenant: TenantId, model: string | null): Promise<void> {
    await this.#db
      .prepare("delete from vectors where tenant = ?1 and (?2 is null or model <> ?2)")
      .bind(tenant, model)
      .run();
  }

  async listIds(tenant: TenantId, model: string): Promise<readonly string[]> {
    const { results } = await this.#db
      .prepare("select id from vectors where tenant = ? and model = ?")
      .bind(tenant, model)
      .all<{ id: string }>();
    return results.map(({ id }) => toId(model, id));
  }

  async listAll(tenant: TenantId): Promise<readonly { readonly id: string; readonly model: string }[]> {
    const { results } = await this.#db
      .prepare("select id, model from vectors where tenant = ?")
      .bind(tenant)
      .all<{ id: string; model: string }>();
    return results.map(({ id, model }) => ({ id: toId(model, id), model }));
  }

  async load(tenant: TenantId, model: string): Promise<VectorMatrix> {
    const rows: { id: string; bytes: Int8Array }[] = [];
    for (let after = ""; ; ) {
      const { results } = await this.#db
        .prepare(
          "select id, embedding from vectors where tenant = ? and model = ? and id > ? order by id limit ?",
        )
        .bind(tenant, model, after, PAGE)
        .all<{ id: string; embedding: string }>();
      rows.push(
        ...results.map(({ id, embedding }) => ({ id: toId(model, id), bytes: parseBytes(embedding) })),
      );
      const last = results.at(-1);
      if (last === undefined || results.length < PAGE) return toMatrix(rows);
      after = last.id;
    }
  }

  async search(tenant: TenantId, query: VectorQuery): Promise<readonly VectorHit[]> {
    const matrix = await this.#toMatrix(tenant, query);
    return findNearestVectors(matrix, query.values, Math.min(query.limit, MAX_HITS));
  }

  async #toMatrix(tenant: TenantId, { model, version }: VectorQuery): Promise<VectorMatrix> {
    if (version === undefined) return this.load(tenant, model);
    const key = `${tenant}/${model}`;
    const known = cache.get(key);
    if (known?.version === version) return known.matrix;
    const matrix = await this.load(tenant, model);
    cache.set(key, { version, matrix }, toMatrixBytes(matrix));
    return matrix;
  }
}

/** The same thing embedded by two models is two rows. */
function toRowId(model: string, id: string): string {
  return `${model}/${id}`;
}

function toId(model: string, rowId: string): string {
  return rowId.slice(model.length + 1);
}

/** Base64: D1 gives a blob back as a list of numbers, three times as long. */
function toText(bytes: Int8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)));
}

function parseBytes(text: string): Int8Array {
  return Int8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
