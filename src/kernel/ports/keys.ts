// Users and their keys as an owner administers them. Who a key belongs to when it is used is identity.ts.
import type { TenantId } from "../domain/id.ts";
import type { Person } from "../domain/person.ts";
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
  /** Null: nobody knows. */
  readonly madeBy: string | null;
  /** The key that asked for it; null: a token did, or nobody knows. */
  readonly madeWith: string | null;
  /** Of the keys that it was rotated along the first, by whose id limits of any of these stand; its own, where it is none's successor. */
  readonly root: string;
  /** The keys that it comes from, made with them or in their place, by their roots, the nearest first. What binds them binds it. */
  readonly line: readonly string[];
  /** Other users who had it, or a key that it was made with, in their hands. */
  readonly hands: readonly string[];
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

/** So many keys before one may bind it, beside its own root: every run is weighed against each of them. */
export const MOST_IN_LINE = 16;

/** A key as whatever it set up finds it. */
export interface HeldKey extends KeyRecord {
  readonly isRevoked: boolean;
}

/** Ids of what a key set up, or took over. */
export interface SetUpBy {
  readonly webhooks: readonly string[];
  readonly schedules: readonly string[];
}

export interface Keys {
  /** False: the key that asks for it is no longer good. It leaves none behind. */
  add(tenant: TenantId, key: NewKey): Promise<boolean>;
  /** Those that are not revoked, oldest first. */
  list(tenant: TenantId): Promise<readonly KeyRecord[]>;
  /** Null: there is none, or it is revoked. */
  find(tenant: TenantId, id: string): Promise<KeyRecord | null>;
  /** Of these ids the roots; of revoked ones too, and of none that there is not. */
  findRoots(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * With `descendants` all that was made with it too, and with those; of one user, or of everybody (null). At once: none of them makes
   * another meanwhile. Answers what was ended.
   */
  revoke(
    tenant: TenantId,
    id: string,
    how: { readonly now: number; readonly descendants: { readonly user: string | null } | null },
  ): Promise<readonly string[]>;
  /** By each of these ids, the last key of the line that it was rotated along, revoked ones too. */
  follow(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, HeldKey>>;
  /** Keys that were made or rotated with it, or with one of those, and that are good without it. */
  listMadeWith(tenant: TenantId, id: string): Promise<readonly string[]>;
  /** What stops with these: of a key that has a successor nothing does. */
  listSetUp(tenant: TenantId, ids: readonly string[]): Promise<SetUpBy>;
  /** The new one is there and the old one ends at `until`, both or neither. False: one of the two, or who asks, is no longer good. */
  rotate(tenant: TenantId, change: { old: string; key: NewKey; until: number }): Promise<boolean>;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** Where questions are put to him. Empty: nowhere, unless his id is an address. */
  readonly email: string;
  readonly emailSince: number;
  /** Beside himself, who set it, or had the key in hand that did. */
  readonly emailBy: readonly string[];
}

/** A user as whoever is asked to decide; who lost his role, or was removed, within the last day is among them. */
export interface Candidate extends Person, Pick<User, "email" | "emailSince" | "emailBy"> {}

export interface Users {
  /** False: there is one of this id. */
  add(tenant: TenantId, user: User): Promise<boolean>;
  list(tenant: TenantId): Promise<readonly User[]>;
  listDeciding(tenant: TenantId, now: number): Promise<readonly Candidate[]>;
  find(tenant: TenantId, id: string): Promise<User | null>;
  /** What is null stays. His keys take the role over. False: the tenant would have no owner. */
  change(
    tenant: TenantId,
    id: string,
    to: Pick<User, "emailBy"> & {
      readonly role: Role | null;
      readonly email: string | null;
      readonly now: number;
    },
  ): Promise<boolean>;
  /** His keys are revoked with him. False: the tenant would have no owner. */
  remove(tenant: TenantId, id: string, now: number): Promise<boolean>;
}

/** A key that was replaced is good for so long at most. */
export const MAX_OVERLAP_SECONDS = 7 * 86_400;
