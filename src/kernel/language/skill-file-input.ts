// The inputs of a skill: `kg: number`, or the long form with unit, bounds, question and words.
import { INPUT_TYPES, type InputField, type InputType } from "../domain/skill.ts";
import type { FileMistake } from "../domain/refusal.ts";
import { findNearestName } from "./nearest-name.ts";
import { checkShape } from "./skill-file-issues.ts";
import { checkTemplate } from "./skill-file-names.ts";
import { type InputFieldShape, inputFieldShape } from "./skill-file-shapes.ts";
import { toMistake, toMistakeWords, toWritten } from "./skill-file-mistake.ts";
import type { YamlFile } from "./skill-file-yaml.ts";

interface FieldPlace {
  readonly yaml: YamlFile;
  readonly mistakes: FileMistake[];
  readonly name: string;
}

export function parseInput(
  raw: Readonly<Record<string, unknown>>,
  yaml: YamlFile,
  mistakes: FileMistake[],
): readonly InputField[] {
  return Object.entries(raw).flatMap(([name, value]) => {
    const field = parseField(value, { yaml, mistakes, name });
    return field === null ? [] : [field];
  });
}

function parseField(value: unknown, place: FieldPlace): InputField | null {
  const { yaml, mistakes, name } = place;
  const path = ["input", name];
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    const message = {
      ru: `${name}: так назвать входное значение нельзя.`,
      en: `${name} cannot be the name of an input.`,
    };
    mistakes.push(
      toMistake(
        yaml.locate(path, "key"),
        toMistakeWords("wrong_name", message, {
          ru: "Латинские буквы, цифры и _; вопрос человеку пишут в ask.",
          en: "Use Latin letters, digits and _; what people read goes in ask.",
        }),
      ),
    );
    return null;
  }
  const long = typeof value === "string" ? { type: value } : value;
  const checked = checkShape(inputFieldShape, long, { yaml, path, mistakes });
  if (checked === null) return null;
  const type = toType(checked.value);
  if (type === null) {
    const all = INPUT_TYPES.join(", ");
    mistakes.push(
      toMistake(
        yaml.locate(path),
        toMistakeWords(
          "missing_key",
          { ru: `У ${name} нет type.`, en: `${name} has no type.` },
          { ru: `Добавьте type: ${all}.`, en: `Add type: one of ${all}.` },
        ),
      ),
    );
    return null;
  }
  checkMeaning(checked.value, type, place);
  return toField(name, type, checked.value);
}

/** A JSON Schema alone says enough for the nearest type. */
function toType({ type, schema }: InputFieldShape): InputType | null {
  if (type !== undefined) return type;
  if (schema === undefined) return null;
  if (schema["type"] === "number" || schema["type"] === "integer") return schema["type"];
  return schema["type"] === "array" ? "table" : "text";
}

function checkMeaning(field: InputFieldShape, type: InputType, place: FieldPlace): void {
  const { yaml, mistakes, name } = place;
  const note = (key: string, rule: string, words: { message: [string, string]; mend: [string, string] }) => {
    const [[ru, en], [mendRu, mendEn]] = [words.message, words.mend];
    mistakes.push(
      toMistake(
        yaml.locate(["input", name, key]),
        toMistakeWords(rule, { ru, en }, { ru: mendRu, en: mendEn }),
      ),
    );
  };
  const low = Math.max(field.min ?? Number.NEGATIVE_INFINITY, field.above ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(field.max ?? Number.POSITIVE_INFINITY, field.below ?? Number.POSITIVE_INFINITY);
  if (low > high) {
    note(field.max === undefined ? "below" : "max", "empty_range", {
      message: [
        `${name}: нижняя граница ${low} больше верхней ${high}.`,
        `${name}: the lower bound ${low} is above the upper bound ${high}.`,
      ],
      mend: ["Поменяйте границы.", "Change the bounds."],
    });
  }
  if (type === "choice" && field.one_of === undefined) {
    note("type", "missing_key", {
      message: [`${name}: из чего выбирать?`, `${name}: a choice of what?`],
      mend: ["Добавьте one_of: [a, b].", "Add one_of: [a, b]."],
    });
  }
  checkDefault(field, note, place);
}

function checkDefault(
  field: InputFieldShape,
  note: (key: string, rule: string, words: { message: [string, string]; mend: [string, string] }) => void,
  place: FieldPlace,
): void {
  const { default: value, one_of: choices } = field;
  if (value === undefined) return;
  const names = { inputs: [], roots: new Set(["run"]), later: new Map() };
  checkTemplate({ value, path: ["input", place.name, "default"] }, names, place);
  if (field.many === true && !Array.isArray(value)) {
    note("default", "wrong_default", {
      message: [
        `${place.name}: many: true, а default не список.`,
        `${place.name} is many: true, but its default is not a list.`,
      ],
      mend: [`Напишите default: [${toWritten(value)}].`, `Write default: [${toWritten(value)}].`],
    });
  }
  if (choices === undefined) return;
  const allowed = choices.map((choice) => (typeof choice === "string" ? choice : choice.value));
  for (const item of Array.isArray(value) ? value : [value]) {
    if (allowed.includes(toWritten(item)) || toWritten(item).includes("${{")) continue;
    const nearest = findNearestName(toWritten(item), allowed) ?? allowed.join(", ");
    note("default", "wrong_default", {
      message: [
        `${place.name}: ${toWritten(item)} нет в one_of.`,
        `${place.name}: ${toWritten(item)} is not in one_of.`,
      ],
      mend: [`Может быть, ${nearest}?`, `Did you mean ${nearest}?`],
    });
  }
}

function toField(name: string, type: InputType, field: InputFieldShape): InputField {
  const { ask, optional, one_of: choices, ...rest } = field;
  const oneOf = choices?.map((choice) =>
    typeof choice === "string" ? { value: choice, words: [] } : choice,
  );
  const known = Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => key !== "type" && value !== undefined),
  );
  // A skill's own name for a value is the best question there is when none is written.
  const made: InputField = { ...known, name, type, ask: ask ?? name, optional: optional ?? false };
  return oneOf === undefined ? made : { ...made, oneOf };
}

/** What a step asks in the same form; only of what the schema of a field took. */
export function toInputFields(
  raw: Readonly<Record<string, InputFieldShape | InputType>>,
): readonly InputField[] {
  return Object.entries(raw).flatMap(([name, value]) => {
    const shape = typeof value === "string" ? { type: value } : value;
    const type = toType(shape);
    return type === null ? [] : [toField(name, type, shape)];
  });
}
