// Whether this caller may run this plan, and whether a person must agree first: the tenant's policies decide, of the skill that was
// asked for and of each that it calls.
import type { Principal, Role, Scope } from "../domain/principal.ts";
import { ROLES } from "../domain/principal.ts";
import type { EffectClass } from "../domain/effect.ts";
import type { Action, RefusalOf, Verb } from "../domain/refusal.ts";
import type { RunOrder } from "../domain/run.ts";
import { reaches, reachesPlan } from "../domain/skill-glob.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import { decide, type PolicyApproval, type Verdict } from "../policy/decide.ts";
import { type Asked, type Asking, type Planned, toFacts } from "../policy/facts.ts";
import type { Facts } from "../policy/policy.ts";
import { toPlaceOfRule, toRuleName } from "../policy/rule-name.ts";
import type { PolicySet } from "../policy/policy-set.ts";

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

/** Who asks, and by which policies he is judged. */
export interface Judging extends Asking {
  readonly principal: Principal;
  readonly policies: PolicySet;
}

export function toJudging(
  { policies, tenant }: Pick<CatalogueSnapshot, "policies" | "tenant">,
  { principal, channel }: Pick<RunOrder, "principal" | "channel">,
  now: number,
): Judging {
  return { principal, channel, policies, now, timeZone: tenant.timeZone };
}

export function decideAuthorization(judging: Judging, planned: Planned): AuthorizeDecision {
  const { principal } = judging;
  const keyRefusal = findKeyRefusal(principal, planned.asked);
  if (keyRefusal) return { allowed: false, refusal: keyRefusal };
  const judged = judge(judging, planned);
  const refusal = findDenial(principal, planned.asked, judged);
  if (refusal) return { allowed: false, refusal };
  return { allowed: true, rule: toAllowing(judged), approval: toApprovalNeed(planned, judged) };
}

/** Nobody else is to be asked: his own larger key makes one. What starts by itself is set up with `build` and started with `run`. */
const RUN_KEY = {
  en: "Use a key with `run`: `skillos keys add NAME --scope run`. For webhooks and schedules it needs both: `--scope run --scope build`.",
  ru: "Нужен ключ с правом run: `skillos keys add ИМЯ --scope run`. Для вебхуков и расписаний нужны оба: `--scope run --scope build`.",
};

/** What the key itself does not reach, whatever policies say. */
export function findKeyRefusal(
  principal: Principal,
  { skill, called }: Asked,
): RefusalOf<"forbidden"> | null {
  const deny = (rule: string): RefusalOf<"forbidden"> => ({
    reason: "forbidden",
    action: `run ${skill.id}`,
    rule,
    role: principal.role,
  });
  if (!hasScope(principal, "run")) return { ...deny("this key does not run skills"), mend: RUN_KEY };
  // What it would call is not named: to this key it is not there.
  return called.every(({ id }) => reaches(principal, id))
    ? null
    : deny("it calls a skill that this key does not reach");
}

/** The gravest of what is denied; null: all of it is allowed. */
export function findDenial(
  { role }: Pick<Principal, "role">,
  asked: Asked,
  judged: readonly Judged[],
): RefusalOf<"forbidden"> | null {
  const denied = judged.find(({ verdict }) => verdict.effect === "deny");
  if (denied === undefined) return null;
  const { facts, verdict } = denied;
  const rule = toRuleName(verdict, facts.action);
  return { reason: "forbidden", action: toAction(facts, asked), rule, role };
}

/** Policies ask for a yes that nobody gave, because they did not ask for it when the run began. */
export function toUnasked(
  { role }: Pick<Principal, "role">,
  asked: Asked,
  judged: readonly Judged[],
): RefusalOf<"forbidden"> {
  const asking = judged.find(({ verdict }) => verdict.approval.rule !== null);
  const action = asking ? toAction(asking.facts, asked) : (`run ${asked.skill.id}` as const);
  const rule = asking?.verdict.approval.rule;
  const name = rule ? toPlaceOfRule(rule) : "default policy";
  return { reason: "forbidden", action, rule: `a yes is needed by now: ${name}`, role };
}

export interface Judged {
  readonly facts: Facts;
  readonly verdict: Verdict;
}

/** Every decision that this plan needs, deletes first. */
export function judge({ policies, ...asking }: Judging, planned: Planned): readonly Judged[] {
  return toFacts(asking, planned).map((facts) => ({ facts, verdict: decide(policies, facts) }));
}

/** The rule for the gravest of what it does. */
function toAllowing(judged: readonly Judged[]): string {
  const [gravest] = judged;
  return gravest === undefined ? "default policy" : toRuleName(gravest.verdict, gravest.facts.action);
}

const VERBS: Readonly<Record<EffectClass, Verb>> = {
  read: "run",
  write: "write with",
  delete: "delete with",
};

/** `delete quotes`; what only a run can name is told by its skill. */
function toAction({ action, skill, effects }: Facts, asked: Asked): Action {
  const targets = [
    ...new Set(effects.filter((effect) => effect.class === action).map(({ target }) => target)),
  ];
  const isNamed = action === "delete" && targets.every((target) => !target.includes("${{"));
  if (isNamed && skill.id === asked.skill.id) return `delete ${targets.join(", ")}`;
  return `${VERBS[action]} ${skill.id}`;
}

export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes("admin");
}

/** Null: he may cancel and resolve this run. Whoever started it may, and those who answer for the whole tenant. */
export function findRunRefusal(
  principal: Principal,
  run: { readonly order: Pick<RunOrder, "principal" | "plan"> },
  action: Verb,
): RefusalOf<"forbidden"> | null {
  const { role, user } = principal;
  const { principal: starter, plan } = run.order;
  if (action !== "cancel" && !reachesPlan(principal, plan)) {
    const rule = "it calls a skill that this key does not reach";
    return { reason: "forbidden", action: `${action} ${plan.skill}`, rule, role };
  }
  if (role === "owner" || role === "manager") return null;
  if (role === "member" && user === starter.user) return null;
  const rule = role === "viewer" ? "viewers only read" : "members act on the runs they started";
  return { reason: "forbidden", action: `${action} ${plan.skill}`, rule, role };
}

/** Whose yes it is where nobody says whose. A skill may want somebody's besides policy, and never instead. */
const NOBODY_SAYS: Role = "owner";

/** What a called skill asks for binds its caller: the strictest of all decides, policy among them where it asks or may ask. */
function toApprovalNeed({ asked, plan }: Planned, judged: readonly Judged[]): ApprovalNeed {
  const { skill, called } = asked;
  const policy = toPolicyNeed(judged);
  const mayBe = [
    skill.approval?.by ?? policy.by ?? NOBODY_SAYS,
    ...called.flatMap(({ approval }) => approval?.by ?? []),
    ...(policy.by === null ? [] : [policy.by]),
  ];
  const by = ROLES.find((role) => mayBe.includes(role)) ?? NOBODY_SAYS;
  const writes = plan.effects.some((effect) => effect.class !== "read");
  const always = writes && [skill, ...called].some(({ approval }) => approval?.ask === "always");
  return { needed: always ? "yes" : policy.needed, by, always };
}

/** What is still open about a permission is told by a trial too. */
export function toPolicyNeed(judged: readonly Judged[]): Pick<PolicyApproval, "needed" | "by"> {
  const asked = judged.map(({ verdict }) => verdict.approval).filter(({ needed }) => needed !== "no");
  const by = ROLES.find((role) => asked.some((approval) => approval.by === role)) ?? null;
  if (asked.some(({ needed }) => needed === "yes")) return { needed: "yes", by };
  const isOpen = asked.length > 0 || judged.some(({ verdict }) => verdict.isOpen);
  return { needed: isOpen ? "unknown" : "no", by };
}
