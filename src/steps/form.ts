// The step `form`: typed questions to a person in the middle of a run. The run waits; what was answered is the step's value.
import { z } from "zod";
import { Suspended } from "../kernel/domain/refusal.ts";
import { joinLanguages } from "../kernel/domain/text.ts";
import { toInputFields } from "../kernel/language/skill-file-input.ts";
import { durationShape, inputFieldShape, textShape } from "../kernel/language/skill-file-shapes.ts";
import { defineStep } from "../kernel/domain/step-kind.ts";

const MAX_FIELDS = 30;
const DAY_MS = 24 * 3_600_000;

const Field = z.union([inputFieldShape.shape.type.unwrap(), inputFieldShape]);

const With = z.strictObject({
  ask: textShape.optional(),
  fields: z
    .record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), Field)
    .refine((fields) => Object.keys(fields).length > 0 && Object.keys(fields).length <= MAX_FIELDS, {
      message: joinLanguages({
        en: `A form asks for one to ${MAX_FIELDS} values.`,
        ru: `Форма спрашивает от одного до ${MAX_FIELDS} значений.`,
      }),
    }),
  expires: durationShape.optional(),
});

/** `form`: the types, bounds and questions of `fields` are those of a skill's `input`. */
export const form = defineStep({
  kind: "form",
  summary: { en: "Asks a person for typed values.", ru: "Спрашивает у человека значения с типами." },
  with: With,
  effects: () => [],
  async run(withValue, context): Promise<never> {
    const { fields, ask, expires } = withValue;
    throw new Suspended("input", context.step.id, {
      kind: context.step.kind,
      ask: ask === undefined ? null : context.resolve(ask),
      fields: toInputFields(fields),
      expiresMs: expires ?? DAY_MS,
    });
  },
});
