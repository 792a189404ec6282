// A schema's complaint as a mistake people can mend: where it stands, what is allowed there, which key was probably meant.
import { z } from "zod";
import type { FileMistake } from "../domain/refusal.ts";
import { type BothLanguages, nearestName } from "./expression-error.ts";
import { type Path, toMistake, type YamlFile } from "./skill-file-yaml.ts";

type Issue = z.core.$ZodIssue;

/** What a schema can say in both languages: `custom` issues carry it in `params`. */
export interface IssueWords {
  readonly rule: string;
  readonly message: BothLanguages;
  readonly mend: BothLanguages;
}

/** Checks the value at `path` and notes every mistake; null when there was one. */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, place: { yaml: YamlFile; path: Path; mistakes: FileMistake[] }): { value: T } | null {
  const answer = schema.safeParse(value);
  if (answer.success) return { value: answer.data };
  for (const issue of answer.error.issues) place.mistakes.push(...toIssueMistakes(issue, { schema, yaml: place.yaml, base: place.path, value }));
  return null;
}

interface Place {
  readonly schema: unknown;
  readonly yaml: YamlFile;
  readonly base: Path;
  readonly value: unknown;
}

function toIssueMistakes(issue: Issue, place: Place): readonly FileMistake[] {
  const inside = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  const path = [...place.base, ...inside];
  if (issue.code === "unrecognized_keys") {
    const known = listKeys(place.schema, inside);
    return issue.keys.map((key) => toUnknownKey(place.yaml, [...path, key], known));
  }
  if (issue.code === "invalid_union") {
    const branch = toLikeliestBranch(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => toIssueMistakes({ ...inner, path: [...issue.path, ...inner.path] }, place));
  }
  const words = toWords(issue, { name: String(path.at(-1) ?? ""), found: readAt(place.value, inside) });
  return [toMistake(place.yaml.locate(path), words.rule, words.message, words.mend)];
}

export function toUnknownKey(yaml: YamlFile, path: Path, known: readonly string[]): FileMistake {
  const key = String(path.at(-1) ?? "");
  const nearest = nearestName(key, known);
  const all = known.join(", ");
  const mend = nearest === null ? { ru: `Здесь бывают: ${all}.`, en: `Known here: ${all}.` } : { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` };
  return toMistake(yaml.locate(path, "key"), "unknown_key", { ru: `Ключ ${key} здесь неизвестен.`, en: `The key ${key} is not known here.` }, mend);
}

/** The branch that got furthest: a wrong type at its root means it was never meant. */
function toLikeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depth = (branch: readonly Issue[]) => Math.max(...branch.map((issue) => issue.path.length + (issue.code === "invalid_type" ? 0 : 1)));
  const reached = branches.filter((branch) => branch.length > 0 && depth(branch) > 0);
  const [first, ...rest] = reached;
  if (first === undefined) return null;
  return rest.reduce((best, branch) => (depth(branch) > depth(best) || (depth(branch) === depth(best) && branch.length < best.length) ? branch : best), first);
}

function readAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) at = typeof at === "object" && at !== null ? Object.entries(at).find(([key]) => key === String(step))?.[1] : undefined;
  return at;
}

const KINDS: Readonly<Record<string, BothLanguages>> = {
  string: { ru: "текст", en: "text" },
  number: { ru: "число", en: "a number" },
  int: { ru: "целое число", en: "a whole number" },
  boolean: { ru: "true или false", en: "true or false" },
  array: { ru: "список", en: "a list" },
  object: { ru: "набор «ключ: значение»", en: "a map of keys" },
  record: { ru: "набор «ключ: значение»", en: "a map of keys" },
};

function toWords(issue: Issue, place: { name: string; found: unknown }): IssueWords {
  const { name } = place;
  switch (issue.code) {
    case "invalid_type":
      return toTypeWords(issue.expected, place);
    case "invalid_value": {
      const shown = issue.values.map(String);
      const nearest = nearestName(String(place.found), shown);
      const all = shown.join(", ");
      const mend = nearest === null ? { ru: `Выберите: ${all}.`, en: `Choose one of: ${all}.` } : { ru: `Может быть, ${nearest}? Бывает: ${all}.`, en: `Did you mean ${nearest}? Allowed: ${all}.` };
      return place.found === undefined ? toTypeWords(all, place) : { rule: "wrong_value", message: { ru: `У ${name} не бывает такого значения.`, en: `${name} cannot have this value.` }, mend };
    }
    case "too_small":
    case "too_big":
      return toSizeWords(issue, name);
    case "custom":
      return toCustomWords(issue, name);
    case "invalid_union":
      return toTypeWords(issue.errors.flatMap((branch) => branch.flatMap((inner) => (inner.code === "invalid_type" && inner.path.length === 0 ? [inner.expected] : []))).join("|"), place);
    default:
      return { rule: "wrong_value", message: { ru: `${name}: так нельзя (${issue.message}).`, en: `${name} is not valid: ${issue.message}.` }, mend: { ru: "Исправьте значение.", en: "Correct the value." } };
  }
}

function toTypeWords(expected: string, { name, found }: { name: string; found: unknown }): IssueWords {
  const kinds = [...new Set(expected.split("|"))].map((kind) => KINDS[kind] ?? { ru: kind, en: kind });
  const wanted = { ru: kinds.map((kind) => kind.ru).join(" или "), en: kinds.map((kind) => kind.en).join(" or ") };
  if (found === undefined) {
    return { rule: "missing_key", message: { ru: `Не хватает ключа ${name}.`, en: `The key ${name} is missing.` }, mend: { ru: `Добавьте ${name}: (${wanted.ru}).`, en: `Add ${name}: (${wanted.en}).` } };
  }
  const quote = expected === "string" && typeof found !== "object" ? { ru: ` Возьмите его в кавычки: "${String(found)}".`, en: ` Put it in quotes: "${String(found)}".` } : { ru: "", en: "" };
  return {
    rule: "wrong_type",
    message: { ru: `${name}: нужен другой вид значения.`, en: `${name} has the wrong type.` },
    mend: { ru: `Нужно: ${wanted.ru}.${quote.ru}`, en: `It must be ${wanted.en}.${quote.en}` },
  };
}

function toSizeWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, name: string): IssueWords {
  const isLow = issue.code === "too_small";
  const bound = String(isLow ? issue.minimum : issue.maximum);
  const strict = issue.inclusive === false;
  const message = isLow
    ? { ru: `${name}: слишком мало.`, en: `${name} is too small or too short.` }
    : { ru: `${name}: слишком много.`, en: `${name} is too large or too long.` };
  const mend = isLow
    ? { ru: `Нужно ${strict ? "больше" : "не меньше"} ${bound}.`, en: `It must be ${strict ? "more than" : "at least"} ${bound}.` }
    : { ru: `Нужно ${strict ? "меньше" : "не больше"} ${bound}.`, en: `It must be ${strict ? "less than" : "at most"} ${bound}.` };
  return { rule: isLow ? "too_small" : "too_large", message, mend };
}

const issueWords = z.object({
  rule: z.string(),
  message: z.object({ ru: z.string(), en: z.string() }),
  mend: z.object({ ru: z.string(), en: z.string() }),
});

function toCustomWords(issue: z.core.$ZodIssueCustom, name: string): IssueWords {
  const known = issueWords.safeParse(issue.params);
  if (known.success) return known.data;
  return { rule: "wrong_value", message: { ru: `${name}: ${issue.message}`, en: `${name}: ${issue.message}` }, mend: { ru: "Исправьте значение.", en: "Correct the value." } };
}

/** For schemas: refuses with words in both languages. */
export function refuseWith(context: { addIssue(issue: { code: "custom"; message: string; params: Record<string, unknown> }): void }, words: IssueWords): void {
  context.addIssue({ code: "custom", message: words.message.en, params: { ...words } });
}

/** The keys a schema knows at a path, looking through everything that wraps an object. */
export function listKeys(schema: unknown, path: Path): readonly string[] {
  return [...new Set(descend(schema, path).flatMap((at) => (at instanceof z.ZodObject ? Object.keys(at.shape) : [])))];
}

function descend(schema: unknown, path: Path): readonly unknown[] {
  const open = unwrap(schema);
  const [step, ...rest] = path;
  if (step === undefined) return open;
  return open.flatMap((at) => {
    if (at instanceof z.ZodObject) return descend(at.shape[String(step)] ?? at.def.catchall, rest);
    if (at instanceof z.ZodArray) return descend(at.element, rest);
    if (at instanceof z.ZodRecord) return descend(at.valueType, rest);
    return [];
  });
}

function unwrap(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly || schema instanceof z.ZodLazy) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodIntersection) return [...unwrap(schema.def.left), ...unwrap(schema.def.right)];
  return schema === undefined ? [] : [schema];
}
