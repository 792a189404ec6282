// Who runs this system: the owner of the tenant that came with it.
import type { TenantId } from "../kernel/domain/id.ts";
import type { Principal } from "../kernel/domain/principal.ts";

/** The tenant of this computer's owner. */
export const OPERATOR: TenantId = "ten_local";

export function isOperator(principal: Principal): boolean {
  return principal.tenant === OPERATOR && principal.role === "owner";
}
