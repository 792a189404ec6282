// What holds for every tenant at once: the operator's switch, and which tenants there are.
import type { TenantId } from "../domain/id.ts";
import type { PausedAll } from "./guard.ts";

export interface SystemPause {
  readonly how: PausedAll;
  readonly since: number;
}

export interface System {
  /** Null: nothing is paused for everybody. */
  paused(): Promise<SystemPause | null>;
  /** Null takes every one back. */
  setPaused(pause: SystemPause | null): Promise<void>;
  /** In the order of their ids. */
  listTenants(after: string, limit: number): Promise<readonly TenantId[]>;
}
