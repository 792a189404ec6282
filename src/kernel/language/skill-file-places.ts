// Where in a YAML text a value stands: by its path, or by a piece of the text at a path.
import { type Document, isAlias, isMap, isScalar, isSeq, type Pair } from "yaml";
import type { Position } from "../domain/refusal.ts";

export type Path = readonly (string | number)[];
export type ToPosition = (offset: number) => Position;

export interface Places {
  /** Where the value at a path stands, or its key; the nearest parent for what is missing. */
  locate(path: Path, part?: "key" | "value"): Position;
  /** Where a piece of the text at a path stands. */
  locateText(path: Path, piece: string, column: number): Position;
}

export function toKey(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

export function toOffset(node: unknown): number {
  const range: unknown = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
}

export function openPlaces(document: Document, text: string, toPosition: ToPosition): Places {
  const locate = (path: Path, part: "key" | "value" = "value"): Position =>
    toPosition(toOffset(findNode(document, path, part)));
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
    if (pair !== undefined && (next === null || (part === "key" && index === path.length - 1)))
      return pair.key;
    if (next === undefined || next === null) return at;
    at = next;
  }
  return at;
}
