// What holds for every tenant at once: the operator's switch, and which tenants there are.
import type { TenantId } from "../domain/id.ts";

export interface System {
  /** Since when everything is paused; null: it is not. */
  pausedSince(): Promise<number | null>;
  setPaused(since: number | null): Promise<void>;
  /** In the order of their ids. */
  listTenants(after: string, limit: number): Promise<readonly TenantId[]>;
}
