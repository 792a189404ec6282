// The rules of one step among its neighbours: which kind it is, what it may be called, which names it can see.
import { isStepId } from "../domain/id.ts";
import type { FileMistake } from "../domain/refusal.ts";
import type { StepKind } from "../domain/step-kind.ts";
import { findNearestName } from "./nearest-name.ts";
import type { MapValue } from "./expression-values.ts";
import { toUnknownKey } from "./skill-file-issues.ts";
import { type MistakeWords, toMistake, toMistakeWords, toWrongName } from "./skill-file-mistake.ts";
import { RESERVED_NAMES, type VisibleNames } from "./skill-file-names.ts";
import type { Path } from "./skill-file-places.ts";
import { STEP_KEYS } from "./skill-file-shapes.ts";
import type { YamlFile } from "./skill-file-yaml.ts";

export interface StepsParser {
  readonly yaml: YamlFile;
  readonly mistakes: FileMistake[];
  readonly kinds: ReadonlyMap<string, StepKind<unknown>>;
  readonly inputs: readonly string[];
}

/** A list of steps, and what it sees of the steps around it. */
export interface Block {
  readonly parser: StepsParser;
  readonly roots: ReadonlySet<string>;
  readonly depth: number;
  /** All ids of this list, to tell "later" from "unknown". */
  readonly ids: readonly string[];
  /** What has run before a step, by step: everything above, or what `needs` reaches. */
  readonly before: Map<string, ReadonlySet<string>>;
}

export interface StepPlace {
  readonly block: Block;
  readonly index: number;
  readonly path: Path;
}

export function findKind(raw: MapValue, path: Path, parser: StepsParser): StepKind<unknown> | null {
  const { yaml, mistakes, kinds } = parser;
  const others = Object.keys(raw).filter((key) => !STEP_KEYS.includes(key));
  const unknown = others.filter((key) => !kinds.has(key));
  const [only, second] = others.flatMap((key) => kinds.get(key) ?? []);
  const names = [...kinds.keys()];
  for (const key of unknown) mistakes.push(toUnknownKey(yaml, [...path, key], [...names, ...STEP_KEYS]));
  if (only !== undefined && second !== undefined) {
    mistakes.push(toMistake(yaml.locate([...path, second.kind], "key"), toTwoKinds(only.kind, second.kind)));
    return null;
  }
  if (only === undefined && unknown.length === 0)
    mistakes.push(toMistake(yaml.locate(path), toNoKind(names)));
  return only ?? null;
}

function toTwoKinds(first: string, second: string): MistakeWords {
  const message = {
    ru: `У шага два вида: ${first} и ${second}.`,
    en: `The step has two kinds: ${first} and ${second}.`,
  };
  return toMistakeWords("two_kinds", message, { ru: "Сделайте из него два шага.", en: "Make it two steps." });
}

function toNoKind(names: readonly string[]): MistakeWords {
  const all = names.join(", ");
  return toMistakeWords(
    "no_kind",
    { ru: "Не сказано, что делает шаг.", en: "The step does not say what it does." },
    { ru: `Добавьте один из ключей: ${all}.`, en: `Add one of these keys: ${all}.` },
  );
}

/** Whether the id can stand; notes why not. */
export function checkId(id: string, { block, index, path }: StepPlace): boolean {
  const words = toIdMistake(id, block.ids.indexOf(id) < index || block.roots.has(id));
  if (words !== null) block.parser.mistakes.push(toMistake(block.parser.yaml.locate([...path, "id"]), words));
  return words === null;
}

function toIdMistake(id: string, isTaken: boolean): MistakeWords | null {
  if (!isStepId(id))
    return toWrongName({ ru: `${id}: так назвать шаг нельзя.`, en: `${id} cannot be the id of a step.` });
  if (RESERVED_NAMES.has(id)) {
    return toMistakeWords(
      "reserved_name",
      { ru: `Имя ${id} занято.`, en: `The name ${id} is reserved.` },
      { ru: `Назовите шаг иначе, например ${id}_step.`, en: `Choose another, for example ${id}_step.` },
    );
  }
  if (!isTaken) return null;
  return toMistakeWords(
    "duplicate_id",
    { ru: `Шаг ${id} уже есть выше.`, en: `There is already a step ${id} above.` },
    { ru: "Дайте шагу другое имя.", en: "Give the step another id." },
  );
}

/** What a step can see: everything above it, or only what its `needs` wait for. */
export function toNames(
  needs: readonly string[] | undefined,
  { block, index, path }: StepPlace,
): VisibleNames {
  const { ids, before, parser } = block;
  const above = ids.slice(0, index);
  const waited = new Set(needs?.flatMap((id) => [id, ...(before.get(id) ?? [])]));
  const reached = needs === undefined ? new Set(above) : waited;
  before.set(ids[index] ?? "", reached);
  for (const [place, id] of (needs ?? []).entries()) {
    if (above.includes(id)) continue;
    const words = ids.includes(id) ? toLaterStep(id) : toUnknownStep(id, above);
    parser.mistakes.push(toMistake(parser.yaml.locate([...path, "needs", place]), words));
  }
  const later = new Map<string, "later" | "not_needed">();
  for (const id of above) if (!reached.has(id)) later.set(id, "not_needed");
  for (const id of ids.slice(index)) later.set(id, "later");
  return { inputs: parser.inputs, roots: new Set([...block.roots, ...reached]), later };
}

const NEEDS_MEND = { ru: "needs называет шаги, стоящие выше.", en: "needs names steps that stand above." };

function toLaterStep(id: string): MistakeWords {
  const message = { ru: `Шаг ${id} стоит ниже.`, en: `The step ${id} stands below.` };
  return toMistakeWords("later_step", message, NEEDS_MEND);
}

function toUnknownStep(id: string, above: readonly string[]): MistakeWords {
  const nearest = findNearestName(id, above);
  const guess = { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` };
  const message = { ru: `Шага ${id} нет.`, en: `There is no step ${id}.` };
  return toMistakeWords("unknown_step", message, nearest === null ? NEEDS_MEND : guess);
}
