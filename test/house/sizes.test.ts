// Small files, without an exemption list: every engine of this kind has one file that swallowed the product.
import { describe, expect, it } from "vitest";
import { loadSources } from "./sources.ts";

const LIMIT_LINES = 300;
const TEST_LIMIT_LINES = 400;
const TIGHTER: Readonly<Record<string, number>> = { "src/kernel/pipeline.ts": 120, "src/worker.ts": 79 };
const OBJECT_LIMIT_LINES = 99;
const MEDIAN_LINES = 80;
const NINTH_TENTH_LINES = 200;

const isTest = (path: string): boolean => path.endsWith(".test.ts") || path.startsWith("test/");
const files = loadSources((path) => /^(src|durable-objects|scripts|test)\/.*\.(tsx?|mjs|js)$/.test(path)).map(
  ({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }),
);

function limitOf(path: string): number {
  if (isTest(path)) return TEST_LIMIT_LINES;
  return TIGHTER[path] ?? (path.startsWith("durable-objects/") ? OBJECT_LIMIT_LINES : LIMIT_LINES);
}

/** The value that `share` of the product's files stay at or below. */
function linesAt(share: number): number {
  const sorted = files.filter(({ path }) => !isTest(path)).map(({ lines }) => lines);
  sorted.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

describe("sizes", () => {
  it("are measured", () => {
    expect(files.length).toBeGreaterThan(200);
  });

  it("stay under the limit of the file", () => {
    const tooLong = files.filter(({ path, lines }) => lines > limitOf(path));
    expect(tooLong.map(({ path, lines }) => `${path}: ${lines} lines, ${limitOf(path)} at most`)).toEqual([]);
  });

  it("are small as a habit, not only at the edge", () => {
    expect(linesAt(0.5)).toBeLessThanOrEqual(MEDIAN_LINES);
    expect(linesAt(0.9)).toBeLessThanOrEqual(NINTH_TENTH_LINES);
  });
});
