// A schema's complaint as a mistake people can mend: where it stands, what is allowed there, which key was probably meant.
import { z } from "zod";
import type { FileMistake } from "../domain/refusal.ts";
import { findNearestName } from "./nearest-name.ts";
import { toIssueWords } from "./skill-file-issue-words.ts";
import { type MistakeWords, toMistake, toMistakeWords } from "./skill-file-mistake.ts";
import type { Path } from "./skill-file-places.ts";
import type { YamlFile } from "./skill-file-yaml.ts";

type Issue = z.core.$ZodIssue;

/** Checks the value at `path` and notes every mistake; null when there was one. */
export function checkShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  place: { yaml: YamlFile; path: Path; mistakes: FileMistake[] },
): { value: T } | null {
  const answer = schema.safeParse(value);
  if (answer.success) return { value: answer.data };
  for (const issue of answer.error.issues)
    place.mistakes.push(...toIssueMistakes(issue, { schema, yaml: place.yaml, base: place.path, value }));
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
    if (branch !== null)
      return branch.flatMap((inner) =>
        toIssueMistakes({ ...inner, path: [...issue.path, ...inner.path] }, place),
      );
  }
  const words = toIssueWords(issue, { name: String(path.at(-1) ?? ""), found: readAt(place.value, inside) });
  return [toMistake(place.yaml.locate(path), words)];
}

/** `{ type:number }` is one long key to YAML. */
function toTightWords(key: string, value: string): MistakeWords {
  return toMistakeWords(
    "space_after_colon",
    { ru: "После двоеточия нет пробела.", en: "There is no space after the colon." },
    { ru: `Напишите ${key}: ${value}`, en: `Write ${key}: ${value}` },
  );
}

export function toUnknownKey(yaml: YamlFile, path: Path, known: readonly string[]): FileMistake {
  const key = String(path.at(-1) ?? "");
  const tight = /^([A-Za-z_]\w*):(?!\/\/)(.+)$/.exec(key);
  if (tight) return toMistake(yaml.locate(path, "key"), toTightWords(tight[1] ?? "", tight[2] ?? ""));
  const nearest = findNearestName(key, known);
  const all = known.join(", ");
  const mend =
    nearest === null
      ? { ru: `Здесь бывают: ${all}.`, en: `Known here: ${all}.` }
      : { ru: `Может быть, ${nearest}?`, en: `Did you mean ${nearest}?` };
  return toMistake(
    yaml.locate(path, "key"),
    toMistakeWords(
      "unknown_key",
      { ru: `Ключ ${key} здесь неизвестен.`, en: `The key ${key} is not known here.` },
      mend,
    ),
  );
}

/** The branch that got furthest: a wrong type at its root means it was never meant. */
function toLikeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depth = (branch: readonly Issue[]) =>
    Math.max(...branch.map((issue) => issue.path.length + (issue.code === "invalid_type" ? 0 : 1)));
  const reached = branches.filter((branch) => branch.length > 0 && depth(branch) > 0);
  const [first, ...rest] = reached;
  if (first === undefined) return null;
  return rest.reduce(
    (best, branch) =>
      depth(branch) > depth(best) || (depth(branch) === depth(best) && branch.length < best.length)
        ? branch
        : best,
    first,
  );
}

function readAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path)
    at =
      typeof at === "object" && at !== null
        ? Object.entries(at).find(([key]) => key === String(step))?.[1]
        : undefined;
  return at;
}

/** For schemas: refuses with words in both languages. */
export function refuseWith(
  context: {
    addIssue(issue: {
      code: "custom";
      message: string;
      params: Record<string, unknown>;
      path: string[];
    }): void;
  },
  words: MistakeWords,
  path: string[] = [],
): void {
  context.addIssue({ code: "custom", message: words.message.en, params: { ...words }, path });
}

/** The keys a schema knows at a path, looking through everything that wraps an object. */
function listKeys(schema: unknown, path: Path): readonly string[] {
  return [
    ...new Set(
      descend(schema, path).flatMap((at) => (at instanceof z.ZodObject ? Object.keys(at.shape) : [])),
    ),
  ];
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
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodLazy
  ) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodIntersection) return [...unwrap(schema.def.left), ...unwrap(schema.def.right)];
  return schema === undefined ? [] : [schema];
}
