// Where compiled routing indexes are kept: an isolate that starts loads one instead of building it.
import type { TenantId } from "../domain/id.ts";

export interface IndexStore {
  /** `hash` is over everything the index was built from. */
  load(tenant: TenantId, hash: string): Promise<Uint8Array | null>;
  save(tenant: TenantId, hash: string, blob: Uint8Array): Promise<void>;
}
