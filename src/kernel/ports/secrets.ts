// Where secrets come from. Only the door asks for values.
import type { TenantId } from "../domain/id.ts";
import type { Listed } from "../domain/seal-broken.ts";

/** Values of `secret:KEY`. Only the door asks. */
export interface Secrets {
  load(tenant: TenantId, key: string): Promise<string | null>;
  /** Every secret value of the tenant that could appear in an answer, for masking. */
  known(tenant: TenantId): Promise<readonly string[]>;
}

/** What is told of a secret: never its value. */
export interface SecretNote {
  readonly name: string;
  readonly user: string;
  readonly setAt: number;
}

/** A tenant's own. */
export interface SecretStore extends Secrets {
  set(tenant: TenantId, note: SecretNote, value: string): Promise<void>;
  list(tenant: TenantId): Promise<readonly Listed<SecretNote>[]>;
  drop(tenant: TenantId, name: string): Promise<boolean>;
}
