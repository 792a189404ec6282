// Embeddings in Vectorize. The namespace is the tenant; ids are unique over the whole index, so each is made of tenant, model
// and id, and the id itself travels as metadata. https://developers.cloudflare.com/vectorize/platform/limits/
import { z } from "zod";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Vector, VectorHit, Vectors } from "../../kernel/ports/vectors.ts";
import { MAX_HITS } from "../../kernel/ports/vectors.ts";

/** Upserts per call through the binding. */
const BATCH = 500;

const Metadata = z.object({ id: z.string(), model: z.string() });

export class VectorizeVectors implements Vectors {
  readonly #index: VectorizeIndex;

  constructor(index: VectorizeIndex) {
    this.#index = index;
  }

  async save(tenant: TenantId, vectors: readonly Vector[]): Promise<void> {
    const rows = vectors.map(({ id, model, values }) => ({
      id: toRowId(tenant, model, id),
      namespace: tenant,
      values: [...values],
      metadata: { id, model },
    }));
    for (let from = 0; from < rows.length; from += BATCH)
      await this.#index.upsert(rows.slice(from, from + BATCH));
  }

  async remove(tenant: TenantId, model: string, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      await this.#index.deleteByIds(ids.slice(from, from + BATCH).map((id) => toRowId(tenant, model, id)));
    }
  }

  async search(
    tenant: TenantId,
    query: { model: string; values: readonly number[]; limit: number },
  ): Promise<readonly VectorHit[]> {
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
}

/** 64 bytes at most: a hash of what makes it unique. */
function toRowId(tenant: TenantId, model: string, id: string): string {
  return sha256(`${tenant}\n${model}\n${id}`);
}
