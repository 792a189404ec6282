import { expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import { STEP_KINDS } from "../../steps/index.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import { toPlan } from "./plan.ts";

it("gives up on a skill whose calls multiply, instead of planning for ever", () => {
  const steps = Array.from({ length: 10 }, (_, n) => ({
    id: `s${n}`,
    kind: "skill",
    with: { run: "test/one" },
  }));
  const skill = aSkill({ steps });
  const snapshot: Pick<CatalogueSnapshot, "skills" | "connectors"> = {
    skills: new Map([[skill.id, skill]]),
    connectors: new Map(),
  };
  const planner = {
    kinds: new Map(STEP_KINDS.map((kind) => [kind.kind, kind])),
    describe: () => {
      throw new Error("a call has no effect of its own");
    },
  };
  const planned = toPlan(skill, {}, { snapshot, planner });
  expect(planned).toMatchObject({ refusal: { reason: "step_failed", retryable: false } });
});
