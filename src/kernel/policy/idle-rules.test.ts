import { describe, expect, it } from "vitest";
import { toPlain } from "../domain/text.ts";
import { toDefaults } from "./default-policies.ts";
import { findIdleRules } from "./idle-rules.ts";
import { parsePolicyFile } from "./policy-file.ts";

it("tells of a rule whose skills are not there, with the one probably meant", () => {
  const text =
    "rules:\n  - { id: a, effect: deny, skills: [shop/*, books/*, shop/sel] }\n  - { id: b, effect: deny }\n";
  const parsed = parsePolicyFile("policies/permission_policies.yaml", text, toDefaults());
  if ("mistakes" in parsed) throw new Error("it is valid");
  expect(findIdleRules(parsed.policy, { skills: ["shop/sell", "shop/look"] })).toMatchObject([
    { at: { line: 2 }, message: { en: "The rule a names books/*, and no skill is called so." } },
    { at: { line: 2 }, mend: { en: "Did you mean shop/sell?" } },
  ]);
});

describe("of a rule that is for nothing", () => {
  const hints = (rules: string): readonly string[] => {
    const path = "policies/permission_policies.yaml";
    const parsed = parsePolicyFile(path, `rules:\n${rules}`, toDefaults());
    if ("mistakes" in parsed) throw new Error(JSON.stringify(parsed.mistakes));
    const people = [
      { id: "anna", role: "owner" },
      { id: "boris", role: "member" },
    ] as const;
    const found = findIdleRules(parsed.policy, { skills: ["fin/pay", "shop/sell"], people });
    return found.map(({ message, mend }) => `${toPlain(message, "en")} ${toPlain(mend, "en")}`);
  };

  it.each([
    [
      "  - { id: a, effect: deny, skills: fin }\n",
      "The rule a names fin, and no skill is called so. Did you mean fin/*?",
    ],
    [
      "  - { id: a, effect: deny, users: bori }\n",
      "The rule a names bori, and no user is called so. Did you mean boris?",
    ],
    [
      "  - { id: a, effect: allow, users: [boris], roles: owner }\n",
      "The rule a is for nobody: its users have other roles. Leave out `roles`, or name others.",
    ],
    [
      "  - { id: a, effect: allow, roles: owner, skills: fin/pay, when: risk > 1 }\n  - { id: b, effect: deny, skills: [fin/pay, shop/*] }\n",
      "The rule a never decides: b denies all that it is for. A deny overrides. Narrow b, or take a out.",
    ],
  ])("says what is meant: %s", (rules, hint) => {
    expect(hints(rules)).toEqual([hint]);
  });

  it.each([
    "  - { id: a, effect: deny, skills: fin/*, users: [anna, boris] }\n",
    "  - { id: a, effect: allow, users: [anna, boris], roles: owner }\n",
    "  - { id: a, effect: allow, roles: owner }\n  - { id: b, effect: deny, when: risk > 1 }\n",
    "  - { id: a, effect: allow }\n  - { id: b, effect: deny, roles: member }\n",
    "  - { id: a, effect: deny, roles: member }\n  - { id: b, effect: deny }\n",
  ])("says nothing of one that may decide: %s", (rules) => {
    expect(hints(rules)).toEqual([]);
  });
});
