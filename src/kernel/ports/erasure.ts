// The end of a tenant: its keys go, and what was sealed with them is of no use to anybody.
import type { TenantId } from "../domain/id.ts";

/** What is still there, by kind: how much, and nothing of what it says. */
export interface Remains {
  readonly what: string;
  readonly isSealed: boolean;
  readonly count: number;
  readonly bytes: number;
}

export interface Erasure {
  /** Keys, secrets, users, skills and everything that could start a run, in one batch. False: there is no such tenant. */
  erase(tenant: TenantId): Promise<boolean>;
  /** Asked where something broke: what was just erased is known for some seconds more. False also where nobody can say. */
  isErased(tenant: TenantId): Promise<boolean>;
  listRemains(tenant: TenantId): Promise<readonly Remains[]>;
}
