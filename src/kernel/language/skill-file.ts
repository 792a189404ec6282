// A skill file: YAML in, a Skill or every mistake in it out. It never throws on any text, and never stops at the first mistake.
import { toCanonicalJson } from "../domain/canonical.ts";
import { sha256 } from "../domain/hash.ts";
import { parseSkillId, type SkillId } from "../domain/id.ts";
import type { FileMistake } from "../domain/refusal.ts";
import type { Skill } from "../domain/skill.ts";
import type { StepKind } from "../domain/step-kind.ts";
import { detectLocale } from "../domain/text.ts";
import { isMap } from "./expression-values.ts";
import { parseInput } from "./skill-file-input.ts";
import { checkShape } from "./skill-file-issues.ts";
import { toMistake, toMistakeWords, toOrdered } from "./skill-file-mistake.ts";
import { checkTemplate, type NamesPlace, type VisibleNames } from "./skill-file-names.ts";
import { phrasesShape, type SkillShape, skillShape } from "./skill-file-shapes.ts";
import { parseSteps } from "./skill-file-steps.ts";
import { parseYaml, type YamlFile } from "./skill-file-yaml.ts";

export interface SkillFile {
  /** `…/domain/name.yaml`: the last two parts are the skill's id. */
  readonly path: string;
  readonly text: string;
  /** The sibling `name.phrases.yaml`. */
  readonly phrases?: string | undefined;
  readonly kinds: readonly StepKind<unknown>[];
  /** sha-256 (hex) of canonicalContent(text, phrases); computed here when the caller has none. */
  readonly hash?: string | undefined;
}

type SkillFileAnswer = { readonly skill: Skill } | { readonly mistakes: readonly FileMistake[] };

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_VERSION = "1.0.0";

/** What the hash of a skill is taken over beside its id: its content, whatever its comments, order of keys and spaces. */
export function canonicalContent(text: string, phrases?: string): string {
  const [content, said] = [parseYaml("", text), parseYaml("", phrases ?? "")];
  return toCanonicalJson({
    skill: content.isReadable ? content.value : text,
    phrases: said.isReadable ? said.value : (phrases ?? null),
  });
}

export function parseSkillFile(file: SkillFile): SkillFileAnswer {
  const yaml = parseYaml(file.path, file.text);
  const mistakes = [...yaml.mistakes];
  const skill = yaml.isReadable ? readSkill(file, yaml, mistakes) : null;
  if (skill !== null && mistakes.length === 0) return { skill };
  return { mistakes: toOrdered(mistakes) };
}

function readSkill(file: SkillFile, yaml: YamlFile, mistakes: FileMistake[]): Skill | null {
  if (!isMap(yaml.value)) {
    const message = {
      ru: "Файл навыка — это набор ключей: description, input, steps, output.",
      en: "A skill file is a map of keys: description, input, steps, output.",
    };
    mistakes.push(
      toMistake(
        yaml.locate([]),
        toMistakeWords("not_a_skill", message, {
          ru: "Начните с description: …",
          en: "Begin with description: …",
        }),
      ),
    );
    return null;
  }
  const phrases = readPhrases(file, mistakes);
  const checked = checkShape(skillShape, yaml.value, { yaml, path: [], mistakes });
  const inputRaw = isMap(yaml.value["input"]) ? yaml.value["input"] : {};
  const input = parseInput(inputRaw, yaml, mistakes);
  const rawSteps: unknown = yaml.value["steps"];
  const kinds = new Map(file.kinds.map((kind) => [kind.kind, kind]));
  const steps = Array.isArray(rawSteps)
    ? parseSteps(
        { value: rawSteps, path: ["steps"] },
        { yaml, mistakes, kinds, inputs: Object.keys(inputRaw) },
      )
    : [];
  checkTexts(yaml.value, { inputs: Object.keys(inputRaw), ids: toIds(rawSteps) }, { yaml, mistakes });
  const id = readId(file, checked?.value.id, { yaml, mistakes });
  if (checked === null || id === null || phrases === null) return null;
  return toSkill(checked.value, {
    id,
    input,
    steps,
    phrases: mergePhrases(checked.value.phrases, phrases),
    hash: file.hash ?? sha256(`${id}\n${canonicalContent(file.text, file.phrases)}`),
  });
}

function toIds(rawSteps: unknown): readonly string[] {
  return Array.isArray(rawSteps)
    ? rawSteps.flatMap((step) => (isMap(step) && typeof step["id"] === "string" ? [step["id"]] : []))
    : [];
}

/** output, answer, details and what an approval shows see everything that has run. */
function checkTexts(
  value: Readonly<Record<string, unknown>>,
  known: { inputs: readonly string[]; ids: readonly string[] },
  place: NamesPlace,
): void {
  const names: VisibleNames = {
    inputs: known.inputs,
    roots: new Set(["input", "run", ...known.ids]),
    later: new Map(),
    ended: ["data"],
  };
  const withOutput = { ...names, roots: new Set([...names.roots, "output"]) };
  for (const key of ["output", "approval"]) checkTemplate({ value: value[key], path: [key] }, names, place);
  for (const key of ["answer", "details"])
    checkTemplate({ value: value[key], path: [key] }, withOutput, place);
}

function readId(
  file: SkillFile,
  written: SkillId | undefined,
  { yaml, mistakes }: NamesPlace,
): SkillId | null {
  const [domain, name] = file.path
    .replace(/\.ya?ml$/, "")
    .split("/")
    .slice(-2);
  const fromPath = name === undefined ? parseSkillId(domain ?? "") : parseSkillId(`${domain}/${name}`);
  if (fromPath !== null && (written === undefined || written === fromPath)) return fromPath;
  if (fromPath === null) {
    const message = {
      ru: `${file.path}: из такого пути имя навыка не получается.`,
      en: `${file.path} does not give a skill id.`,
    };
    const mend = {
      ru: "Назовите файл раздел/имя.yaml строчными латинскими буквами; имена run, versions и раздел connectors заняты.",
      en: "Name the file domain/name.yaml in lower-case Latin letters; the names run and versions and the domain connectors are taken.",
    };
    mistakes.push(toMistake(yaml.locate([]), toMistakeWords("wrong_id", message, mend)));
    return null;
  }
  const message = {
    ru: `id: ${written}, а по имени файла ${fromPath}.`,
    en: `id is ${written}, but the file name says ${fromPath}.`,
  };
  mistakes.push(
    toMistake(
      yaml.locate(["id"]),
      toMistakeWords("wrong_id", message, {
        ru: "Уберите id или переименуйте файл.",
        en: "Remove id, or rename the file.",
      }),
    ),
  );
  return null;
}

type Phrases = Skill["phrases"];

function readPhrases(file: SkillFile, mistakes: FileMistake[]): Phrases | null {
  if (file.phrases === undefined || file.phrases.trim() === "") return { ru: [], en: [], not: [] };
  const yaml = parseYaml(file.path.replace(/\.ya?ml$/, ".phrases.yaml"), file.phrases);
  mistakes.push(...yaml.mistakes);
  if (!yaml.isReadable) return null;
  return checkShape(phrasesShape, yaml.value, { yaml, path: [], mistakes })?.value ?? null;
}

function mergePhrases(inside: SkillShape["phrases"], beside: Phrases): Phrases {
  if (inside === undefined) return beside;
  const lists = Array.isArray(inside)
    ? {
        ru: inside.filter((phrase) => detectLocale(phrase) === "ru"),
        en: inside.filter((phrase) => detectLocale(phrase) === "en"),
        not: [],
      }
    : inside;
  return {
    ru: [...lists.ru, ...beside.ru],
    en: [...lists.en, ...beside.en],
    not: [...lists.not, ...beside.not],
  };
}

function toSkill(
  shape: SkillShape,
  parts: Pick<Skill, "id" | "input" | "steps" | "phrases" | "hash">,
): Skill {
  const version = shape.version ?? DEFAULT_VERSION;
  const skill: Skill = {
    ...parts,
    version: `${version}+${parts.hash.slice(0, 12)}`,
    description: shape.description,
    tags: shape.tags,
    output: shape.output,
    baseRisk: shape.risk,
    timeoutMs: shape.timeout ?? DEFAULT_TIMEOUT_MS,
  };
  const { answer, details, names, approval, deprecated } = shape;
  const optional = Object.entries({ answer, details, names, approval, deprecated }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...skill, ...Object.fromEntries(optional) };
}
