// Which names the expressions of a skill may use, and where: inputs that exist, steps that have already run.
import type { FileMistake } from "../domain/refusal.ts";
import { compileExpression, isExpression, type Expression, type ExpressionMistake } from "./expression.ts";
import { nearestName } from "./expression-error.ts";
import type { Reference } from "./expression-node.ts";
import { isMap } from "./expression-values.ts";
import { type Path, toMistake, type YamlFile } from "./skill-file-yaml.ts";
import { templateNames } from "./template.ts";

/** Names no step may take: they mean something already, or CEL reserves them. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  ("input output run item optional cel in true false null as break const continue else for function if import let loop package namespace return var void while prototype").split(" "),
);

/** What the expressions at one place can see. */
export interface VisibleNames {
  readonly inputs: readonly string[];
  readonly roots: ReadonlySet<string>;
  /** Steps that exist and have not run by then, with why. */
  readonly later: ReadonlyMap<string, "later" | "not_needed">;
}

export interface NamesPlace {
  readonly yaml: YamlFile;
  readonly mistakes: FileMistake[];
}

/** Every expression in a value; `skip` holds the lists of steps inside it, which have their own names. */
export function checkTemplate(value: unknown, path: Path, names: VisibleNames, place: NamesPlace & { skip?: WeakSet<object> }): void {
  const own = place.skip === undefined ? value : withoutBlocks(value, place.skip);
  for (const found of templateNames(own).expressions) {
    checkCompiled(found.compiled, { path: [...path, ...found.path], text: found.text }, names, place);
  }
}

/** A key that is always an expression, with or without its `${{ }}`. */
export function checkCondition(text: string, path: Path, names: VisibleNames, place: NamesPlace): void {
  if (text.includes("${{")) return checkTemplate(text, path, names, place);
  checkCompiled(compileExpression(text), { path, text }, names, place);
}

function withoutBlocks(value: unknown, skip: WeakSet<object>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (skip.has(value)) return null;
  if (Array.isArray(value)) return value.map((item) => withoutBlocks(item, skip));
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBlocks(item, skip)])) : value;
}

interface Where {
  readonly path: Path;
  readonly text: string;
}

function checkCompiled(compiled: Expression | ExpressionMistake, where: Where, names: VisibleNames, { yaml, mistakes }: NamesPlace): void {
  if (!isExpression(compiled)) {
    const mend = { ru: `Исправьте выражение: ${where.text}`, en: `Correct the expression: ${where.text}` };
    mistakes.push(toMistake(yaml.locateText(where.path, where.text, compiled.column), "wrong_expression", compiled.message, mend));
    return;
  }
  for (const reference of compiled.references) {
    const words = toReferenceMistake(reference, names);
    if (words !== null) mistakes.push(toMistake(yaml.locateText(where.path, where.text, reference.column), words.rule, words.message, words.mend));
  }
}

type Words = Pick<FileMistake, "rule"> & { readonly message: { ru: string; en: string }; readonly mend: { ru: string; en: string } };

function toReferenceMistake({ root, member }: Reference, names: VisibleNames): Words | null {
  if (root === "input" && member !== null && names.roots.has("input") && !names.inputs.includes(member)) return toUnknownInput(member, names.inputs);
  if (names.roots.has(root)) return null;
  const reason = names.later.get(root);
  if (reason === "later") {
    return {
      rule: "later_step",
      message: { ru: `Шаг ${root} выполняется позже.`, en: `The step ${root} runs later.` },
      mend: { ru: `Поставьте ${root} выше этого шага.`, en: `Move ${root} above this step.` },
    };
  }
  if (reason === "not_needed") {
    return {
      rule: "not_needed",
      message: { ru: `Этот шаг не ждёт шага ${root}: его нет в needs.`, en: `This step does not wait for ${root}: it is not in needs.` },
      mend: { ru: `Добавьте ${root} в needs или уберите needs.`, en: `Add ${root} to needs, or remove needs.` },
    };
  }
  return toUnknownName(root, names);
}

function toUnknownInput(member: string, inputs: readonly string[]): Words {
  const message = { ru: `Во входных данных нет ${member}.`, en: `There is no input ${member}.` };
  const nearest = nearestName(member, inputs);
  if (nearest !== null) return { rule: "unknown_input", message, mend: { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` } };
  const all = inputs.join(", ");
  return { rule: "unknown_input", message, mend: { ru: `Есть: ${all || "ничего"}. Добавьте ${member} в input.`, en: `There are: ${all || "none"}. Add ${member} to input.` } };
}

function toUnknownName(root: string, names: VisibleNames): Words {
  const known = [...names.roots];
  // `pric` alone is most often `input.price`.
  const nearest = nearestName(root, known) ?? toInputName(nearestName(root, names.inputs));
  const all = known.join(", ");
  return {
    rule: "unknown_name",
    message: { ru: `Имя ${root} в выражении неизвестно.`, en: `The name ${root} in the expression is unknown.` },
    mend: nearest === null ? { ru: `Здесь видны: ${all}. Текст берут в кавычки: '${root}'.`, en: `Visible here: ${all}. Text goes in quotes: '${root}'.` } : { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` },
  };
}

function toInputName(name: string | null): string | null {
  return name === null ? null : `input.${name}`;
}
