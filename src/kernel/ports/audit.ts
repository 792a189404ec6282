// Decisions and changes of configuration, append-only. The chain over its rows is made at drain, later.
import type { TenantId } from "../domain/id.ts";

export interface AuditEntry {
  /** Unique within the tenant: written twice, it stands once. */
  readonly id: string;
  readonly at: number;
  readonly user: string;
  readonly action: string;
  readonly target: string;
  readonly outcome: string;
  /** Facts, never inputs, secrets or names of people. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Audit {
  add(tenant: TenantId, entries: readonly AuditEntry[]): Promise<void>;
  /** Oldest first, after `since`. */
  list(
    tenant: TenantId,
    filter: { since: number; action: string | null; limit: number },
  ): Promise<readonly (AuditEntry & { readonly seq: number })[]>;
}
