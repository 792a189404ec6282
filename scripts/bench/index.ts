// The measurements in their order, the table, and bench/results.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, platform, release } from "node:os";
import { join } from "node:path";
import { root } from "../lib/bootstrap.mjs";
import type { Figure } from "./figure.ts";
import { toTable } from "./figure.ts";
import { measureMemory, measureSavedSkill, measureStart, measureTerminal } from "./first-answer.ts";
import { measureJobs, measureRuns, measureStep } from "./runs.ts";
import { closeScene, openScene } from "./scene.ts";

const short = process.argv.includes("--short");
const started = performance.now();
const scene = await openScene(short, (line) => console.log(line));
const figures: Figure[] = [];
try {
  const memory = await measureMemory(scene);
  const { figures: runs, reference } = await measureRuns(scene);
  figures.push(...runs, ...(await measureJobs(scene, reference)), ...(await measureStep(scene)));
  figures.push(...(await measureStart(scene)), ...memory);
  figures.push(...(await measureSavedSkill()), ...(await measureTerminal(scene)));
} finally {
  await closeScene(scene);
}
console.log(toTable(figures));
const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model ?? "",
  system: `${platform()} ${release()}`,
  node: process.version,
};
const seconds = Math.round((performance.now() - started) / 100) / 10;
if (!short) {
  mkdirSync(join(root, "bench"), { recursive: true });
  const results = { at: new Date().toISOString(), seconds, machine, figures };
  writeFileSync(join(root, "bench", "results.json"), `${JSON.stringify(results, null, 2)}\n`);
}
console.log(
  `${seconds} s${short ? " (short: shows that it runs, measures nothing)" : "; bench/results.json"}`,
);
process.exit(0);
