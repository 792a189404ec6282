// What is known of an approval before there is a run: for whoever sets up a trigger, at whose runs nobody sits.
import type { Principal, Role } from "./domain/principal.ts";
import type { Skill } from "./domain/skill.ts";
import type { CatalogueSnapshot } from "./ports/catalogue.ts";
import { assess } from "./stages/assess.ts";
import { decideAuthorization } from "./stages/authorize.ts";
import type { Planner } from "./stages/plan.ts";
import { toCalled, toPlan } from "./stages/plan.ts";

/** Whose yes each run of a skill will wait for, as far as its file tells; null: nobody's, or only the run can tell. */
export function foreseeApproval(
  snapshot: CatalogueSnapshot,
  { skill, principal }: { readonly skill: Skill; readonly principal: Principal },
  planner: Planner,
): Role | null {
  const draft = toPlan(skill, {}, { snapshot, planner });
  if ("refusal" in draft) return null;
  const asked = { skill, called: toCalled(snapshot, draft) };
  const decided = decideAuthorization(principal, asked, {
    ...draft,
    ...assess(asked, draft.effects, null),
  });
  return decided.allowed && decided.approval.needed === "yes" ? decided.approval.by : null;
}
