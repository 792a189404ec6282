// A value that does not fit, that the skill does not take, or that is missing where nobody can be asked.
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";

type Invalid = RefusalOf<"input_invalid">;

export function toInputTitle({ field, inputs, missing }: Invalid): BothLanguages {
  if (missing !== undefined)
    return { en: `Missing: ${missing.join(", ")}`, ru: `Не хватает: ${missing.join(", ")}` };
  if (inputs !== undefined) return { en: `There is no input ${field}`, ru: `Такого значения нет: ${field}` };
  return { en: `${field} does not fit`, ru: `${field}: не подходит` };
}

export function toInputFix({ field, inputs, missing }: Invalid): BothLanguages {
  if (missing !== undefined) {
    const flags = missing.map((name) => `--set ${name}=…`).join(" ");
    return { en: `Add \`${flags}\`.`, ru: `Добавьте \`${flags}\`.` };
  }
  if (inputs !== undefined) return toKnownFix(inputs);
  return {
    en: `Give another value: \`--set ${field}=…\`.`,
    ru: `Укажите другое значение: \`--set ${field}=…\`.`,
  };
}

/** The first is the one to try. */
function toKnownFix(inputs: readonly string[]): BothLanguages {
  const [first] = inputs;
  if (first === undefined)
    return { en: "This skill takes no values: leave it out.", ru: "Навык не берёт значений: уберите это." };
  const all = inputs.join(", ");
  return {
    en: `Write \`--set ${first}=…\`. The skill takes: ${all}.`,
    ru: `Напишите \`--set ${first}=…\`. Навык берёт: ${all}.`,
  };
}
