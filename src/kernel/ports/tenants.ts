// Making tenants. What a tenant is called and where it lives; its data is everybody else's port.
import type { TenantId } from "../domain/id.ts";
import type { TokenPrice } from "../domain/own-prices.ts";

export interface NewTenant {
  readonly id: TenantId;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly createdAt: number;
  /** Its owner's key: only the hash is stored. */
  readonly key: { readonly id: string; readonly hash: string };
}

export interface Tenants {
  /** Tenant, owner and key in one batch. */
  add(tenant: NewTenant): Promise<void>;
  /** Null takes it back. Answers the version of the registry in which it holds. */
  setPrice(tenant: TenantId, model: string, price: TokenPrice | null): Promise<number>;
}
