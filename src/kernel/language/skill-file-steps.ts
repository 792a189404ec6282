// The steps of a skill: each has an id, exactly one kind key and the common keys. What stands under the kind key is checked
// by that kind's own schema; a kind that contains steps is given the schema of a list of steps.
import { z } from "zod";
import type { Step } from "../domain/skill.ts";
import type { StepKind } from "../domain/step-kind.ts";
import { isMap, type MapValue } from "./expression-values.ts";
import { checkShape, refuseWith } from "./skill-file-issues.ts";
import { type MistakeWords, toMistake, toWritten } from "./skill-file-mistake.ts";
import { checkCondition, checkTemplate, type Placed, type VisibleNames } from "./skill-file-names.ts";
import { STEP_KEYS, type StepKeysShape, stepKeysShape } from "./skill-file-shapes.ts";
import {
  type Block,
  checkId,
  findKind,
  type StepPlace,
  type StepsParser,
  toNames,
} from "./skill-file-step-rules.ts";

const MAX_BLOCK_DEPTH = 5;

/** Keys of a step that the executor does not know yet, kept beside it. */
interface StepExtras {
  readonly cacheMs?: number | undefined;
  readonly undo?: readonly Step[] | undefined;
}

type List = Placed<readonly unknown[]>;

export function parseSteps(list: List, parser: StepsParser): readonly Step[] {
  return parseBlock(list, { parser, roots: new Set(["input", "run"]), depth: 0 });
}

function parseBlock(
  { value: raw, path }: List,
  around: Pick<Block, "parser" | "roots" | "depth">,
): readonly Step[] {
  const ids = raw.map((item) => (isMap(item) ? toWritten(item["id"] ?? "") : ""));
  const block: Block = { ...around, ids, before: new Map() };
  return raw.flatMap((item, index) => {
    const place = { block, index, path: [...path, index] };
    if (isMap(item)) return parseStep(item, place) ?? [];
    around.parser.mistakes.push(toMistake(around.parser.yaml.locate(place.path), NOT_A_STEP));
    return [];
  });
}

const NOT_A_STEP: MistakeWords = {
  rule: "wrong_type",
  message: { ru: "Шаг — это набор ключей.", en: "A step is a map of keys." },
  mend: {
    ru: "Напишите «- id: имя» и ниже вид шага.",
    en: 'Write "- id: name" and the kind of step below it.',
  },
};

function parseStep(raw: MapValue, place: StepPlace): Step | null {
  const { path } = place;
  const { parser } = place.block;
  const kind = findKind(raw, path, parser);
  const common = Object.fromEntries(Object.entries(raw).filter(([key]) => STEP_KEYS.includes(key)));
  const checked = checkShape(stepKeysShape, common, { ...parser, path });
  if (checked === null) return null;
  const keys = checked.value;
  const isNamed = checkId(keys.id, place);
  const names = toNames(keys.needs, place);
  if (keys.if !== undefined) checkCondition({ value: keys.if, path: [...path, "if"] }, names, parser);
  for (const key of ["only_new", "if_empty"])
    checkTemplate({ value: raw[key], path: [...path, key] }, names, parser);
  if (kind === null) return null;
  const inside = { place, names, locals: kind.locals ?? [] };
  const body = parseWith({ value: raw[kind.kind], path: [...path, kind.kind] }, kind, inside);
  const undo = keys.undo === undefined ? undefined : { value: keys.undo, path: [...path, "undo"] };
  const undone = undo === undefined ? undefined : parseInside(undo, { ...inside, locals: [keys.id] });
  return body === null || !isNamed
    ? null
    : { id: keys.id, kind: kind.kind, with: body.value, ...toOptional(keys, undone) };
}

function toOptional(
  keys: StepKeysShape,
  undo: readonly Step[] | undefined,
): Omit<Step, "id" | "kind" | "with"> & StepExtras {
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
  return Object.fromEntries(Object.entries(optional).filter(([, item]) => item !== undefined));
}

/** What the steps inside a step inherit from it. */
interface Inside {
  readonly place: StepPlace;
  readonly names: VisibleNames;
  readonly locals: readonly string[];
}

function parseWith(body: Placed, kind: StepKind<unknown>, inside: Inside): { value: unknown } | null {
  const { parser } = inside.place.block;
  const blocks = new WeakSet<object>();
  // z.unknown() hands on the very list of the file, which knows its place; a list schema would hand on a copy.
  const steps = z.unknown().transform((list, context) => {
    if (!Array.isArray(list) || list.length === 0) {
      refuseWith(context, NO_STEPS);
      return z.NEVER;
    }
    blocks.add(list);
    return parseInside({ value: list, path: parser.yaml.toPath(list) ?? body.path }, inside);
  });
  const schema = typeof kind.with === "function" ? kind.with(steps) : kind.with;
  const checked = checkShape(schema, body.value, { ...parser, path: body.path });
  const names = { ...inside.names, roots: new Set([...inside.names.roots, ...inside.locals]) };
  checkTemplate(body, names, { ...parser, skip: blocks });
  return checked;
}

const NO_STEPS: MistakeWords = {
  rule: "wrong_type",
  message: { ru: "Здесь нужен список шагов.", en: "A list of steps is needed here." },
  mend: { ru: "Напишите шаги с «- id: имя».", en: 'Write steps, each with "- id: name".' },
};

const TOO_DEEP: MistakeWords = {
  rule: "too_deep",
  message: { ru: "Шаги вложены глубже пяти уровней.", en: "Steps are nested more than five levels deep." },
  mend: {
    ru: "Вынесите внутренние шаги в отдельный навык.",
    en: "Move the inner steps to a skill of their own.",
  },
};

function parseInside(list: List, { place, names, locals }: Inside): readonly Step[] {
  const { parser, depth } = place.block;
  if (depth < MAX_BLOCK_DEPTH)
    return parseBlock(list, { parser, roots: new Set([...names.roots, ...locals]), depth: depth + 1 });
  parser.mistakes.push(toMistake(parser.yaml.locate(list.path), TOO_DEEP));
  return [];
}
