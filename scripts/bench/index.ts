// The measurements in their order, the table, and bench/results.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, platform, release } from "node:os";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../lib/bootstrap.mjs";
import type { Figure } from "./figure.ts";
import { toMarkdown, toTable } from "./figure.ts";
import {
  measureFreshMemory,
  measureMemoryAfterLoad,
  measureSavedSkill,
  measureStart,
  measureTerminal,
} from "./first-answer.ts";
import { measureAdmission } from "./admission.ts";
import { measureGolden } from "./golden.ts";
import { measureJobs, measureRuns, measureStep } from "./runs.ts";
import { closeScene, openScene } from "./scene.ts";

const { short, markdown, out } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    markdown: { type: "boolean", default: false },
    out: { type: "string" },
  },
}).values;
// What the short form measures is worth nothing: it does not take the place of results.
const file = out ?? (short ? undefined : "bench/results.json");
const started = performance.now();
const scene = await openScene(short, (line) => console.log(line));
const figures: Figure[] = [];
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => void closeScene(scene).finally(() => process.exit(130)));
try {
  const memory = await measureFreshMemory(scene);
  const { figures: runs, reference } = await measureRuns(scene);
  figures.push(...runs, ...(await measureJobs(scene, reference)), ...(await measureStep(scene)));
  figures.push(...(await measureAdmission(scene)));
  figures.push(...(await measureGolden(scene)), ...memory, ...(await measureMemoryAfterLoad(scene)));
  if (!short) {
    figures.push(...(await measureStart(scene)));
    figures.push(...(await measureSavedSkill(scene)), ...(await measureTerminal(scene)));
  }
} finally {
  await closeScene(scene);
}
console.log(markdown ? toMarkdown(figures) : toTable(figures));
const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model ?? "",
  system: `${platform()} ${release()}`,
  node: process.version,
};
const seconds = Math.round((performance.now() - started) / 100) / 10;
if (file !== undefined) {
  const path = resolve(root, file);
  mkdirSync(dirname(path), { recursive: true });
  const results = { at: new Date().toISOString(), seconds, machine, figures };
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}
const remarks = [short ? "short: shows that it runs, measures nothing" : "", file ?? ""];
console.log([`${seconds} s`, ...remarks].filter((remark) => remark !== "").join("; "));
process.exit(0);
