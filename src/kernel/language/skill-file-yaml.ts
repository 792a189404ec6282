// YAML with positions, shared by every kind of file we read. Bounded in size, depth and aliases; nothing in it can run.
import { LineCounter, parseDocument, type Document } from "yaml";
import type { FileMistake, Position } from "../domain/refusal.ts";
import { toMistake, toMistakeWords } from "./skill-file-mistake.ts";
import { openPlaces, type Path, type Places, type ToPosition } from "./skill-file-places.ts";
import { toYamlMistake } from "./skill-file-traps.ts";
import { readValues, tooComplex } from "./skill-file-values.ts";

const MAX_FILE_BYTES = 262_144;

/** What a file says, and where it says it. */
export interface YamlFile extends Places {
  readonly file: string;
  readonly value: unknown;
  readonly mistakes: readonly FileMistake[];
  /** False when the text is not YAML at all: then `value` means nothing. */
  readonly isReadable: boolean;
  /** Where a list or map of `value` stands. */
  toPath(collection: object): Path | undefined;
}

/** `skills/connectors/cbr.yaml` is called cbr. */
export function toFileName(path: string): string {
  return (path.split("/").at(-1) ?? "").replace(/\.(?:ya?ml|json)$/, "");
}

export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const toPosition = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (new TextEncoder().encode(text).length > MAX_FILE_BYTES) return unreadable(file, [tooLarge(file)]);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    version: "1.2",
    merge: false,
    logLevel: "error",
  });
  const exhausted = document.errors.find((error) => error.code === "RESOURCE_EXHAUSTION");
  if (exhausted !== undefined) return unreadable(file, [tooComplex(toPosition(exhausted.pos[0]))]);
  const mistakes = toYamlMistakes(document, text, toPosition);
  if (document.errors.some((error) => error.code !== "DUPLICATE_KEY")) return unreadable(file, mistakes);
  const { value, isTooComplex, toPath, ...read } = readValues(document, text, toPosition);
  const places = openPlaces(document, text, toPosition);
  return {
    file,
    value,
    mistakes: [...mistakes, ...read.mistakes],
    isReadable: !isTooComplex,
    ...places,
    toPath,
  };
}

/** Repeats of one cause are told once: per line, and only the first of a cascade. */
function toYamlMistakes(document: Document, text: string, toPosition: ToPosition): FileMistake[] {
  const seen = new Set<number>();
  const mistakes: FileMistake[] = [];
  let isCascading = false;
  for (const error of [...document.errors, ...document.warnings]) {
    const { mistake, isTrap } = toYamlMistake(error, text, toPosition);
    if (seen.has(mistake.at.line) || (isCascading && !isTrap)) continue;
    // A slip may be told elsewhere than where YAML stumbled: what else it says of that line is the same slip.
    seen.add(mistake.at.line);
    seen.add(toPosition(error.pos[0]).line);
    mistakes.push(mistake);
    if (error.code !== "DUPLICATE_KEY" && error.code !== "BLOCK_AS_IMPLICIT_KEY") isCascading = true;
  }
  return mistakes;
}

function unreadable(file: string, mistakes: readonly FileMistake[]): YamlFile {
  const start = { file, line: 1, column: 1 };
  return {
    file,
    value: null,
    mistakes,
    isReadable: false,
    locate: () => start,
    locateText: () => start,
    toPath: () => undefined,
  };
}

function tooLarge(file: string): FileMistake {
  const message = { ru: "Файл больше 256 КБ.", en: "The file is larger than 256 KB." };
  return toMistake(
    { file, line: 1, column: 1 },
    toMistakeWords("file_too_large", message, {
      ru: "Вынесите данные в таблицу или приложение.",
      en: "Move the data to a table or an attachment.",
    }),
  );
}
