// Whether a key may ask an operation at all, before anybody looks at what it asks for. docs/permissions.md is made of it.
import type { Principal } from "../../kernel/domain/principal.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import { hasScope } from "../../kernel/stages/authorize.ts";
import type { Operation } from "../operation.ts";

export function findCallRefusal(
  { name, permission, needsEverySkill }: Pick<Operation<unknown>, "name" | "permission" | "needsEverySkill">,
  principal: Principal,
): RefusalOf<"forbidden"> | null {
  const deny = (rule: string): RefusalOf<"forbidden"> => ({
    reason: "forbidden",
    action: `call ${name}`,
    rule,
    role: principal.role,
  });
  if (permission !== null && !hasScope(principal, permission))
    return deny(`needs a key, and a role, with "${permission}"`);
  // What an administrator may ask is of the whole tenant.
  return (needsEverySkill || permission === "admin") && principal.skills !== undefined
    ? deny("needs a key that reaches every skill")
    : null;
}
