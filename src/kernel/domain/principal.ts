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

/** What a key says of itself reaches no further than the role of who holds it. `admin` stands for every scope. */
export function withinRole(principal: Principal): Principal {
  const scopes = SCOPES_OF[principal.role];
  if (principal.scopes.includes("admin")) return { ...principal, scopes };
  return { ...principal, scopes: principal.scopes.filter((scope) => scopes.includes(scope)) };
}

/** The list is ordered: a later role may less. A greater one than one's own is not given. */
export function toSmallerRole(principal: Principal, role: Role): Principal {
  if (ROLES.indexOf(role) <= ROLES.indexOf(principal.role)) return principal;
  return { ...withinRole({ ...principal, role }), unlimited: false };
}

/** As the owners of his tenant have it by now: never more than he came with. Null: they removed him. */
export function toCurrent(
  principal: Principal,
  member: { readonly role: Role | null } | null,
): Principal | null {
  if (member === null) return null;
  return member.role === null ? principal : toSmallerRole(principal, member.role);
}

export interface Principal {
  readonly tenant: TenantId;
  readonly user: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Null for a JWT. */
  readonly keyId: string | null;
  /** The keys that it comes from, the nearest first: what is spent by it is theirs too. Absent: none. */
  readonly line?: readonly string[];
  /** Globs of the skills that the key reaches; absent: every skill. */
  readonly skills?: readonly string[];
  /** Whose the key may be too: who made it for him, and in whose hands theirs was. Absent: nobody's but his own. */
  readonly hands?: readonly string[];
  /** The local owner key has no rate limit unless one was configured. */
  readonly unlimited: boolean;
}

/** In whose hands, beside its holder's own, is what this caller makes or sets for him: his, and of all who have his key in hand. */
export function toHandsOf(
  { user, hands }: Pick<Principal, "user" | "hands">,
  holder: string,
): readonly string[] {
  return [...new Set([user, ...(hands ?? [])])].filter((one) => one !== holder);
}
