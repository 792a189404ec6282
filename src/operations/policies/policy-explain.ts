// What policies would say of one person, one skill and one input: which rule decides, where it stands, and which others are for it.
import { z } from "zod";
import { SkillIdShape } from "../../kernel/domain/id-shapes.ts";
import { type Principal, type Role, ROLES } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { CHANNELS, isChannel, NO_WISHES } from "../../kernel/domain/request.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import { type Locale, toPlain } from "../../kernel/domain/text.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Match } from "../../kernel/policy/decide.ts";
import type { CompiledRule } from "../../kernel/policy/policy-set.ts";
import { toPlaceOfRule, toRuleName } from "../../kernel/policy/rule-name.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Payer } from "../../kernel/ports/guard.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { toPayers } from "../../kernel/stages/admit.ts";
import { assess } from "../../kernel/stages/assess.ts";
import {
  decideAuthorization,
  hasScope,
  judge,
  type Judged,
  toJudging,
} from "../../kernel/stages/authorize.ts";
import { decideInput } from "../../kernel/stages/input.ts";
import { toCalled, toPlan } from "../../kernel/stages/plan.ts";
import type { Call } from "../operation.ts";
import { toNoSuchName } from "../no-such-name.ts";
import { defineOperation } from "../operation.ts";

const Body = z.strictObject({
  skill: SkillIdShape,
  input: z.record(z.string(), z.unknown()).default({}),
  /** "admin" is an owner. */
  role: z
    .enum([...ROLES, "admin"])
    .transform((role): Role => (role === "admin" ? "owner" : role))
    .optional(),
  user: z.string().min(1).max(200).optional(),
  channel: z.string().optional(),
});

export const policyExplain = defineOperation({
  name: "policy-explain",
  summary:
    "Whether somebody may run a skill, whose yes it needs, which rule says so, and whose budgets, limits and pauses it meets. Runs nothing.",
  permission: "read",
  http: "POST /policies/explain",
  input: Body,
  async run(platform, call) {
    const { skill: id, channel = call.channel } = call.input;
    if (!isChannel(channel)) return { refusal: toNoChannel(channel) };
    const principal = await findSubject(platform, call.principal, call.input);
    if ("refusal" in principal) return principal;
    const snapshot = await platform.loadFresh(call.principal.tenant);
    const skill = snapshot.skills.get(id);
    if (!skill) return { refusal: toUnknownSkill(id, snapshot.skills.keys()) };
    const planned = planWith(platform, call, { snapshot, skill });
    if ("refusal" in planned) return planned;
    const judging = toJudging(snapshot, { principal, channel }, platform.clock.now());
    const judged = judge(judging, planned);
    const asked = { skill: id, user: principal.user, role: principal.role, channel };
    return {
      body: {
        ...asked,
        ...toDecision(decideAuthorization(judging, planned), judged),
        // Whose budgets, limits and pauses it would meet.
        paid_by: toPaying(call.input, toPayers({ principal, plan: planned.plan })),
        decisions: toBodies(judged, call.locale),
      },
    };
  },
});

/** Of a role alone nobody is asked in particular, and least of all whoever asks. */
function toPaying({ role, user }: z.infer<typeof Body>, payers: readonly Payer[]): readonly Payer[] {
  if (role === undefined || user !== undefined) return payers;
  return payers.filter((payer) => !payer.startsWith("user:") && !payer.startsWith("key:"));
}

/** One that there is not would be answered as if there were. */
function toNoChannel(channel: string): Refusal {
  const message = { en: `There is no channel "${channel}".`, ru: `Канала «${channel}» нет.` };
  return toNoSuchName({ field: "channel", written: channel, known: CHANNELS, message });
}

/** Anybody may ask about himself and about a smaller role; about others, with the roles that they have, only who administers. */
async function findSubject(
  platform: Platform,
  asker: Principal,
  { role: named, user = asker.user }: z.infer<typeof Body>,
): Promise<Principal | { readonly refusal: Refusal }> {
  const isOther = user !== asker.user;
  const isGreater = named !== undefined && ROLES.indexOf(named) < ROLES.indexOf(asker.role);
  if ((isGreater || isOther) && !hasScope(asker, "admin")) {
    const rule = 'needs a key, and a role, with "admin"';
    const action = "explain policies to others" as const;
    return { refusal: { reason: "forbidden", action, rule, role: asker.role } };
  }
  if (!isOther) return { ...asker, role: named ?? asker.role };
  // With a role it is a question about anybody; without one, about somebody who has one.
  const role = named ?? (await platform.users.find(asker.tenant, user))?.role;
  if (role === undefined) return { refusal: { reason: "not_found", what: "user", id: user } };
  return { ...asker, role, user, keyId: null };
}

interface Place {
  readonly snapshot: CatalogueSnapshot;
  readonly skill: Skill;
}

/** With the values that a run would have; what is missing stays so. */
function planWith(platform: Platform, call: Call<z.infer<typeof Body>>, { snapshot, skill }: Place) {
  const { principal, requestId, channel, input } = call;
  const request = { ...NO_WISHES, requestId, principal, channel, skill: skill.id, input: input.input };
  const read = decideInput(skill, request, { now: platform.clock.now(), tenant: snapshot.tenant });
  if ("refusal" in read) return read;
  const draft = toPlan(skill, read.values, { snapshot, planner: platform.surroundings });
  if ("refusal" in draft) return draft;
  const asked = { skill, called: toCalled(snapshot, draft) };
  const plan = { ...draft, ...assess(asked, draft.effects, null) };
  return { asked, plan, manifest: null, isFinal: false };
}

/** The rule is the one that makes the decision what it is: where a yes is needed, the one that asks for it. */
function toDecision(decided: ReturnType<typeof decideAuthorization>, judged: readonly Judged[]) {
  if (!decided.allowed) return { decision: "deny", rule: decided.refusal.rule };
  const { needed, by } = decided.approval;
  if (needed === "no") return { decision: "allow", rule: decided.rule, approval: { needed, by: null } };
  const decision = needed === "yes" ? "ask" : "depends";
  return { decision, rule: toAskingRule(judged, needed) ?? decided.rule, approval: { needed, by } };
}

function toAskingRule(judged: readonly Judged[], needed: "yes" | "unknown"): string | null {
  const rules = judged.flatMap(({ verdict: { approval } }) =>
    approval.needed === needed && approval.rule !== null ? [approval.rule] : [],
  );
  const [rule] = rules;
  if (rule !== undefined) return toPlaceOfRule(rule);
  return needed === "yes" ? "the skill itself asks for a yes" : null;
}

function toBodies(judged: readonly Judged[], locale: Locale) {
  return judged.map(({ facts, verdict }) => {
    const { effect, rule, approval, matches } = verdict;
    const { id } = facts.skill;
    return {
      ...{ skill: id, action: facts.action, effect, decided_by: toRuleName(verdict, facts.action) },
      ...(rule === null ? {} : { rule: toPlace(rule) }),
      ...(approval.rule === null
        ? {}
        : { approval: { needed: approval.needed, by: approval.by, rule: toPlace(approval.rule) } }),
      matched: matches.map((match) => toMatchBody(match, locale)),
    };
  });
}

function toPlace({ rule, policy, isDefault }: CompiledRule) {
  return { id: rule.id, policy, file: rule.at.file, line: rule.at.line, default: isDefault };
}

function toMatchBody({ rule, told, why }: Match, locale: Locale) {
  const { effect, when } = rule.rule;
  return {
    ...toPlace(rule),
    effect,
    ...(when === null ? {} : { when }),
    told,
    ...(why === undefined ? {} : { why: toPlain(why, locale) }),
  };
}
