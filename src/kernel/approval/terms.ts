// How long a question stands and what becomes of it then. The shortest time that any skill of the plan gives holds for all.
import type { ApprovalTerms } from "../domain/run.ts";
import { APPROVAL_MS } from "../domain/run.ts";
import type { Asked } from "../policy/facts.ts";

const DEFAULT_TERMS: ApprovalTerms = { expiresMs: APPROVAL_MS, onTimeout: "deny" };

export function decideTerms({ skill, called }: Asked): ApprovalTerms {
  const said = [skill, ...called].flatMap(({ approval }) => approval?.expiresMs ?? []);
  return {
    expiresMs: said.length === 0 ? DEFAULT_TERMS.expiresMs : Math.min(...said),
    onTimeout: skill.approval?.onTimeout ?? DEFAULT_TERMS.onTimeout,
  };
}
