// What holds for a tenant that wrote no policy: two files as anybody could write them, read by the same reader.
import { invariant } from "../domain/refusal.ts";
import type { Policy, PolicyName } from "./policy.ts";
import { parsePolicyFile } from "./policy-file.ts";
import { compilePolicies, type PolicySet } from "./policy-set.ts";

export const DEFAULT_TEXTS: Readonly<Record<PolicyName, string>> = {
  permission_policies: `# Writes are for everybody but viewers, deletes for owners. Reads are open; what no rule allows is denied.
rules:
  - id: writers
    effect: allow
    roles: [owner, manager, member]
    actions: write
  - id: deleters
    effect: allow
    roles: owner
    actions: delete
examples:
  - { subject: { role: member }, skill: shop/sell, action: write, expect: allow, rule: writers }
  - { subject: { role: viewer }, skill: shop/sell, action: write, expect: deny }
  - { subject: { role: manager }, skill: shop/clean, action: delete, expect: deny }
  - { subject: { role: owner }, skill: shop/clean, action: delete, expect: allow, rule: deleters }
  - { subject: { role: viewer }, skill: shop/look, action: read, expect: allow }
`,
  approval_policies: `# A person says yes to every delete, to more than ten things at once, and to what is risky. One write passes.
rules:
  - id: deletes
    actions: delete
    by: owner
  - id: many
    when: amounts.entities > 10
    by: owner
  - id: risky
    when: risk >= 7
    by: owner
examples:
  - { subject: { role: owner }, skill: shop/clean, action: delete, expect: ask, rule: deletes }
  - { subject: { role: owner }, skill: shop/sell, action: write, amounts: { entities: 11 }, expect: ask, rule: many }
  - { subject: { role: owner }, skill: shop/sell, action: write, amounts: { entities: 10 }, expect: allow }
  - { subject: { role: owner }, skill: shop/pay, action: write, risk: 7, expect: ask, rule: risky }
`,
};

function read(name: PolicyName): Policy {
  const parsed = parsePolicyFile(`default/${name}.yaml`, DEFAULT_TEXTS[name], []);
  invariant("policy" in parsed, `the default ${name} can be read`);
  return parsed.policy;
}

let policies: readonly Policy[] | null = null;

/** Read when they are first needed. */
export function toDefaults(): readonly Policy[] {
  policies ??= [read("permission_policies"), read("approval_policies")];
  return policies;
}

let set: PolicySet | null = null;

/** Of a tenant that wrote none. */
export function toDefaultSet(): PolicySet {
  set ??= compilePolicies([], toDefaults());
  return set;
}
