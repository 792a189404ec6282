// Who asks, on whose behalf, and how far their key reaches.
import type { TenantId } from "./id.ts";

export const ROLES = ["owner", "manager", "member", "viewer"] as const;
export type Role = (typeof ROLES)[number];
export const SCOPES = ["read", "run", "build", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

export interface Principal {
  readonly tenant: TenantId;
  readonly user: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Null for a JWT. */
  readonly keyId: string | null;
  /** The local owner key has no rate limit unless one was configured. */
  readonly unlimited: boolean;
}
