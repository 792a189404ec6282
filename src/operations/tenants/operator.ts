// Who runs this system: the owner of the tenant that came with it.
import { OPERATOR } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";

export function isOperator(principal: Principal): boolean {
  return principal.tenant === OPERATOR && principal.role === "owner";
}
