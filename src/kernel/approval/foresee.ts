// What is known of an approval before there is a run: for whoever sets up a trigger, at whose runs nobody sits.
import type { Principal, Role } from "../domain/principal.ts";
import type { Skill } from "../domain/skill.ts";
import type { Surroundings } from "../pipeline.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import { assess } from "../stages/assess.ts";
import { decideAuthorization, toJudging } from "../stages/authorize.ts";
import { toCalled, toPlan } from "../stages/plan.ts";

interface Foreseen {
  readonly skill: Skill;
  readonly principal: Principal;
  readonly channel: string;
}

/** Whose yes each run of a skill will wait for, as far as its file tells; null: nobody's, or only the run can tell. */
export function foreseeApproval(
  snapshot: CatalogueSnapshot,
  { skill, ...whoever }: Foreseen,
  around: Omit<Surroundings, "approvalToken">,
): Role | null {
  const draft = toPlan(skill, {}, { snapshot, planner: around });
  if ("refusal" in draft) return null;
  const asked = { skill, called: toCalled(snapshot, draft) };
  const plan = { ...draft, ...assess(asked, draft.effects, null) };
  const judging = toJudging(snapshot, whoever, around.now);
  const decided = decideAuthorization(judging, { asked, plan, manifest: null, isFinal: false });
  return decided.allowed && decided.approval.needed === "yes" ? decided.approval.by : null;
}
