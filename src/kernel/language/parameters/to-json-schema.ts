// An input field as JSON Schema 2020-12: for `missing[].schema`, forms and tool descriptions.
import type { InputField, InputType } from "../../domain/skill.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

const DATE: JsonSchema = { type: "string", format: "date" };

const BY_TYPE: Readonly<Record<InputType, JsonSchema>> = {
  text: { type: "string", minLength: 1 },
  number: { type: "number" },
  integer: { type: "integer" },
  money: { type: "number" },
  date: DATE,
  period: {
    type: "object",
    properties: { from: DATE, to: DATE },
    required: ["from", "to"],
    additionalProperties: false,
  },
  choice: { type: "string" },
  place: { type: "string", minLength: 1 },
  url: { type: "string", format: "uri" },
  file: { type: ["string", "object"] },
  table: { type: "array", items: { type: "object" } },
};

function toBounds({ min, max, above, below }: InputField): JsonSchema {
  const bounds = { minimum: min, maximum: max, exclusiveMinimum: above, exclusiveMaximum: below };
  return Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined));
}

export function toJsonSchema(field: InputField): JsonSchema {
  const choices = field.oneOf?.map((choice) => choice.value);
  const one = {
    ...BY_TYPE[field.type],
    ...toBounds(field),
    ...(choices ? { enum: choices } : {}),
    ...field.schema,
  };
  const whole: JsonSchema = field.many === true ? { type: "array", items: one, minItems: 1 } : one;
  return field.default === undefined ? whole : { ...whole, default: field.default };
}
