// Where secrets come from. Only the door asks for values.
import type { TenantId } from "../domain/id.ts";

/** Values of `secret:KEY`. Only the door asks. */
export interface Secrets {
  load(tenant: TenantId, key: string): Promise<string | null>;
  /** Every secret value of the tenant that could appear in an answer, for masking. */
  known(tenant: TenantId): Promise<readonly string[]>;
}
