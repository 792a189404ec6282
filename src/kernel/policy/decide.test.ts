// What policies decide: a table of cases, and what holds of any rules and any request.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someFactsOfPolicy } from "../../../test/builders.ts";
import { decide } from "./decide.ts";
import { toDefaults, toDefaultSet } from "./default-policies.ts";
import { parsePolicyFile } from "./policy-file.ts";
import type { Facts, Policy, PolicyRule } from "./policy.ts";
import { compilePolicies, compileRules } from "./policy-set.ts";

function parse(name: string, text: string): Policy {
  const parsed = parsePolicyFile(`policies/${name}.yaml`, text, toDefaults());
  if ("mistakes" in parsed) throw new Error(JSON.stringify(parsed.mistakes));
  return parsed.policy;
}

const permission = (text: string) => compilePolicies([parse("permission_policies", text)], toDefaults());
const approval = (text: string) => compilePolicies([parse("approval_policies", text)], toDefaults());

function tell(set: ReturnType<typeof permission>, changes: Partial<Facts> = {}) {
  const { effect, rule, approval: asked, isOpen } = decide(set, someFactsOfPolicy(changes));
  return { effect, rule: rule?.rule.id ?? null, needed: asked.needed, by: asked.by, isOpen };
}

const as = (role: Facts["subject"]["role"]): Pick<Facts, "subject"> => ({
  subject: { user: "anna", role, key: "" },
});

describe("the policies that come with SkillOS", () => {
  it.each([
    ["member", "write", "allow", "writers"],
    ["viewer", "write", "deny", null],
    ["manager", "delete", "deny", null],
    ["owner", "delete", "allow", "deleters"],
    ["viewer", "read", "allow", null],
  ] as const)("%s: %s → %s", (...row) => {
    const [role, action, effect, rule] = row;
    expect(tell(toDefaultSet(), { ...as(role), action })).toMatchObject({ effect, rule });
  });

  it.each([
    ["one write", {}, "no"],
    ["eleven", { amounts: { entities: 11, cost_usd: 0 } }, "yes"],
    ["nobody knows how many", { amounts: { entities: null, cost_usd: 0 } }, "yes"],
    ["nobody knows yet", { amounts: { entities: null, cost_usd: 0 }, isFinal: false }, "unknown"],
    ["a risk of seven", { risk: 7 }, "yes"],
    [
      "a risk of seven, of nobody knows yet how many",
      { risk: 7, amounts: { entities: null, cost_usd: 0 }, isFinal: false },
      "yes",
    ],
    ["a delete", { ...as("owner"), action: "delete" }, "yes"],
    ["a read", { action: "read" }, "no"],
  ] as const)("ask: %s → %s", (_, changes, needed) => {
    expect(tell(toDefaultSet(), changes).needed).toBe(needed);
  });
});

describe("a tenant's rules", () => {
  it.each([
    ["roles", "roles: member", true],
    ["roles of others", "roles: [owner, viewer]", false],
    ["users", "users: [boris, anna]", true],
    ["a skill", "skills: test/one", true],
    ["a skill with a dot", "skills: test.one", true],
    ["a domain", "skills: ['shop/*', 'test/*']", true],
    ["an ending", "skills: '*/one'", true],
    ["another skill", "skills: test/on", false],
    ["an action", "actions: [write, delete]", true],
    ["another action", "actions: read", false],
    ["a channel", "channels: http", true],
    ["another channel", "channels: [cli, page]", false],
    ["a condition", "when: \"risk < 5 && 'money' in skill.tags\"", true],
    ["a condition that does not hold", "when: time.hour >= 18 || time.weekday > 5", false],
    ["an amount", "when: amounts.entities == 1 && input.total >= 500", true],
    ["an effect", 'when: effects.exists(e, e.target == "orders" && e.class == action)', true],
  ])("are for %s", (_, line, isFor) => {
    const told = tell(permission(`rules:\n  - id: no\n    effect: deny\n    ${line}\n`));
    expect(told).toMatchObject(isFor ? { effect: "deny", rule: "no" } : { effect: "allow", rule: "writers" });
  });

  it("add to the default ones, or take their place where they say so", () => {
    const rule = "  - { id: viewers too, effect: allow, roles: viewer, actions: write, skills: test/* }\n";
    expect(tell(permission(`rules:\n${rule}`), as("viewer"))).toMatchObject({ effect: "allow" });
    expect(tell(permission(`rules:\n${rule}`))).toMatchObject({ effect: "allow", rule: "writers" });
    expect(tell(permission(`defaults: false\nrules:\n${rule}`))).toMatchObject({
      effect: "deny",
      rule: null,
    });
    expect(tell(approval("defaults: false\n"), { risk: 9 })).toMatchObject({ needed: "no", by: null });
  });

  it("are the strictest together", () => {
    const rules = "  - { id: some, by: manager, skills: 'test/*' }\n  - { id: all, by: member }\n";
    expect(tell(approval(`rules:\n${rules}`))).toMatchObject({ needed: "yes", by: "manager" });
    expect(tell(approval(`rules:\n${rules}`), { risk: 8 })).toMatchObject({ needed: "yes", by: "owner" });
  });

  it("count as the safe side where their condition cannot be told", () => {
    const when = "when: input.nowhere > 3";
    const denying = permission(`rules:\n  - { id: no, effect: deny, ${when} }\n`);
    const allowing = permission(`rules:\n  - { id: yes, effect: allow, ${when} }\n`);
    expect(tell(denying)).toMatchObject({ effect: "deny", rule: "no" });
    expect(tell(allowing, as("viewer"))).toMatchObject({ effect: "deny", rule: null });
    expect(tell(approval(`rules:\n  - { id: ask, by: manager, ${when} }\n`))).toMatchObject({
      needed: "yes",
    });
    // Of a skill that is called, nobody knows the input.
    const large = permission("rules:\n  - { id: large, effect: deny, when: input.total > 900 }\n");
    expect(tell(large)).toMatchObject({ effect: "allow" });
    expect(tell(large, { input: null })).toMatchObject({ effect: "deny", rule: "large" });
  });

  it("wait for the count where that decides, and for nothing else", () => {
    const uncounted = { amounts: { entities: null, cost_usd: 0 }, isFinal: false };
    const few = permission("rules:\n  - { id: many, effect: deny, when: amounts.entities > 3 }\n");
    expect(tell(few, uncounted)).toMatchObject({ effect: "allow", isOpen: true });
    expect(tell(few, { ...uncounted, isFinal: true })).toMatchObject({ effect: "deny", isOpen: false });
    expect(tell(few)).toMatchObject({ effect: "allow", isOpen: false });
    const forgiving = permission(
      "rules:\n  - { id: many, effect: deny, when: 'coalesce(amounts.entities, 0) > 3' }\n",
    );
    expect(tell(forgiving, uncounted)).toMatchObject({ effect: "allow", isOpen: true });
  });
});

const roles = ["owner", "manager", "member", "viewer"] as const;
const some = <T>(...values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }));
const CONDITIONS = [
  "risk >= 5",
  "amounts.entities > 3",
  "time.hour < 9 || time.weekday > 5",
  'subject.user == "anna"',
  "input.total > 100",
  "input.nowhere == 1",
  'effects.exists(e, e.target == "orders")',
];

const ruleOf = (effects: readonly PolicyRule["effect"][]) =>
  fc.record({
    effect: fc.constantFrom(...effects),
    by: fc.constantFrom(...roles),
    roles: some(...roles),
    users: some("anna", "boris"),
    skills: some("*", "test/*", "shop/*", "*/one"),
    actions: some("read" as const, "write" as const, "delete" as const),
    channels: some("http", "cli"),
    when: fc.option(fc.constantFrom(...CONDITIONS)),
  });

const named = (rules: readonly Omit<PolicyRule, "id" | "at">[], prefix = "r"): PolicyRule[] =>
  rules.map((rule, n) => ({
    ...rule,
    id: `${prefix}${n}`,
    at: { file: "policies/x.yaml", line: n, column: 1 },
  }));

const rules = fc.array(ruleOf(["allow", "deny", "ask"]), { maxLength: 8 }).map((all) => named(all));
const facts = fc
  .record({
    role: fc.constantFrom(...roles),
    user: fc.constantFrom("anna", "boris"),
    action: fc.constantFrom("read" as const, "write" as const, "delete" as const),
    id: fc.constantFrom("test/one", "shop/two"),
    entities: fc.constantFrom(null, 0, 3, 4, 12),
    hour: fc.constantFrom(8, 12),
    risk: fc.constantFrom(1, 5, 9),
    channel: fc.constantFrom("http", "cli"),
    isFinal: fc.boolean(),
  })
  .map(({ role, user, action, id, entities, hour, risk, channel, isFinal }) => {
    const base = someFactsOfPolicy({ action, risk, channel, isFinal });
    return {
      ...base,
      subject: { user, role, key: "" },
      skill: { ...base.skill, id },
      amounts: { entities, cost_usd: 0 },
      time: { ...base.time, hour },
    };
  });

const toSet = (all: readonly PolicyRule[]) => {
  const policy: Policy = { name: "permission_policies", defaults: false, rules: all, examples: [], hash: "" };
  return { policies: [], rules: compileRules([{ policy, isDefault: false }]) };
};

const STRICTNESS = { no: 0, unknown: 1, yes: 2 } as const;

describe("of any rules and any request", () => {
  it("a deny is never overridden", () => {
    fc.assert(
      fc.property(rules, ruleOf(["deny"]), facts, (others, deny, asked) => {
        const [rule] = named([{ ...deny, when: null }], "deny");
        if (rule === undefined) throw new Error("one was made");
        const isFor =
          decide(toSet([rule]), asked).effect === "deny" && decide(toSet([rule]), asked).rule !== null;
        fc.pre(isFor);
        expect(decide(toSet([...others, rule]), asked).effect).toBe("deny");
      }),
      { numRuns: 500 },
    );
  });

  it("the order of rules does not matter", () => {
    fc.assert(
      fc.property(rules, fc.infiniteStream(fc.nat()), facts, (all, chance, asked) => {
        const keys = new Map(all.map((rule) => [rule.id, chance.next().value]));
        const shuffled = all.toSorted((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0));
        const brief = ({ effect, rule, approval: asking, isOpen }: ReturnType<typeof decide>) => [
          ...[effect, rule?.rule.id, isOpen],
          ...[asking.needed, asking.by, asking.rule?.rule.id],
        ];
        expect(brief(decide(toSet(shuffled), asked))).toEqual(brief(decide(toSet(all), asked)));
      }),
      { numRuns: 500 },
    );
  });

  it("one more deny or ask never allows more", () => {
    fc.assert(
      fc.property(rules, ruleOf(["deny", "ask"]), facts, (all, more, asked) => {
        const [before, after] = [
          decide(toSet(all), asked),
          decide(toSet([...all, ...named([more], "more")]), asked),
        ];
        if (before.effect === "deny") expect(after.effect).toBe("deny");
        const isAskedLess = STRICTNESS[after.approval.needed] < STRICTNESS[before.approval.needed];
        expect(after.effect === "allow" && isAskedLess).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("what is allowed before the count is known is allowed after it only where no rule says no", () => {
    fc.assert(
      fc.property(rules, facts, (all, asked) => {
        const open = { ...asked, amounts: { entities: null, cost_usd: 0 }, isFinal: false };
        const [before, after] = [decide(toSet(all), open), decide(toSet(all), { ...open, isFinal: true })];
        if (before.effect === "deny") expect(after.effect).toBe("deny");
        if (before.effect === "allow" && !before.isOpen) expect(after.effect).toBe("allow");
      }),
      { numRuns: 500 },
    );
  });
});
