// Who a key or a name belongs to, as channels ask it.
import type { Principal, Role } from "../domain/principal.ts";
import type { TenantId } from "../domain/id.ts";

export interface Member {
  /** Null: only his tokens know him. */
  readonly role: Role | null;
}

export interface Identity {
  /** Null: no such key, expired, or revoked. At most 5 seconds old. */
  findByKey(keyHash: string, now: number): Promise<Principal | null>;
  /** The owner of the local tenant: whom the page on this computer acts for. */
  findLocalOwner(): Promise<Principal | null>;
  /** Whoever a token names: null where there is no such tenant or he was removed. At most 5 seconds old. */
  findMember(tenant: TenantId, user: string, now: number): Promise<Member | null>;
  /** He came by a token: he is one of those who may be asked. Kept in the background, once an hour. */
  noteToken(who: Pick<Principal, "tenant" | "user" | "role">, now: number): void;
}
