// The word table to judge a corpus with: one that has seen neither its requests nor its skills. Made once per data and kept.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WordTable } from "../../src/kernel/routing/features/word-table.ts";
import { root } from "../lib/bootstrap.mjs";
import { loadWordTable } from "../lib/word-table.ts";
import { makeWordTable } from "../word-table/make.ts";
import { LICENSED } from "../word-table/sources.ts";
import type { DataSet } from "./data.ts";

export type TableFor = (judged: readonly string[]) => WordTable;

const KEPT = join(root, "node_modules", ".cache", "word-tables");

/** `sets`: what tables are made of, whatever is judged. */
export function toTables(sets: readonly DataSet[]): TableFor {
  const made = new Map<string, WordTable>();
  return (judged) => {
    const leftOut = toLeftOut(judged);
    const name = leftOut.join(",");
    const known = made.get(name);
    if (known) return known;
    const table = leftOut.length === 0 ? loadWordTable() : loadKept(sets, leftOut);
    made.set(name, table);
    return table;
  };
}

/** In both languages: `ha-ru` and `ha-en` are one corpus. */
function toLeftOut(judged: readonly string[]): string[] {
  const families = new Set(judged.map(toFamily));
  return LICENSED.filter((name) => families.has(toFamily(name)));
}

function toFamily(name: string): string {
  return name.replace(/-(?:en|ru)$/, "");
}

function loadKept(sets: readonly DataSet[], leftOut: readonly string[]): WordTable {
  const hash = createHash("sha256");
  for (const { name, train, judged, skills } of sets)
    if (LICENSED.some((one) => one === name)) hash.update(JSON.stringify([name, train, judged, skills]));
  hash.update(leftOut.join(","));
  const path = join(KEPT, `${hash.digest("hex").slice(0, 16)}.bin`);
  if (!existsSync(path)) {
    console.error(`making a word table without ${leftOut.join(", ")}`);
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(path, makeWordTable(sets, leftOut));
  }
  return loadWordTable(path);
}
