// Searches in Vectorize. The namespace is the tenant; ids are unique over the whole index, so each is made of tenant, model
// and id, and the id itself travels as metadata. https://developers.cloudflare.com/vectorize/platform/limits/
import { z } from "zod";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Vector, VectorHit, VectorQuery, Vectors } from "../../kernel/ports/vectors.ts";
import { MAX_HITS } from "../../kernel/ports/vectors.ts";
import type { VectorMatrix } from "../../kernel/routing/likeness/matrix.ts";

/** Upserts and ids per call through the binding. */
const BATCH = 500;

const Metadata = z.object({ id: z.string(), model: z.string() });

/** What an index cannot list: which vectors there are, of which models. */
export interface VectorRows extends Vectors {
  listAll(tenant: TenantId): Promise<readonly { readonly id: string; readonly model: string }[]>;
}

export class VectorizeVectors implements Vectors {
  readonly #index: VectorizeIndex;
  readonly #rows: VectorRows;

  constructor(index: VectorizeIndex, rows: VectorRows) {
    this.#index = index;
    this.#rows = rows;
  }

  /** Rows last: what is listed as kept is searched too. */
  async save(tenant: TenantId, vectors: readonly Vector[]): Promise<void> {
    const rows = vectors.map(({ id, model, values }) => ({
      id: toRowId(tenant, model, id),
      namespace: tenant,
      values: [...values],
      metadata: { id, model },
    }));
    for (let from = 0; from < rows.length; from += BATCH)
      await this.#index.upsert(rows.slice(from, from + BATCH));
    await this.#rows.save(tenant, vectors);
  }

  async remove(tenant: TenantId, model: string, ids: readonly string[]): Promise<void> {
    await this.#delete(ids.map((id) => toRowId(tenant, model, id)));
    await this.#rows.remove(tenant, model, ids);
  }

  async keepOnly(tenant: TenantId, model: string | null): Promise<void> {
    const all = await this.#rows.listAll(tenant);
    const others = all.filter((one) => one.model !== model);
    await this.#delete(others.map((one) => toRowId(tenant, one.model, one.id)));
    await this.#rows.keepOnly(tenant, model);
  }

  async listIds(tenant: TenantId, model: string): Promise<readonly string[]> {
    return this.#rows.listIds(tenant, model);
  }

  async load(tenant: TenantId, model: string): Promise<VectorMatrix> {
    return this.#rows.load(tenant, model);
  }

  async search(tenant: TenantId, query: VectorQuery): Promise<readonly VectorHit[]> {
    const { matches } = await this.#index.query([...query.values], {
      topK: Math.min(query.limit, MAX_HITS),
      namespace: tenant,
      returnMetadata: "all",
    });
    return matches.flatMap(({ score, metadata }) => {
      const known = Metadata.safeParse(metadata);
      return known.success && known.data.model === query.model ? [{ id: known.data.id, score }] : [];
    });
  }

  async #delete(rowIds: readonly string[]): Promise<void> {
    for (let from = 0; from < rowIds.length; from += BATCH)
      await this.#index.deleteByIds(rowIds.slice(from, from + BATCH));
  }
}

/** 64 bytes at most: a hash of what makes it unique. */
function toRowId(tenant: TenantId, model: string, id: string): string {
  return sha256(`${tenant}\n${model}\n${id}`);
}
