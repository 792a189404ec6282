// JSON Schema of skill files, for editors: made from the same shapes and kinds that the parser uses, so it cannot fall behind.
import { z } from "zod";
import type { Step } from "../domain/skill.ts";
import type { StepKind } from "../domain/step-kind.ts";
import { toPlain } from "../domain/text.ts";
import { inputFieldShape, skillShape, stepKeysShape } from "./skill-file-shapes.ts";

type JsonSchema = Record<string, unknown>;

const STEPS = { $ref: "#/$defs/steps" };

/** Stands where a kind's own steps stand, and becomes a reference to the list of steps. */
const stepsPlaceholder = z.custom<readonly Step[]>();

export function skillJsonSchema(kinds: readonly StepKind<unknown>[]): JsonSchema {
  const skill = toJsonSchema(skillShape);
  const field = {
    anyOf: [{ enum: inputFieldShape.shape.type.unwrap().options }, toJsonSchema(inputFieldShape)],
  };
  const properties = {
    ...toObject(skill["properties"]),
    input: { type: "object", additionalProperties: field },
    steps: STEPS,
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "SkillOS skill",
    ...skill,
    properties,
    $defs: { steps: { type: "array", minItems: 1, items: { oneOf: kinds.map(toStepSchema) } } },
  };
}

function toStepSchema(kind: StepKind<unknown>): JsonSchema {
  const schema = typeof kind.with === "function" ? kind.with(stepsPlaceholder) : kind.with;
  const common = { ...toObject(toJsonSchema(stepKeysShape)["properties"]), undo: STEPS };
  return {
    type: "object",
    required: ["id", kind.kind],
    additionalProperties: false,
    properties: {
      ...common,
      [kind.kind]: { description: toPlain(kind.summary, "en"), ...toJsonSchema(schema) },
    },
  };
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  const made: JsonSchema = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: (place) => {
      if (place.zodSchema === stepsPlaceholder) Object.assign(place.jsonSchema, STEPS);
    },
  });
  return Object.fromEntries(Object.entries(made).filter(([key]) => key !== "$schema" && key !== "~standard"));
}

function toObject(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
