// The last good answer of a source, kept for the day on which it does not answer.
import type { TenantId } from "../domain/id.ts";

export interface SavedAnswer {
  /** UTC milliseconds. */
  readonly at: number;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface SavedAnswers {
  load(tenant: TenantId, key: string): Promise<SavedAnswer | null>;
  save(tenant: TenantId, key: string, answer: SavedAnswer): Promise<void>;
}
