// Which names the expressions of a skill may use, and where: inputs that exist, steps that have already run.
import type { FileMistake } from "../domain/refusal.ts";
import { compileExpression, isExpression, type Expression, type ExpressionMistake } from "./expression.ts";
import { findNearestName } from "./nearest-name.ts";
import type { Reference } from "./expression-node.ts";
import { isMap } from "./expression-values.ts";
import { type MistakeWords, toMistake, toMistakeWords } from "./skill-file-mistake.ts";
import type { Path } from "./skill-file-places.ts";
import type { YamlFile } from "./skill-file-yaml.ts";
import { templateNames } from "./template.ts";

/** Names no step may take: they mean something already, or CEL reserves them. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  "input output run item optional cel in true false null as break const continue else for function if import let loop package namespace return var void while prototype".split(
    " ",
  ),
);

/** What `run` holds while the steps are worked on. */
export const RUN_FACTS = ["id", "today", "now", "currency", "locale"] as const;

/** What the expressions at one place can see. */
export interface VisibleNames {
  readonly inputs: readonly string[];
  readonly roots: ReadonlySet<string>;
  /** Steps that exist and have not run by then, with why. */
  readonly later: ReadonlyMap<string, "later" | "not_needed">;
  /** What `run` holds there beside RUN_FACTS. */
  readonly ended?: readonly string[];
}

export interface NamesPlace {
  readonly yaml: YamlFile;
  readonly mistakes: FileMistake[];
  /** Lists of steps inside the value: they have their own names. */
  readonly skip?: WeakSet<object> | undefined;
}

/** A value of the file and where it stands. */
export interface Placed<T = unknown> {
  readonly value: T;
  readonly path: Path;
}

/** Every expression in a value. */
export function checkTemplate({ value, path }: Placed, names: VisibleNames, place: NamesPlace): void {
  const own = place.skip === undefined ? value : withoutBlocks(value, place.skip);
  for (const { compiled, path: inside, text } of templateNames(own).expressions) {
    checkCompiled({ compiled, path: [...path, ...inside], text }, names, place);
  }
}

/** A key that is always an expression, with or without its `${{ }}`. */
export function checkCondition(placed: Placed<string>, names: VisibleNames, place: NamesPlace): void {
  const { value: text, path } = placed;
  if (text.includes("${{")) checkTemplate(placed, names, place);
  else checkCompiled({ compiled: compileExpression(text), path, text }, names, place);
}

function withoutBlocks(value: unknown, skip: WeakSet<object>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (skip.has(value)) return null;
  if (Array.isArray(value)) return value.map((item) => withoutBlocks(item, skip));
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBlocks(item, skip)]))
    : value;
}

interface Found {
  readonly compiled: Expression | ExpressionMistake;
  readonly path: Path;
  readonly text: string;
}

function checkCompiled(found: Found, names: VisibleNames, { yaml, mistakes }: NamesPlace): void {
  const { compiled, path, text } = found;
  if (!isExpression(compiled)) {
    const mend = { ru: `Исправьте выражение: ${text}`, en: `Correct the expression: ${text}` };
    mistakes.push(
      toMistake(
        yaml.locateText(path, text, compiled.column),
        toMistakeWords("wrong_expression", compiled.message, mend),
      ),
    );
    return;
  }
  for (const reference of compiled.references) {
    const words = toReferenceMistake(reference, names);
    if (words !== null) mistakes.push(toMistake(yaml.locateText(path, text, reference.column), words));
  }
}

function toReferenceMistake({ root, member }: Reference, names: VisibleNames): MistakeWords | null {
  if (root === "input" && member !== null && names.roots.has("input") && !names.inputs.includes(member))
    return toUnknownInput(member, names.inputs);
  if (root === "run" && member !== null && names.roots.has("run"))
    return toRunMistake(member, [...RUN_FACTS, ...(names.ended ?? [])]);
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
      message: {
        ru: `Этот шаг не ждёт шага ${root}: его нет в needs.`,
        en: `This step does not wait for ${root}: it is not in needs.`,
      },
      mend: {
        ru: `Добавьте ${root} в needs или уберите needs.`,
        en: `Add ${root} to needs, or remove needs.`,
      },
    };
  }
  return toUnknownName(root, names);
}

function toUnknownInput(member: string, inputs: readonly string[]): MistakeWords {
  const message = { ru: `Во входных данных нет ${member}.`, en: `There is no input ${member}.` };
  const nearest = findNearestName(member, inputs);
  if (nearest !== null)
    return {
      rule: "unknown_input",
      message,
      mend: { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` },
    };
  const all = inputs.join(", ");
  return {
    rule: "unknown_input",
    message,
    mend: {
      ru: `Есть: ${all || "ничего"}. Добавьте ${member} в input.`,
      en: `There are: ${all || "none"}. Add ${member} to input.`,
    },
  };
}

function toRunMistake(member: string, facts: readonly string[]): MistakeWords | null {
  if (facts.includes(member)) return null;
  const nearest = findNearestName(member, facts);
  const all = facts.map((fact) => `run.${fact}`).join(", ");
  return {
    rule: "unknown_run_fact",
    message: { ru: `В run нет ${member}.`, en: `run has no ${member}.` },
    mend:
      nearest === null
        ? { ru: `Есть: ${all}.`, en: `There are: ${all}.` }
        : { ru: `Может быть, run.${nearest}?`, en: `Did you mean run.${nearest}?` },
  };
}

function toUnknownName(root: string, names: VisibleNames): MistakeWords {
  const known = [...names.roots];
  // `pric` alone is most often `input.price`.
  const nearest = findNearestName(root, known) ?? toInputName(findNearestName(root, names.inputs));
  const all = known.join(", ");
  return {
    rule: "unknown_name",
    message: {
      ru: `Имя ${root} в выражении неизвестно.`,
      en: `The name ${root} in the expression is unknown.`,
    },
    mend:
      nearest === null
        ? {
            ru: `Здесь видны: ${all}. Текст берут в кавычки: '${root}'.`,
            en: `Visible here: ${all}. Text goes in quotes: '${root}'.`,
          }
        : { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` },
  };
}

function toInputName(name: string | null): string | null {
  return name === null ? null : `input.${name}`;
}
