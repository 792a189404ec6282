// Who of a tenant there is to limit, beside its skills: those are the catalogue's.
import type { TenantId } from "../domain/id.ts";

export interface PayerNames {
  users(tenant: TenantId): Promise<readonly string[]>;
  /** Ids of keys, never the keys. */
  keys(tenant: TenantId): Promise<readonly string[]>;
  /** Tokens name users that have no row here: any name may be one. */
  readonly hasTokens: boolean;
}
