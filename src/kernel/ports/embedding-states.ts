// How far a tenant's catalogue is embedded, and how much that counts there.
import type { TenantId } from "../domain/id.ts";
import type { Blend } from "../routing/likeness/figures.ts";

export interface EmbeddingState {
  readonly model: string;
  /** Of the texts that are embedded and of what they were measured on. */
  readonly content: string;
  readonly texts: number;
  /** Null: it is not measured yet. */
  readonly blend: Blend | null;
}

export interface EmbeddingStates {
  /** Null: nothing of this tenant was ever embedded. */
  load(tenant: TenantId): Promise<EmbeddingState | null>;
  save(tenant: TenantId, state: EmbeddingState): Promise<void>;
}
