// The rules of one tenant, compiled once per registry version: its own and those that come with SkillOS.
import { compileGlob } from "../domain/skill-glob.ts";
import { compileCondition, type Condition } from "./condition.ts";
import type { Facts, Policy, PolicyName, PolicyRule } from "./policy.ts";

export interface CompiledRule {
  readonly rule: PolicyRule;
  readonly policy: PolicyName;
  /** It comes with SkillOS. */
  readonly isDefault: boolean;
  /** Whether it is for these: all but its condition. */
  readonly isFor: (facts: Facts) => boolean;
  /** Null: no condition. */
  readonly condition: Condition | null;
}

export interface PolicySet {
  /** In the order in which they name a decision: own ones before those of SkillOS, then by id. The order decides nothing. */
  readonly rules: readonly CompiledRule[];
  /** The documents they are of. */
  readonly policies: readonly { readonly policy: Policy; readonly isDefault: boolean }[];
}

type PolicyInForce = PolicySet["policies"][number];

export function compileRules(policies: readonly PolicyInForce[]): readonly CompiledRule[] {
  return policies.flatMap(toRules).sort(byNaming);
}

/** A document takes the place of the default of its name only where it says so. */
export function compilePolicies(own: readonly Policy[], defaults: readonly Policy[]): PolicySet {
  const replaced = new Set(own.filter((policy) => !policy.defaults).map(({ name }) => name));
  const standing = defaults.filter(({ name }) => !replaced.has(name));
  const policies = [
    ...own.map((policy) => ({ policy, isDefault: false })),
    ...standing.map((policy) => ({ policy, isDefault: true })),
  ];
  return { policies, rules: compileRules(policies) };
}

function toRules({ policy, isDefault }: PolicyInForce): CompiledRule[] {
  return policy.rules.map((rule) => ({
    rule,
    policy: policy.name,
    isDefault,
    isFor: toIsFor(rule),
    condition: rule.when === null ? null : compileCondition(rule.when),
  }));
}

function byNaming(one: CompiledRule, other: CompiledRule): number {
  if (one.isDefault !== other.isDefault) return one.isDefault ? 1 : -1;
  return one.rule.id < other.rule.id ? -1 : Number(one.rule.id > other.rule.id);
}

function toIsFor({ roles, users, skills, actions, channels }: PolicyRule): (facts: Facts) => boolean {
  const globs = skills?.map(compileGlob);
  return ({ subject, skill, action, channel }) =>
    (roles === null || roles.includes(subject.role)) &&
    (users === null || users.includes(subject.user)) &&
    (actions === null || actions.includes(action)) &&
    (channels === null || channels.includes(channel)) &&
    (globs === undefined || globs.some((matches) => matches(skill.id)));
}
