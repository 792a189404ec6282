// The steps of a skill: each has an id, exactly one kind key and the common keys. What stands under the kind key is checked
// by that kind's own schema; a kind that contains steps is given the schema of a list of steps.
import { z } from "zod";
import type { FileMistake } from "../domain/refusal.ts";
import type { Step } from "../domain/skill.ts";
import type { StepKind } from "../domain/step-kind.ts";
import { nearestName } from "./expression-error.ts";
import { isMap, type MapValue } from "./expression-values.ts";
import { checkShape, refuseWith, toUnknownKey } from "./skill-file-issues.ts";
import { checkCondition, checkTemplate, RESERVED_NAMES, type VisibleNames } from "./skill-file-names.ts";
import { STEP_KEYS, stepKeysShape } from "./skill-file-shapes.ts";
import { type Path, toMistake, type YamlFile } from "./skill-file-yaml.ts";

export interface StepsParser {
  readonly yaml: YamlFile;
  readonly mistakes: FileMistake[];
  readonly kinds: ReadonlyMap<string, StepKind<unknown>>;
  readonly inputs: readonly string[];
}

/** What a list of steps inherits from the steps around it. */
interface Surroundings {
  readonly roots: ReadonlySet<string>;
  readonly depth: number;
}

const MAX_BLOCK_DEPTH = 5;

/** Keys of a step that the executor does not know yet, kept beside it. */
export interface StepExtras {
  readonly cacheMs?: number | undefined;
  readonly undo?: readonly Step[] | undefined;
}

export function parseSteps(raw: readonly unknown[], path: Path, parser: StepsParser): readonly Step[] {
  return parseBlock(raw, path, parser, { roots: new Set(["input", "run"]), depth: 0 });
}

interface Block {
  readonly parser: StepsParser;
  readonly around: Surroundings;
  /** All ids of this list, to tell "later" from "unknown". */
  readonly ids: readonly string[];
  /** What has run before a step, by step: everything above, or what `needs` reaches. */
  readonly before: Map<string, ReadonlySet<string>>;
}

function parseBlock(raw: readonly unknown[], path: Path, parser: StepsParser, around: Surroundings): readonly Step[] {
  const ids = raw.map((item) => (isMap(item) ? String(item["id"] ?? "") : ""));
  const block: Block = { parser, around, ids, before: new Map() };
  return raw.flatMap((item, index) => {
    const step = isMap(item) ? parseStep(item, index, [...path, index], block) : noteNotMap([...path, index], parser);
    return step === null ? [] : [step];
  });
}

function noteNotMap(path: Path, { yaml, mistakes }: StepsParser): null {
  const message = { ru: "Шаг — это набор ключей.", en: "A step is a map of keys." };
  mistakes.push(toMistake(yaml.locate(path), "wrong_type", message, { ru: "Напишите «- id: имя» и ниже вид шага.", en: 'Write "- id: name" and the kind of step below it.' }));
  return null;
}

function parseStep(raw: MapValue, index: number, path: Path, block: Block): Step | null {
  const { parser } = block;
  const kind = findKind(raw, path, parser);
  const common = Object.fromEntries(Object.entries(raw).filter(([key]) => STEP_KEYS.includes(key)));
  const checked = checkShape(stepKeysShape, common, { yaml: parser.yaml, path, mistakes: parser.mistakes });
  if (checked === null) return null;
  const keys = checked.value;
  const isNamed = checkId(keys.id, index, path, block);
  const names = toNames(keys.needs, index, path, block);
  if (keys.if !== undefined) checkCondition(keys.if, [...path, "if"], names, parser);
  for (const key of ["only_new", "if_empty"] as const) if (keys[key] !== undefined) checkTemplate(raw[key], [...path, key], names, parser);
  if (kind === null) return null;
  const value = parseWith(raw[kind.kind], [...path, kind.kind], { kind, block, names });
  const undo = keys.undo === undefined ? undefined : parseInside(keys.undo, [...path, "undo"], { block, names, locals: [keys.id] });
  if (value === null || !isNamed) return null;
  const optional: Omit<Step, "id" | "kind" | "with"> & StepExtras = {
    if: keys.if,
    needs: keys.needs,
    retry: keys.retry,
    timeoutMs: keys.timeout,
    onError: keys.on_error,
    ifEmpty: keys.if_empty,
    onlyNew: keys.only_new,
    maxRows: keys.max_rows,
    cacheMs: keys.cache,
    undo,
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, item]) => item !== undefined));
  return { id: keys.id, kind: kind.kind, with: value.value, ...present };
}

function findKind(raw: MapValue, path: Path, { yaml, mistakes, kinds }: StepsParser): StepKind<unknown> | null {
  const others = Object.keys(raw).filter((key) => !STEP_KEYS.includes(key));
  const unknown = others.filter((key) => !kinds.has(key));
  const known = others.flatMap((key) => kinds.get(key) ?? []);
  const all = [...kinds.keys()].join(", ");
  for (const key of unknown) mistakes.push(toUnknownKey(yaml, [...path, key], [...kinds.keys(), ...STEP_KEYS]));
  const [only, second] = known;
  if (second !== undefined && only !== undefined) {
    const message = { ru: `У шага два вида: ${only.kind} и ${second.kind}.`, en: `The step has two kinds: ${only.kind} and ${second.kind}.` };
    mistakes.push(toMistake(yaml.locate([...path, second.kind], "key"), "two_kinds", message, { ru: "Сделайте из него два шага.", en: "Make it two steps." }));
    return null;
  }
  if (only === undefined && unknown.length === 0) {
    mistakes.push(toMistake(yaml.locate(path), "no_kind", { ru: "Не сказано, что делает шаг.", en: "The step does not say what it does." }, { ru: `Добавьте один из ключей: ${all}.`, en: `Add one of these keys: ${all}.` }));
  }
  return only ?? null;
}

function checkId(id: string, index: number, path: Path, { parser, ids, around }: Block): boolean {
  const note = (rule: string, message: { ru: string; en: string }, mend: { ru: string; en: string }) => {
    parser.mistakes.push(toMistake(parser.yaml.locate([...path, "id"]), rule, message, mend));
    return false;
  };
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(id)) {
    return note("wrong_name", { ru: `${id}: так назвать шаг нельзя.`, en: `${id} cannot be the id of a step.` }, { ru: "Латинские буквы, цифры и _.", en: "Use Latin letters, digits and _." });
  }
  if (RESERVED_NAMES.has(id)) {
    return note("reserved_name", { ru: `Имя ${id} занято.`, en: `The name ${id} is reserved.` }, { ru: `Назовите шаг иначе, например ${id}_step.`, en: `Choose another, for example ${id}_step.` });
  }
  if (ids.indexOf(id) < index || around.roots.has(id)) {
    return note("duplicate_id", { ru: `Шаг ${id} уже есть выше.`, en: `There is already a step ${id} above.` }, { ru: "Дайте шагу другое имя.", en: "Give the step another id." });
  }
  return true;
}

function toNames(needs: readonly string[] | undefined, index: number, path: Path, block: Block): VisibleNames {
  const { ids, around, before, parser } = block;
  const above = ids.slice(0, index);
  const reached = needs === undefined ? new Set(above) : new Set(needs.flatMap((id) => [id, ...(before.get(id) ?? [])]));
  before.set(ids[index] ?? "", reached);
  for (const [place, id] of (needs ?? []).entries()) {
    if (above.includes(id)) continue;
    const isLater = ids.includes(id);
    const nearest = nearestName(id, above);
    const message = isLater ? { ru: `Шаг ${id} стоит ниже.`, en: `The step ${id} stands below.` } : { ru: `Шага ${id} нет.`, en: `There is no step ${id}.` };
    const mend = isLater || nearest === null
      ? { ru: "needs называет шаги, стоящие выше.", en: "needs names steps that stand above." }
      : { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` };
    parser.mistakes.push(toMistake(parser.yaml.locate([...path, "needs", place]), isLater ? "later_step" : "unknown_step", message, mend));
  }
  const later = new Map(ids.slice(index).map((id) => [id, "later"] as const));
  const skipped = above.filter((id) => !reached.has(id)).map((id) => [id, "not_needed"] as const);
  return { inputs: parser.inputs, roots: new Set([...around.roots, ...reached]), later: new Map<string, "later" | "not_needed">([...later, ...skipped]) };
}

interface KindPlace {
  readonly kind: StepKind<unknown>;
  readonly block: Block;
  readonly names: VisibleNames;
}

function parseWith(raw: unknown, path: Path, { kind, block, names }: KindPlace): { value: unknown } | null {
  const { parser } = block;
  const blocks = new WeakSet<object>();
  const locals = kind.locals ?? [];
  // z.unknown() hands on the very list of the file, which knows its place; a list schema would hand on a copy.
  const steps = z.unknown().transform((list, context) => {
    const at = Array.isArray(list) ? (parser.yaml.toPath(list) ?? path) : null;
    if (!Array.isArray(list) || at === null || list.length === 0) {
      refuseWith(context, NO_STEPS);
      return z.NEVER;
    }
    blocks.add(list);
    return parseInside(list, at, { block, names, locals });
  });
  const schema = typeof kind.with === "function" ? kind.with(steps) : kind.with;
  const checked = checkShape(schema, raw, { yaml: parser.yaml, path, mistakes: parser.mistakes });
  const withLocals = { ...names, roots: new Set([...names.roots, ...locals]) };
  checkTemplate(raw, path, withLocals, { ...parser, skip: blocks });
  return checked;
}

const NO_STEPS = {
  rule: "wrong_type",
  message: { ru: "Здесь нужен список шагов.", en: "A list of steps is needed here." },
  mend: { ru: "Напишите шаги с «- id: имя».", en: 'Write steps, each with "- id: name".' },
};

function parseInside(list: readonly unknown[], path: Path, place: { block: Block; names: VisibleNames; locals: readonly string[] }): readonly Step[] {
  const { block, names, locals } = place;
  const depth = block.around.depth + 1;
  if (depth > MAX_BLOCK_DEPTH) {
    const message = { ru: "Шаги вложены глубже пяти уровней.", en: "Steps are nested more than five levels deep." };
    block.parser.mistakes.push(toMistake(block.parser.yaml.locate(path), "too_deep", message, { ru: "Вынесите внутренние шаги в отдельный навык.", en: "Move the inner steps to a skill of their own." }));
    return [];
  }
  return parseBlock(list, path, block.parser, { roots: new Set([...names.roots, ...locals]), depth });
}
