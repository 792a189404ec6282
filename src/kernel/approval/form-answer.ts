// Whether what a person answered is an answer to what a form asks: of the right types, within the bounds, nothing missing.
import type { RefusalOf } from "../domain/refusal.ts";
import type { InputField } from "../domain/skill.ts";
import { checkInput } from "../language/parameters/check-input.ts";

export type AnswerDecision =
  | { readonly values: Readonly<Record<string, unknown>> }
  | { readonly refusal: RefusalOf<"input_invalid"> };

export function decideAnswer(
  fields: readonly InputField[],
  given: Readonly<Record<string, unknown>>,
  context: Parameters<typeof checkInput>[2],
): AnswerDecision {
  const checked = checkInput(given, fields, context);
  if ("refusal" in checked) return checked;
  const values = Object.fromEntries(
    fields.map((field) => [field.name, checked.values[field.name] ?? field.default ?? null]),
  );
  const missing = fields.filter((field) => values[field.name] === null && !field.optional);
  const [first] = missing;
  if (!first) return { values };
  const names = missing.map(({ name }) => name);
  return { refusal: { reason: "input_invalid", field: first.name, message: first.ask, missing: names } };
}
