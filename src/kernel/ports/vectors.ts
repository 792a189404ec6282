// Embeddings by content. A hit is a hint: whether the thing exists and who may see it is asked elsewhere.
import type { TenantId } from "../domain/id.ts";

export interface Vector {
  /** The hash of the document that was embedded. What serves no longer is swept. */
  readonly id: string;
  /** Vectors of different models are never compared. */
  readonly model: string;
  readonly values: readonly number[];
}

export interface VectorHit {
  readonly id: string;
  /** Cosine, -1 to 1. */
  readonly score: number;
}

/** What one search returns at most: the limit of the narrower adapter. */
export const MAX_HITS = 20;

export interface Vectors {
  save(tenant: TenantId, vectors: readonly Vector[]): Promise<void>;
  remove(tenant: TenantId, model: string, ids: readonly string[]): Promise<void>;
  /** Best first. */
  search(
    tenant: TenantId,
    query: { model: string; values: readonly number[]; limit: number },
  ): Promise<readonly VectorHit[]>;
}
