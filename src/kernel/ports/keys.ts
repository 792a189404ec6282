// Users and their keys as an owner administers them. Who a key belongs to when it is used is identity.ts.
import type { TenantId } from "../domain/id.ts";
import type { Role, Scope } from "../domain/principal.ts";

export interface KeyRecord {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Null: every skill. */
  readonly skills: readonly string[] | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** At most a minute old. */
  readonly lastUsedAt: number | null;
  /** The key that a local start made and the `skillos` command uses. */
  readonly isOfThisComputer: boolean;
}

export interface NewKey extends Omit<KeyRecord, "lastUsedAt" | "isOfThisComputer"> {
  /** The key itself is stored nowhere. */
  readonly hash: string;
}

export interface Keys {
  add(tenant: TenantId, key: NewKey): Promise<void>;
  /** Those that are not revoked, oldest first. */
  list(tenant: TenantId): Promise<readonly KeyRecord[]>;
  /** Null: there is none, or it is revoked. */
  find(tenant: TenantId, id: string): Promise<KeyRecord | null>;
  /** False: there was none that was good. */
  revoke(tenant: TenantId, id: string, now: number): Promise<boolean>;
  /** The new one is there and the old one ends at `until`, both or neither. */
  rotate(tenant: TenantId, change: { old: string; key: NewKey; until: number }): Promise<void>;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** Where questions are put to him. Empty: nowhere, unless his id is an address. */
  readonly email: string;
}

export interface Users {
  /** False: there is one of this id. */
  add(tenant: TenantId, user: User): Promise<boolean>;
  list(tenant: TenantId): Promise<readonly User[]>;
  find(tenant: TenantId, id: string): Promise<User | null>;
  /** His keys take the role over. False: the tenant would have no owner. */
  setRole(tenant: TenantId, id: string, role: Role): Promise<boolean>;
  setEmail(tenant: TenantId, id: string, email: string): Promise<void>;
  /** His keys are revoked with him. False: the tenant would have no owner. */
  remove(tenant: TenantId, id: string, now: number): Promise<boolean>;
}

/** A key that was replaced is good for so long at most. */
export const MAX_OVERLAP_SECONDS = 7 * 86_400;
