// Embeddings by content. A hit is a hint: whether the thing exists and who may see it is asked elsewhere.
import type { TenantId } from "../domain/id.ts";
import type { VectorMatrix } from "../routing/likeness/matrix.ts";

export interface Vector {
  /** The hash of the text that was embedded. */
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

export interface VectorQuery {
  readonly model: string;
  readonly values: readonly number[];
  readonly limit: number;
  /** What is kept under one version does not change: it need not be read again. */
  readonly version?: string;
}

export interface Vectors {
  save(tenant: TenantId, vectors: readonly Vector[]): Promise<void>;
  remove(tenant: TenantId, model: string, ids: readonly string[]): Promise<void>;
  /** Those of every other model go; null: all go. */
  keepOnly(tenant: TenantId, model: string | null): Promise<void>;
  listIds(tenant: TenantId, model: string): Promise<readonly string[]>;
  /** Every vector of a model, to measure with. */
  load(tenant: TenantId, model: string): Promise<VectorMatrix>;
  /** Best first. */
  search(tenant: TenantId, query: VectorQuery): Promise<readonly VectorHit[]>;
}
