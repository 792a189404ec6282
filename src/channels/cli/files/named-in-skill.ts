// Where the steps of a skill's file name something: the place of what is not there.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileMistake, Position } from "../../../kernel/domain/refusal.ts";
import { findNearestName } from "../../../kernel/language/nearest-name.ts";
import { parseYaml } from "../../../kernel/language/skill-file-yaml.ts";
import { STEP_KINDS } from "../../../steps/index.ts";

const KINDS: ReadonlySet<string> = new Set(STEP_KINDS.map(({ kind }) => kind));

type Path = readonly (string | number)[];

interface Named {
  readonly text: string;
  readonly path: Path;
}

/** Every text of a value, and where it stands in it. */
function toTexts(value: unknown, path: Path): readonly Named[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((item, index) => toTexts(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => toTexts(item, [...path, key]));
}

/** Null: the file is not here, or does not say it. */
export function findNamed(directory: string, skill: string, names: string): Position | null {
  const file = [`${skill}.yaml`, `${skill}.yml`].find((path) => existsSync(join(directory, path)));
  if (file === undefined) return null;
  const yaml = parseYaml(file, readFileSync(join(directory, file), "utf8"));
  const found = toTexts(yaml.value, []).find(({ text, path }) => path[0] === "steps" && text === names);
  return found === undefined ? null : yaml.locate(found.path);
}

/** `http: { get: …, connector: shp }`: a key of the step's kind; the same word deeper down is the service's own. */
function isConnector({ path }: Named): boolean {
  return path[0] === "steps" && path.at(-1) === "connector" && KINDS.has(String(path.at(-2)));
}

export function findMissingConnectors(
  file: string,
  text: string,
  known: readonly string[],
): readonly FileMistake[] {
  const yaml = parseYaml(file, text);
  const missing = toTexts(yaml.value, []).filter(
    (named) => isConnector(named) && !known.includes(named.text),
  );
  return missing.map(({ text: name, path }) => {
    const nearest = findNearestName(name, known);
    const guess = {
      en: nearest === null ? "" : `Did you mean ${nearest}? `,
      ru: nearest === null ? "" : `Может быть, ${nearest}? `,
    };
    return {
      at: yaml.locate(path),
      rule: "unknown_connector",
      message: {
        en: `There is no file connectors/${name}.yaml for the connector ${name}.`,
        ru: `Файла connectors/${name}.yaml для коннектора ${name} нет.`,
      },
      mend: {
        en: `${guess.en}Made over HTTP? npx skillos validate --check-entrypoints`,
        ru: `${guess.ru}Создан по HTTP? npx skillos validate --check-entrypoints`,
      },
    };
  });
}
