// Whether this caller may run this plan, and whether a person must agree first.
import { isSameSecret } from "../domain/hmac.ts";
import type { Plan } from "../domain/plan.ts";
import { APPROVAL_ENTITIES, APPROVAL_RISK } from "../domain/plan.ts";
import type { Principal, Role, Scope } from "../domain/principal.ts";
import { ROLES } from "../domain/principal.ts";
import type { Action, RefusalOf, Verb } from "../domain/refusal.ts";
import type { RunOrder } from "../domain/run.ts";
import type { Skill } from "../domain/skill.ts";
import { reaches } from "../domain/skill-glob.ts";

/** The skill that was asked for, and every skill that it calls, however deep. */
export interface Asked {
  readonly skill: Skill;
  readonly called: readonly Skill[];
}

/** The default policy of a new tenant: who may do what. */
const MAY_WRITE: ReadonlySet<Role> = new Set(["owner", "manager", "member"]);
const MAY_DELETE: ReadonlySet<Role> = new Set(["owner"]);

export type AuthorizeDecision =
  | { readonly allowed: true; readonly rule: string; readonly approval: ApprovalNeed }
  | { readonly allowed: false; readonly refusal: RefusalOf<"forbidden"> };

export interface ApprovalNeed {
  /** `unknown` until a dry run has counted the entities. */
  readonly needed: "yes" | "no" | "unknown";
  /** The role that may say yes. */
  readonly by: Role;
  /** The skill itself asks for a yes, whatever policy says. */
  readonly always: boolean;
}

export function decideAuthorization(principal: Principal, asked: Asked, plan: Plan): AuthorizeDecision {
  const { skill } = asked;
  const deny = (action: Action, rule: string): AuthorizeDecision => ({
    allowed: false,
    refusal: { reason: "forbidden", action, rule, role: principal.role },
  });
  if (!hasScope(principal, "run")) return deny(`run ${skill.id}`, "this key may only read");
  // What it would call is not named: to this key it is not there.
  if (asked.called.some(({ id }) => !reaches(principal, id)))
    return deny(`run ${skill.id}`, "it calls a skill that this key does not reach");
  if (plan.effects.some((effect) => effect.class === "delete") && !MAY_DELETE.has(principal.role)) {
    return deny(toDeletion(skill, plan), "only owners delete");
  }
  if (plan.effects.some((effect) => effect.class === "write") && !MAY_WRITE.has(principal.role)) {
    return deny(`write with ${skill.id}`, "viewers only read");
  }
  return { allowed: true, rule: "default policy", approval: toApprovalNeed(asked, plan) };
}

/** `delete quotes`; what only a run can name is told by its skill. */
function toDeletion(skill: Skill, plan: Plan): Action {
  const deletes = plan.effects.filter((effect) => effect.class === "delete");
  const targets = [...new Set(deletes.map(({ target }) => target))];
  return targets.some((target) => target.includes("${{"))
    ? `delete with ${skill.id}`
    : `delete ${targets.join(", ")}`;
}

export function isRunnable(principal: Principal, skill: Skill): boolean {
  return reaches(principal, skill.id) && (hasScope(principal, "run") || hasScope(principal, "read"));
}

export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes("admin");
}

/** The operator's token, where one is set. */
export function hasToken(wanted: string | null, given: string | null | undefined): boolean {
  return wanted === null || isSameSecret(given ?? "", wanted);
}

/** Null: he may cancel and resolve this run. Whoever started it may, and those who answer for the whole tenant. */
export function findRunRefusal(
  principal: Principal,
  run: { readonly order: Pick<RunOrder, "principal" | "plan"> },
  action: Verb,
): RefusalOf<"forbidden"> | null {
  const { role, user } = principal;
  const { principal: starter, plan } = run.order;
  if (role === "owner" || role === "manager") return null;
  if (role === "member" && user === starter.user) return null;
  const rule = role === "viewer" ? "viewers only read" : "members act on the runs they started";
  return { reason: "forbidden", action: `${action} ${plan.skill}`, rule, role };
}

/** Whose yes policy wants. A skill may want somebody's besides, and never instead. */
const POLICY_ASKS: Role = "owner";

/** What a called skill asks for binds its caller: the strictest of all decides, policy among them where it asks or may ask. */
function toApprovalNeed({ skill, called }: Asked, plan: Plan): ApprovalNeed {
  const policy = toPolicyNeed(plan);
  const mayBe = [
    skill.approval?.by ?? POLICY_ASKS,
    ...called.flatMap(({ approval }) => approval?.by ?? []),
    ...(policy === "no" ? [] : [POLICY_ASKS]),
  ];
  const by = ROLES.find((role) => mayBe.includes(role)) ?? POLICY_ASKS;
  const writes = plan.effects.some((effect) => effect.class !== "read");
  const always = writes && [skill, ...called].some(({ approval }) => approval?.ask === "always");
  return { needed: always ? "yes" : policy, by, always };
}

function toPolicyNeed(plan: Plan): ApprovalNeed["needed"] {
  const writes = plan.effects.filter((effect) => effect.class !== "read");
  if (writes.length === 0) return "no";
  if (plan.risk >= APPROVAL_RISK || writes.some((effect) => effect.class === "delete")) return "yes";
  if (writes.some((effect) => effect.entities === null)) return "unknown";
  const entities = writes.reduce((sum, effect) => sum + (effect.entities ?? 0), 0);
  return entities > APPROVAL_ENTITIES ? "yes" : "no";
}
