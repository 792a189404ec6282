// The other engine: what a policy says, worked out in the plainest way from its rules as they were made. It shares nothing with the
// one that is checked: no parser, no compiled conditions, no patterns, no calendar.
import { asksForCount, type Scope, tell, type Tree } from "./policy-condition.ts";
import type { Request, Role, Rule } from "./policy-request.ts";

export interface Answer {
  readonly effect: "allow" | "deny";
  /** The id; null: no rule. */
  readonly rule: string | null;
  readonly isOpen: boolean;
  readonly asked: "yes" | "no" | "unknown";
  readonly by: Role | null;
}

/** As the guide describes them. */
const OF_ALL = { users: null, skills: null, channels: null, when: null, by: "owner" } as const;
const DEFAULT_PERMISSIONS: readonly Rule[] = [
  { ...OF_ALL, id: "writers", effect: "allow", roles: ["owner", "manager", "member"], actions: ["write"] },
  { ...OF_ALL, id: "deleters", effect: "allow", roles: ["owner"], actions: ["delete"] },
];
const more = (path: readonly [string, string?], by: string, value: number): Tree => ({
  is: "compare",
  by,
  left: { path },
  right: { value },
});
const DEFAULT_APPROVALS: readonly Rule[] = [
  { ...OF_ALL, id: "deletes", effect: "ask", roles: null, actions: ["delete"] },
  {
    ...OF_ALL,
    id: "many",
    effect: "ask",
    roles: null,
    actions: null,
    when: more(["amounts", "entities"], ">", 10),
  },
  { ...OF_ALL, id: "risky", effect: "ask", roles: null, actions: null, when: more(["risk"], ">=", 7) },
];

interface Policies {
  readonly rules: readonly Rule[];
  readonly hasPermissionDefaults: boolean;
  readonly hasApprovalDefaults: boolean;
}

type State = "holds" | "not" | "open" | "failed";

interface Seen {
  readonly rule: Rule;
  readonly state: State;
}

const NOTHING = { isOpen: false, asked: "no", by: null } as const;

export function answer(policies: Policies, request: Request): Answer {
  const scope = toScope(request);
  const seen = toOrdered(policies)
    .filter((rule) => isFor(rule, request))
    .map((rule): Seen => ({ rule, state: toState(rule, request, scope) }));
  for (const { rule, state } of seen)
    if (rule.effect === "deny" && (state === "holds" || state === "failed"))
      return { effect: "deny", rule: rule.id, ...NOTHING };
  return answerAllowed(seen, request.action === "read");
}

/** Own ones first, each by their ids: the first that decides is named. */
function toOrdered({ rules, hasPermissionDefaults, hasApprovalDefaults }: Policies): readonly Rule[] {
  const byId = (list: readonly Rule[]): Rule[] =>
    [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
  const permissions = hasPermissionDefaults ? DEFAULT_PERMISSIONS : [];
  const approvals = hasApprovalDefaults ? DEFAULT_APPROVALS : [];
  return [...byId(rules), ...byId([...permissions, ...approvals])];
}

/** No rule denies it; one must allow it all the same, unless it is a read. */
function answerAllowed(seen: readonly Seen[], isRead: boolean): Answer {
  const of = (effect: Rule["effect"], state: State): Seen | undefined =>
    seen.find((one) => one.rule.effect === effect && one.state === state);
  const allow = of("allow", "holds") ?? of("allow", "open");
  if (allow === undefined && !isRead) return { effect: "deny", rule: null, ...NOTHING };
  const isOpen = of("deny", "open") !== undefined || (!isRead && allow?.state === "open");
  const named = { effect: "allow", rule: allow?.rule.id ?? null, isOpen } as const;
  return isRead ? { ...named, asked: "no", by: null } : { ...named, ...toAsked(seen) };
}

const GREATEST_FIRST = ["owner", "manager", "member", "viewer"] as const;

function toAsked(seen: readonly Seen[]): Pick<Answer, "asked" | "by"> {
  const asking = seen.filter(({ rule, state }) => rule.effect === "ask" && state !== "not");
  const by = GREATEST_FIRST.find((role) => asking.some(({ rule }) => rule.by === role)) ?? null;
  if (asking.some(({ state }) => state !== "open")) return { asked: "yes", by };
  return { asked: asking.length > 0 ? "unknown" : "no", by };
}

function isFor(rule: Rule, request: Request): boolean {
  if (rule.roles !== null && !rule.roles.includes(request.subject.role)) return false;
  if (rule.users !== null && !rule.users.includes(request.subject.user)) return false;
  if (rule.actions !== null && !rule.actions.includes(request.action)) return false;
  if (rule.channels !== null && !rule.channels.includes(request.channel)) return false;
  return rule.skills === null || rule.skills.some((glob) => fits(glob, request.skill));
}

/** Letter by letter. */
function fits(glob: string, id: string): boolean {
  if (glob === "") return id === "";
  const [first, rest] = [glob[0], glob.slice(1)];
  if (first === "*") return fits(rest, id) || (id !== "" && fits(glob, id.slice(1)));
  return id !== "" && (first === "?" || first === id[0]) && fits(rest, id.slice(1));
}

function toState(rule: Rule, request: Request, scope: Scope): State {
  if (rule.when === null) return "holds";
  const told = tell(rule.when, scope);
  if (told === true) return "holds";
  if (told === false) return "not";
  const isUncounted = request.entities === null && !request.isFinal && asksForCount(rule.when);
  return isUncounted ? "open" : "failed";
}

function toScope(request: Request): Scope {
  const { subject, skill, tags, skillRisk, action, effects, entities, costUsd, input, channel, risk } =
    request;
  return {
    ...{ subject, action, effects, channel, risk },
    skill: { id: skill, domain: skill.slice(0, skill.indexOf("/")), tags, risk: skillRisk },
    amounts: entities === null ? { cost_usd: costUsd } : { entities, cost_usd: costUsd },
    time: toTime(request),
    ...(input === null ? {} : { input }),
  };
}

function toTime({ now, zone }: Request): Scope {
  const clock = new Date(now + zone.offsetMinutes * 60_000);
  return {
    date: clock.toISOString().slice(0, 10),
    hour: clock.getUTCHours(),
    day: clock.getUTCDate(),
    // 1 is Monday.
    weekday: clock.getUTCDay() === 0 ? 7 : clock.getUTCDay(),
  };
}
