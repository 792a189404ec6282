// The sets of labelled requests, by what each may be used for.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GoldenRow, toGoldenRow } from "../../src/channels/cli/files/golden.ts";
import { parseJson, toJsonList } from "../../src/channels/cli/json.ts";
import { root } from "../lib/bootstrap.mjs";

export interface GoldenSet {
  readonly name: string;
  readonly rows: readonly GoldenRow[];
}

/**
 * Phrases and rules are tuned on golden and the development sets, so their figures flatter. A holdout is one whose rows
 * nobody has read: only its figures may be looked at.
 */
export const SETS = {
  golden: "golden_queries.json",
  "development 1": "development_queries_1.json",
  "development 2": "development_queries_2.json",
  "development 3": "development_queries_3.json",
  "development 4": "development_queries_4.json",
  "development 5": "development_queries_5.json",
  "development 6": "development_queries_6.json",
  holdout: "holdout_queries.json",
} as const;

/** In percent: under these, understanding may not fall. */
export const FLOORS = { top1: 90, top3: 97, no_skill_found: 90, values: 90 } as const;

export function loadSets(): readonly GoldenSet[] {
  return Object.entries(SETS).flatMap(([name, file]) => {
    const path = join(root, "test", "fixtures", file);
    return existsSync(path) ? [{ name, rows: loadRows(path) }] : [];
  });
}

export function loadRows(path: string): readonly GoldenRow[] {
  return toJsonList(parseJson(readFileSync(path, "utf8"))).map(toGoldenRow);
}
