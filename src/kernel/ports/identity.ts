// Who a key or a name belongs to, as channels ask it.
import type { Principal } from "../domain/principal.ts";
import type { TenantId } from "../domain/id.ts";

export interface Identity {
  /** Null: no such key, expired, or revoked. At most 5 seconds old. */
  findByKey(keyHash: string, now: number): Promise<Principal | null>;
  /** The owner of the local tenant: whom the page on this computer acts for. */
  findLocalOwner(): Promise<Principal | null>;
  /** At most 5 seconds old. */
  hasTenant(tenant: TenantId, now: number): Promise<boolean>;
}
