import { describe, expect, it } from "vitest";
import { anEffectPattern, anOrder, aPlan, aSkill, NOW } from "../../../test/builders.ts";
import { toDefaultSet } from "../policy/default-policies.ts";
import type { Skill } from "../domain/skill.ts";
import type { Role } from "../domain/principal.ts";
import { decideAuthorization } from "./authorize.ts";

const { principal } = anOrder();
const plan = aPlan({ effects: [anEffectPattern({ class: "write", entities: 1 })] });

const judging = { principal, channel: "http", policies: toDefaultSet(), now: NOW, timeZone: "Europe/Moscow" };
const asPlanned = { manifest: null, isFinal: false };

function decide(approvals: readonly (Skill["approval"] | undefined)[]) {
  const [skill = aSkill(), ...called] = approvals.map((approval) => aSkill({ approval }));
  const decision = decideAuthorization(judging, { asked: { skill, called }, plan, ...asPlanned });
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
      const planned = { asked: { skill, called: [] }, plan: aPlan({ effects: [effect] }), ...asPlanned };
      const decision = decideAuthorization(judging, planned);
      return decision.allowed ? decision.approval : null;
    };
    expect(asked(policy("member"))).toMatchObject({ needed, by: "owner" });
    expect(asked(always("manager"))).toMatchObject({ needed: "yes", by: "owner" });
  });
});

it("a key that does not run is told which key would, and not to ask somebody", () => {
  const builder = { ...judging, principal: { ...principal, scopes: ["build"] as const } };
  const decision = decideAuthorization(builder, {
    asked: { skill: aSkill(), called: [] },
    plan,
    ...asPlanned,
  });
  expect(decision).toMatchObject({
    allowed: false,
    refusal: {
      rule: "this key does not run skills",
      mend: { en: expect.stringContaining("--scope run --scope build") },
    },
  });
});
