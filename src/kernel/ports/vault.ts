// Seals what a tenant's rows hold, and opens it. A sealed value opens at the place that it was sealed for and at no other, so one
// that was changed or moved is found.
import type { TenantId } from "../domain/id.ts";
import type { BrokenSeal } from "../domain/seal-broken.ts";

/** Where a value stands. */
export interface Place {
  readonly tenant: TenantId;
  /** `table.column`. */
  readonly column: string;
  readonly row: string;
}

/** A run's record is sealed in its runner, and carried as it is to where it stays. */
export function placeOfRecord(tenant: TenantId, runId: string): Place {
  return { tenant, column: "runs.record", row: runId };
}

/** What lists of runs show of a request: sealed apart, so that a list opens no records. */
export function placeOfQuery(tenant: TenantId, runId: string): Place {
  return { tenant, column: "runs.query", row: runId };
}

export interface Vault {
  /** Null where the tenant's keys are at hand, so that a run in a warm object waits for nothing. */
  ready(tenant: TenantId): Promise<void> | null;
  seal(place: Place, text: string): Promise<string>;
  sealBytes(place: Place, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws what `SealBroken` says where this is not what was sealed for this place. */
  open(place: Place, sealed: unknown): Promise<string>;
  openBytes(place: Place, sealed: unknown): Promise<Uint8Array<ArrayBuffer>>;
  /** Only where `ready` has said yes: inside of a transaction nothing can be waited for. */
  openNow(place: Place, sealed: unknown): string;
}

export interface VaultState {
  /** The mark of the key in force, as wrapped keys name it. */
  readonly master: string;
  /** Data keys of all tenants by the mark of the key that wraps them. */
  readonly wrappedBy: Readonly<Record<string, number>>;
  /** Of the tenant who asks. */
  readonly keyVersion: number;
}

/** What the operator and a tenant's owner do with keys. */
export interface VaultKeys {
  state(tenant: TenantId): Promise<VaultState>;
  /** Wraps a bounded number of data keys anew: how many were, and how many are left. */
  rewrap(): Promise<{ readonly rewrapped: number; readonly left: number }>;
  /** A new data key for what is written from now on: its version. Within a minute of the last one it is that one. */
  renew(tenant: TenantId): Promise<number>;
  /** Seals a bounded number of the tenant's secrets with its newest key: how many were, how many are left, which do not open. */
  reseal(tenant: TenantId): Promise<{
    readonly resealed: number;
    readonly left: number;
    readonly broken: readonly BrokenSeal[];
  }>;
}
