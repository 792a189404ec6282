// The word table that the router ships, read from its file: the Worker has it from its bundle.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseWordTable, type WordTable } from "../../src/kernel/routing/features/word-table.ts";
import { root } from "./bootstrap.mjs";

export const WORD_TABLE_FILE = join(root, "src", "kernel", "routing", "data", "word-table.bin");

export function loadWordTable(path = WORD_TABLE_FILE): WordTable {
  return parseWordTable(new Uint8Array(readFileSync(path)).buffer);
}
