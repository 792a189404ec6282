import { describe, expect, it } from "vitest";
import { anEffectPattern, anOrder, aPlan, aSkill } from "../../../test/builders.ts";
import type { Skill } from "../domain/skill.ts";
import type { Role } from "../domain/principal.ts";
import { decideAuthorization, hasToken } from "./authorize.ts";

const { principal } = anOrder();
const plan = aPlan({ effects: [anEffectPattern({ class: "write", entities: 1 })] });

function decide(approvals: readonly (Skill["approval"] | undefined)[]) {
  const [skill = aSkill(), ...called] = approvals.map((approval) => aSkill({ approval }));
  const decision = decideAuthorization(principal, { skill, called }, plan);
  return decision.allowed ? decision.approval : null;
}

const always = (by: Role) => ({ ask: "always", by }) as const;
const policy = (by: Role) => ({ ask: "policy", by }) as const;

describe("whose yes is needed", () => {
  it.each([
    ["a skill's own", [always("manager")], { needed: "yes", by: "manager" }],
    ["nobody's", [undefined], { needed: "no", by: "owner" }],
    ["a called skill's", [undefined, always("member")], { needed: "yes", by: "owner" }],
    [
      "the strictest of all",
      [policy("member"), policy("owner"), always("manager")],
      { needed: "yes", by: "owner" },
    ],
    ["one above its caller's", [always("member"), policy("manager")], { needed: "yes", by: "manager" }],
    ["not one below it", [always("manager"), always("member"), undefined], { needed: "yes", by: "manager" }],
  ] as const)("%s", (_, approvals, expected) => {
    expect(decide(approvals)).toMatchObject(expected);
  });

  it.each([
    ["deletes", anEffectPattern({ class: "delete" }), "yes"],
    ["changes many", anEffectPattern({ class: "write", entities: 11 }), "yes"],
    ["may change many", anEffectPattern({ class: "write", entities: null }), "unknown"],
  ] as const)("is policy's too where a skill that names another %s", (_, effect, needed) => {
    const asked = (approval: Skill["approval"]) => {
      const skill = aSkill({ approval });
      const decision = decideAuthorization(principal, { skill, called: [] }, aPlan({ effects: [effect] }));
      return decision.allowed ? decision.approval : null;
    };
    expect(asked(policy("member"))).toMatchObject({ needed, by: "owner" });
    expect(asked(always("manager"))).toMatchObject({ needed: "yes", by: "owner" });
  });

  it("counts with the operator's token, where one is set", () => {
    expect([hasToken(null, null), hasToken("t", "t")]).toEqual([true, true]);
    expect([hasToken("t", null), hasToken("t", ""), hasToken("t", "tt")]).toEqual([false, false, false]);
  });
});
