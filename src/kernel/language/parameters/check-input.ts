// Values given explicitly, by name: normalised, or refused with what is wrong and what would do. Absent values are no mistake here:
// the sentence, the defaults or a question fill them.
import type { RefusalOf } from "../../domain/refusal.ts";
import type { InputField } from "../../domain/skill.ts";
import type { Text } from "../../domain/text.ts";
import type { CheckedValue } from "./check-value.ts";
import { checkValue } from "./check-value.ts";
import type { ParameterContext } from "./found.ts";
import { findNearestName } from "../nearest-name.ts";

export type CheckedInput =
  | { readonly values: Record<string, unknown> }
  | { readonly refusal: RefusalOf<"input_invalid"> };

function toRefusal(field: string, message: Text): CheckedInput {
  return { refusal: { reason: "input_invalid", field, message } };
}

function toUnknown(name: string, fields: readonly InputField[]): CheckedInput {
  const names = fields.map((field) => field.name);
  const nearest = findNearestName(name, names);
  const guess =
    nearest === null
      ? { ru: "", en: "" }
      : { ru: ` Может быть, ${nearest}?`, en: ` Did you mean ${nearest}?` };
  return {
    refusal: {
      reason: "input_invalid",
      field: name,
      message: {
        ru: `Такого значения у навыка нет.${guess.ru}`,
        en: `The skill has no such input.${guess.en}`,
      },
      inputs: nearest === null ? names : [nearest, ...names.filter((one) => one !== nearest)],
    },
  };
}

function isAbsent(given: unknown): boolean {
  return given === undefined || given === null || given === "";
}

/** Forms and command lines write lists as "USD, EUR". */
function toList(given: unknown): readonly unknown[] {
  if (Array.isArray(given)) return given;
  return typeof given === "string"
    ? given
        .split(/[,;]/)
        .map((part) => part.trim())
        .filter((part) => part !== "")
    : [given];
}

function checkField(given: unknown, field: InputField, context: ParameterContext): CheckedValue {
  if (field.many !== true || field.type === "table") return checkValue(given, field, context);
  const items = toList(given).map((item) => checkValue(item, field, context));
  const wrong = items.find((item) => "message" in item);
  return wrong ?? { value: items.flatMap((item) => ("value" in item ? [item.value] : [])) };
}

export function checkInput(
  given: Readonly<Record<string, unknown>>,
  fields: readonly InputField[],
  context: ParameterContext,
): CheckedInput {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = fields.find((one) => one.name === name);
    if (field === undefined) return toUnknown(name, fields);
    if (isAbsent(value)) continue;
    const checked = checkField(value, field, context);
    if ("message" in checked) return toRefusal(name, checked.message);
    values[name] = checked.value;
  }
  return { values };
}
