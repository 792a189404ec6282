// From YAML nodes to plain JSON values, remembering where each list and map stands. Aliases are followed a few times and
// never in circles, and every other thing that is not JSON is refused.
import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from "yaml";
import type { FileMistake, Position } from "../domain/refusal.ts";
import { toMistake, toMistakeWords } from "./skill-file-mistake.ts";
import { type Path, toKey, toOffset, type ToPosition } from "./skill-file-places.ts";
import { findHashTrap } from "./skill-file-traps.ts";

export interface Values {
  readonly value: unknown;
  readonly mistakes: readonly FileMistake[];
  readonly isTooComplex: boolean;
  toPath(collection: object): Path | undefined;
}

export function readValues(document: Document, text: string, toPosition: ToPosition): Values {
  const paths = new WeakMap<object, Path>();
  const counts = { aliases: 0, values: 0, isTooComplex: false };
  const reader: Reader = { document, toPosition, mistakes: [], paths, text, open: new Set(), ...counts };
  const value = toJs(document.contents, [], reader);
  const { mistakes, isTooComplex } = reader;
  return { value, mistakes, isTooComplex, toPath: (collection) => paths.get(collection) };
}

export function tooComplex(at: Position): FileMistake {
  const message = {
    ru: "Файл устроен слишком сложно: слишком глубоко или слишком много повторов.",
    en: "The file is too complex: nested too deeply, or repeated too often.",
  };
  return toMistake(
    at,
    toMistakeWords("file_too_complex", message, {
      ru: "Упростите его; ссылок *имя может быть не больше 20.",
      en: "Simplify it; at most 20 references *name are allowed.",
    }),
  );
}

const MAX_ALIASES = 20;
const MAX_VALUES = 50_000;
const MAX_DEPTH = 60;

interface Reader {
  readonly document: Document;
  readonly toPosition: ToPosition;
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
    : Object.fromEntries(
        node.items.map((pair) => [toKey(pair), toJs(pair.value, [...path, toKey(pair)], reader)]),
      );
  reader.open.delete(node);
  reader.paths.set(made, path);
  return made;
}

function followAlias(
  node: { readonly source: string; resolve(document: Document): unknown; range?: unknown },
  path: Path,
  reader: Reader,
): unknown {
  reader.aliases++;
  const target = node.resolve(reader.document);
  const at = reader.toPosition(toOffset(node));
  if (target === undefined) {
    const message = {
      ru: `Ссылка *${node.source}, а метки &${node.source} выше нет.`,
      en: `There is a reference *${node.source}, but no mark &${node.source} above it.`,
    };
    reader.mistakes.push(
      toMistake(
        at,
        toMistakeWords("unknown_alias", message, {
          ru: "Если это текст, возьмите его в кавычки.",
          en: "If it is text, put it in quotes.",
        }),
      ),
    );
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
  if (
    typeof value === "number" &&
    Number.isFinite(value) &&
    (!Number.isInteger(value) || Number.isSafeInteger(value))
  )
    return value;
  const message = {
    ru: "Такое значение не JSON: слишком длинное число, бесконечность или двоичные данные.",
    en: "This value is not JSON: a number too long, infinity, or binary data.",
  };
  reader.mistakes.push(
    toMistake(
      reader.toPosition(toOffset(node)),
      toMistakeWords("not_json", message, {
        ru: "Если это текст, возьмите его в кавычки.",
        en: "If it is text, put it in quotes.",
      }),
    ),
  );
  return null;
}
