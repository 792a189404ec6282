// Who asks, on whose behalf, and how far their key reaches.
import type { TenantId } from "./id.ts";

export const ROLES = ["owner", "manager", "member", "viewer"] as const;
export type Role = (typeof ROLES)[number];
export const SCOPES = ["read", "run", "build", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** What the default policy gives a role at most; a key may reach less far. */
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  manager: ["read", "run", "build"],
  member: ["read", "run"],
  viewer: ["read", "run"],
};

/** The list is ordered: a later role may less. A greater one than one's own is not given. */
export function toSmallerRole(principal: Principal, role: Role): Principal {
  if (ROLES.indexOf(role) <= ROLES.indexOf(principal.role)) return principal;
  const scopes = principal.scopes.filter((scope) => SCOPES_OF[role].includes(scope));
  return { ...principal, role, scopes: withImplied(principal, role, scopes), unlimited: false };
}

/** `admin` stands for every scope: who gives it up keeps those that the smaller role has. */
function withImplied(principal: Principal, role: Role, scopes: readonly Scope[]): readonly Scope[] {
  return principal.scopes.includes("admin") ? SCOPES_OF[role] : scopes;
}

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
