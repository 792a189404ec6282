// YAML with positions, shared by every kind of file we read. Bounded in size, depth and aliases; nothing in it can run.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Document, type Pair } from "yaml";
import type { FileMistake, Position } from "../domain/refusal.ts";
import type { BothLanguages } from "./expression-error.ts";
import { findHashTrap, toYamlMistake } from "./skill-file-traps.ts";

export type Path = readonly (string | number)[];

const MAX_FILE_BYTES = 262_144;
const MAX_ALIASES = 20;
const MAX_VALUES = 50_000;
const MAX_DEPTH = 60;
const MAX_MISTAKES = 100;

/** What a file says, and where it says it. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly mistakes: readonly FileMistake[];
  /** False when the text is not YAML at all: then `value` means nothing. */
  readonly isReadable: boolean;
  /** Where the value at a path stands, or its key; the nearest parent for what is missing. */
  locate(path: Path, part?: "key" | "value"): Position;
  /** Where a piece of the text at a path stands. */
  locateText(path: Path, piece: string, column: number): Position;
  /** Where a list or map of `value` stands. */
  toPath(collection: object): Path | undefined;
}

export function toMistake(at: Position, rule: string, message: BothLanguages, mend: BothLanguages): FileMistake {
  return { at, rule, message, mend };
}

/** In file order, each once. */
export function toOrdered(mistakes: readonly FileMistake[]): readonly FileMistake[] {
  const once = new Map(mistakes.map((mistake) => [JSON.stringify([mistake.at, mistake.rule, mistake.message]), mistake]));
  return [...once.values()].sort((left, right) => left.at.line - right.at.line || left.at.column - right.at.column).slice(0, MAX_MISTAKES);
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
  if (nestsTooDeeply(text)) return unreadable(file, [tooComplex({ file, line: 1, column: 1 })]);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, version: "1.2", merge: false, logLevel: "error" });
  const fatal = document.errors.filter((error) => error.code !== "DUPLICATE_KEY");
  const mistakes = toYamlMistakes(document, text, toPosition);
  if (fatal.length > 0) return unreadable(file, mistakes);
  const reader: Reader = { document, toPosition, mistakes, paths: new WeakMap(), text, aliases: 0, values: 0, isTooComplex: false, open: new Set() };
  const value = toJs(document.contents, [], reader);
  return { file, value, mistakes, isReadable: !reader.isTooComplex, ...locators(document, text, toPosition), toPath: (collection) => reader.paths.get(collection) };
}

/** Repeats of one cause are told once: per line, and only the first of a cascade. */
function toYamlMistakes(document: Document, text: string, toPosition: (offset: number) => Position): FileMistake[] {
  const seen = new Set<number>();
  const mistakes: FileMistake[] = [];
  let isCascading = false;
  for (const error of [...document.errors, ...document.warnings]) {
    const { mistake, isTrap } = toYamlMistake(error, text, toPosition);
    if (seen.has(mistake.at.line) || (isCascading && !isTrap)) continue;
    seen.add(mistake.at.line);
    mistakes.push(mistake);
    if (error.code !== "DUPLICATE_KEY" && error.code !== "BLOCK_AS_IMPLICIT_KEY") isCascading = true;
  }
  return mistakes;
}

/** Brackets nested beyond any real file exhaust the stack of the YAML parser before it can say so. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH * 2) return true;
  }
  return /^(?:[-?:] ?){60}/m.test(text) || /^ {600}/m.test(text);
}

function unreadable(file: string, mistakes: readonly FileMistake[]): YamlFile {
  const start = { file, line: 1, column: 1 };
  return { file, value: null, mistakes, isReadable: false, locate: () => start, locateText: () => start, toPath: () => undefined };
}

function tooLarge(file: string): FileMistake {
  const message = { ru: "Файл больше 256 КБ.", en: "The file is larger than 256 KB." };
  return toMistake({ file, line: 1, column: 1 }, "file_too_large", message, { ru: "Вынесите данные в таблицу или приложение.", en: "Move the data to a table or an attachment." });
}

function tooComplex(at: Position): FileMistake {
  const message = { ru: "Файл устроен слишком сложно: слишком глубоко или слишком много повторов.", en: "The file is too complex: nested too deeply, or repeated too often." };
  return toMistake(at, "file_too_complex", message, { ru: "Упростите его; ссылок *имя может быть не больше 20.", en: "Simplify it; at most 20 references *name are allowed." });
}

interface Reader {
  readonly document: Document;
  readonly toPosition: (offset: number) => Position;
  readonly mistakes: FileMistake[];
  readonly paths: WeakMap<object, Path>;
  readonly text: string;
  readonly open: Set<unknown>;
  aliases: number;
  values: number;
  isTooComplex: boolean;
}

function toJs(node: unknown, path: Path, reader: Reader): unknown {
  if (reader.isTooComplex) return null;
  reader.values++;
  if (reader.values > MAX_VALUES || path.length > MAX_DEPTH) return refuseComplex(node, reader);
  if (isAlias(node)) return followAlias(node, path, reader);
  if (isScalar(node)) return readScalar(node, reader);
  if (!isSeq(node) && !isMap(node)) return null;
  reader.open.add(node);
  const made: unknown[] | Record<string, unknown> = isSeq(node)
    ? node.items.map((item, index) => toJs(item, [...path, index], reader))
    : Object.fromEntries(node.items.map((pair) => [toKey(pair), toJs(pair.value, [...path, toKey(pair)], reader)]));
  reader.open.delete(node);
  reader.paths.set(made, path);
  return made;
}

function followAlias(node: { readonly source: string; resolve(document: Document): unknown; range?: unknown }, path: Path, reader: Reader): unknown {
  reader.aliases++;
  const target = node.resolve(reader.document);
  const at = reader.toPosition(toOffset(node));
  if (target === undefined) {
    const message = { ru: `Ссылка *${node.source}, а метки &${node.source} выше нет.`, en: `There is a reference *${node.source}, but no mark &${node.source} above it.` };
    reader.mistakes.push(toMistake(at, "unknown_alias", message, { ru: "Если это текст, возьмите его в кавычки.", en: "If it is text, put it in quotes." }));
    return null;
  }
  if (reader.open.has(target) || reader.aliases > MAX_ALIASES) return refuseComplex(node, reader);
  return toJs(target, path, reader);
}

function refuseComplex(node: unknown, reader: Reader): null {
  reader.isTooComplex = true;
  reader.mistakes.push(tooComplex(reader.toPosition(toOffset(node))));
  return null;
}

function readScalar(node: Node & { value: unknown }, reader: Reader): unknown {
  const trap = findHashTrap(node, reader.text, reader.toPosition);
  if (trap !== null) reader.mistakes.push(trap);
  const { value } = node;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
  const message = { ru: "Такое значение не JSON: слишком длинное число, бесконечность или двоичные данные.", en: "This value is not JSON: a number too long, infinity, or binary data." };
  reader.mistakes.push(toMistake(reader.toPosition(toOffset(node)), "not_json", message, { ru: "Если это текст, возьмите его в кавычки.", en: "If it is text, put it in quotes." }));
  return null;
}

function toKey(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

function toOffset(node: unknown): number {
  const range: unknown = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
}

function locators(document: Document, text: string, toPosition: (offset: number) => Position): Pick<YamlFile, "locate" | "locateText"> {
  const locate = (path: Path, part: "key" | "value" = "value"): Position => toPosition(toOffset(findNode(document, path, part)));
  const locateText = (path: Path, piece: string, column: number): Position => {
    const node = findNode(document, path, "value");
    const start = toOffset(node);
    const end = isScalar(node) ? (node.range?.[1] ?? start) : start;
    const firstLine = piece.split("\n", 1)[0] ?? "";
    const found = text.slice(start, end).indexOf(firstLine);
    return toPosition(found < 0 ? start : start + found + Math.min(column - 1, firstLine.length));
  };
  return { locate, locateText };
}

/** The node at a path; where the path leaves the file, the last node that was there. */
function findNode(document: Document, path: Path, part: "key" | "value"): unknown {
  let at: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    const parent: unknown = isAlias(at) ? at.resolve(document) : at;
    const pair = isMap(parent) ? parent.items.find((item) => toKey(item) === String(step)) : undefined;
    const next: unknown = isSeq(parent) ? parent.items[Number(step)] : pair?.value;
    if (pair !== undefined && (next === null || (part === "key" && index === path.length - 1))) return pair.key;
    if (next === undefined || next === null) return at;
    at = next;
  }
  return at;
}
