// The step `skill`. The called skill is pinned by the plan like the one that calls it.
import { z } from "zod";
import { parseSkillId } from "../kernel/domain/id.ts";
import { Refused } from "../kernel/domain/refusal.ts";
import { defineStep } from "../kernel/domain/step-kind.ts";

const With = z.strictObject({ run: z.string(), input: z.record(z.string(), z.unknown()).optional() });

/** `skill`: another skill's steps, with its output as the value. Its effects are part of this plan. */
export const skill = defineStep({
  kind: "skill",
  summary: { en: "Runs another skill.", ru: "Запускает другой навык." },
  with: With,
  effects(withValue) {
    const childSkill = parseSkillId(withValue.run) ?? undefined;
    return childSkill === undefined ? [] : [{ via: "skill", request: null, times: 1, childSkill }];
  },
  async run(withValue, context) {
    const id = parseSkillId(withValue.run);
    if (id === null) throw new Refused({ reason: "not_found", what: "skill", id: withValue.run });
    return context.runSkill(id, context.resolve(withValue.input ?? {}));
  },
});
