// Every mistake of a policy file is told at its place, with what was probably meant; both forms are read.
import { describe, expect, it } from "vitest";
import { toDefaults } from "./default-policies.ts";
import { parsePolicyFile } from "./policy-file.ts";

function read(text: string, name = "permission_policies.yaml") {
  const parsed = parsePolicyFile(`policies/${name}`, text, toDefaults());
  if ("policy" in parsed) return { rules: parsed.policy.rules, doubts: parsed.doubts, told: [] };
  const told = parsed.mistakes.map(
    ({ at, rule, message, mend }) =>
      `${at.line}:${at.column} ${rule} ${typeof message === "string" ? message : message.en} ${typeof mend === "string" ? mend : mend.en}`,
  );
  return { rules: [], doubts: [], told };
}

const rule = (line: string) => `rules:\n  - id: a\n    effect: deny\n    ${line}\n`;

describe("a policy file", () => {
  it.each([
    ["a key", rule("rols: owner"), "4:5 unknown_key The key rols is not known here. Did you mean roles?"],
    [
      "a role",
      rule("roles: [owner, manger]"),
      "4:20 unknown_name There is no role manger. Did you mean manager?",
    ],
    ["an action", rule("actions: wirte"), "4:14 unknown_name There is no action wirte. Did you mean write?"],
    ["a channel", rule("channels: htpp"), "4:15 unknown_name There is no channel htpp. Did you mean http?"],
    [
      "an effect",
      "rules:\n  - { id: a, effect: denny }\n",
      "2:22 unknown_name There is no effect denny. Did you mean deny?",
    ],
    [
      "a name",
      rule("when: subjct.role == 'owner'"),
      "4:11 unknown_name subjct is not known here. Did you mean subject?",
    ],
    [
      "a field",
      rule("when: subject.rolle == 'owner'"),
      "4:11 unknown_name subject.rolle is not known here. Did you mean role?",
    ],
    [
      "a field within",
      rule("when: effects.all(e, e.clas == 'read')"),
      "4:26 unknown_name e.clas is not known here. Did you mean class?",
    ],
    ["no condition", rule("when: risk + 1"), "4:11 wrong_type risk + 1 is a number, not true or false."],
    [
      "a number for text",
      rule("when: risk == '7'"),
      "4:11 wrong_type risk is a number and is compared with text.",
    ],
    [
      "text in a list of text",
      rule("when: 7 in skill.tags"),
      "4:11 wrong_type 7 is a number and is compared with text.",
    ],
    ["a method of text", rule("when: risk.startsWith('7')"), "4:11 wrong_type risk is a number, not text."],
    ["half a condition", rule("when: risk >"), "4:17 wrong_expression"],
    [
      "a function",
      rule("when: subject.user.statsWith('a')"),
      "4:11 wrong_expression There is no function statsWith. Did you mean startsWith?",
    ],
    ["a skill", rule("skills: Shop/*"), "4:13 wrong_skill Shop/* names no skill."],
    [
      "two of one id",
      `${rule("roles: owner")}  - { id: a, effect: allow }\n`,
      "5:11 duplicate_id Another rule is already called a.",
    ],
    [
      "the id of a default",
      "rules:\n  - { id: writers, effect: deny }\n",
      "2:11 duplicate_id Another rule is already called writers.",
    ],
    [
      "an example that fails",
      `${rule("roles: member")}examples:\n  - { subject: { role: member }, skill: a/b, action: write, expect: allow, rule: wirters }\n`,
      '6:69 example_failed Example "member: write a/b": allow (wirters) is expected, it is deny: the rule a decides. Did you mean the rule writers?',
    ],
  ])("with %s is refused there", (_, text, expected) => {
    const { told } = read(text);
    expect(told.join("\n")).toContain(expected);
    expect(told).toHaveLength(1);
  });

  it("may have an example of the greatest risk that a plan can have", () => {
    const example =
      "{ subject: { role: owner }, skill: a/b, action: write, risk: 20, expect: deny, rule: a }";
    expect(read(`${rule("when: risk > 15")}examples:\n  - ${example}\n`).told).toEqual([]);
  });

  it("has one of two names", () => {
    expect(read("", "aproval_policies.yaml").told).toEqual([
      "1:1 wrong_name There is no policy aproval_policies. Did you mean approval_policies?",
    ]);
  });

  it("of approvals asks about changes only", () => {
    const { told } = read("rules:\n  - { id: a, actions: read }\n", "approval_policies.yaml");
    expect(told[0]).toContain("2:23 unknown_name There is no action to ask about read.");
  });

  it("may keep its defaults out, and then use their names", () => {
    expect(read("defaults: false\nrules:\n  - { id: writers, effect: deny }\n").rules).toHaveLength(1);
  });
});

describe("the form of permissions by role", () => {
  const file = {
    roles: { admin: ["admin:read", "admin:write"], viewer: ["admin:read"] },
    policies: [
      { skill_id: "admin/*", required_permissions: ["admin:read"] },
      { skill_id: "admin/delete_records", required_permissions: ["admin:write"] },
    ],
  };
  const asJson = (value: unknown) => read(JSON.stringify(value, null, 2), "permission_policies.json");

  it("denies whoever lacks one; admin is what we call owner", () => {
    const { rules } = asJson(file);
    expect(rules.map(({ id, effect, roles, at }) => [id, effect, roles, at.line])).toEqual([
      ["admin/* requires admin:read", "deny", ["manager", "member"], 13],
      ["admin/delete_records requires admin:write", "deny", ["manager", "member", "viewer"], 19],
    ]);
  });

  it("names a role that does not exist, and doubts a permission that nobody has", () => {
    expect(asJson({ ...file, roles: { ...file.roles, veiwer: [] } }).told).toEqual([
      "10:5 unknown_name There is no role veiwer. Did you mean viewer?",
    ]);
    const { doubts } = asJson({
      ...file,
      policies: [{ skill_id: "a/b", required_permissions: ["admin:raed"] }],
    });
    expect(doubts).toMatchObject([{ at: { line: 15 }, mend: { en: "Did you mean admin:read?" } }]);
  });

  it("of approvals asks, and a false changes nothing", () => {
    const policies = [
      { skill_id: "finance/close_books", requires_approval: true },
      { skill_id: "finance/look", requires_approval: false },
    ];
    const { rules, doubts } = read(JSON.stringify({ policies }), "approval_policies.json");
    expect(rules).toMatchObject([{ effect: "ask", by: "owner", skills: ["finance/close_books"] }]);
    expect(doubts).toMatchObject([{ rule: "not_waived" }]);
  });
});
