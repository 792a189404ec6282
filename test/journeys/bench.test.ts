// The short form of `npm run bench`: that it runs, and tells each figure beside what it is judged by. No figure is
// judged here: this machine may be busy.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Figure } from "../../scripts/bench/figure.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
let temporary = "";
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "skillos-bench-test-"));
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

it("measures everything once, each figure beside its reference or its floor", async () => {
  const out = join(temporary, "results.json");
  const script = join(root, "scripts", "bench.mjs");
  const { stdout } = await run(process.execPath, [script, "--short", "--markdown", "--out", out]);
  expect(stdout).toContain("| what | measured | reference of this run | ratio | floor | aim |");
  // As the bench writes it; a value that could not be measured is null in JSON.
  const { figures } = JSON.parse(readFileSync(out, "utf8")) as { figures: readonly Figure[] };
  const [bare, ...measured] = figures;
  expect(bare?.name).toContain("bare Hono on Node");
  expect(measured.length).toBeGreaterThanOrEqual(15);
  // Of all figures this one is judged by nothing: how much a load leaves behind depends on the load.
  const isWhole = ({ name, value, reference, floor }: Figure): boolean =>
    Number.isFinite(
      name.startsWith("memory after the load") ? value : value + (reference ?? floor ?? Number.NaN),
    );
  expect(measured.filter((figure) => !isWhole(figure))).toEqual([]);
});
