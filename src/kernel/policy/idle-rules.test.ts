import { expect, it } from "vitest";
import { toDefaults } from "./default-policies.ts";
import { findIdleGlobs } from "./idle-rules.ts";
import { parsePolicyFile } from "./policy-file.ts";

it("tells of a rule whose skills are not there, with the one probably meant", () => {
  const text =
    "rules:\n  - { id: a, effect: deny, skills: [shop/*, books/*, shop/sel] }\n  - { id: b, effect: deny }\n";
  const parsed = parsePolicyFile("policies/permission_policies.yaml", text, toDefaults());
  if ("mistakes" in parsed) throw new Error("it is valid");
  expect(findIdleGlobs(parsed.policy, ["shop/sell", "shop/look"])).toMatchObject([
    { at: { line: 2 }, message: { en: "The rule a names books/*, and no skill is called so." } },
    { at: { line: 2 }, mend: { en: "Did you mean shop/sell?" } },
  ]);
});
