// npm test: every check, one line each, three at a time (much of a test is waiting). `npm test -- unit types` runs only those.
import { spawn } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { becomeModern, ensureInstalled, isModern, root, toolEnv } from "./lib/bootstrap.mjs";

/**
 * @typedef {{ name: string, commands: string[][], report?: string }} Step `report`: vitest's JSON, whose tests are counted
 * @typedef {{ passed: number, failed: number }} Count
 */

const AT_ONCE = 3;
const NAME_WIDTH = 12;
/** Databases are made and thrown away by the hundred: where memory is a file system, and large enough, the disk need not know. */
const MEMORY = "/dev/shm";
const MEMORY_BYTES = 4 * 1024 ** 3;
const PROGRAMS = ["bench", "kill", "tour"];

function findTemporary() {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= MEMORY_BYTES ? MEMORY : tmpdir();
  } catch {
    // No such place here: not Linux, say.
    return tmpdir();
  }
}

/** @param {string} reports the folder of our own, in which all that is thrown away lies @returns {Step[]} */
function allSteps(reports) {
  const vitest = (/** @type {string} */ name, /** @type {string[]} */ ...filter) => {
    const report = join(reports, `${name}.json`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    return { name, report, commands: [["vitest", "run", "--passWithNoTests", ...reporters, ...filter]] };
  };
  const projects = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  // What did not change since the last time is not looked at again.
  const toCheck = (/** @type {string} */ project) => {
    const info = join("node_modules", ".cache", `${project}.buildinfo`);
    return ["tsc", "-p", project, "--incremental", "--tsBuildInfoFile", info];
  };
  const dryRun = ["wrangler", "deploy", "--dry-run", "--outdir"];
  return [
    // The longest first, so that the lanes end together. What npm run bench, accept and tour do is a step of its own.
    vitest("journeys", "--project=journeys", ...PROGRAMS.map((name) => `--exclude=**/${name}.test.ts`)),
    vitest("worker", "--project=worker"),
    vitest("programs", "--project=journeys", ...PROGRAMS.map((name) => `test/journeys/${name}.test.ts`)),
    { name: "format", commands: [["biome", "format", "."]] },
    { name: "lint", commands: [["oxlint"]] },
    { name: "types", commands: projects.map(toCheck) },
    vitest("house", "--project=unit", "test/house"),
    vitest("unit", "--project=unit", "--exclude=test/house/**"),
    {
      name: "deploy",
      commands: [
        [...dryRun, join(reports, "local"), "--env", ""],
        [...dryRun, join(reports, "production"), "--env", "production"],
      ],
    },
    { name: "unused code", commands: [["knip", "--no-progress"]] },
  ];
}

/** @param {string[]} command @param {string} folder for what it leaves behind @returns {Promise<{ ok: boolean, output: string }>} */
function runCommand([tool = "", ...args], folder) {
  return new Promise((resolve) => {
    const child = spawn(join(root, "node_modules", ".bin", tool), args, {
      cwd: root,
      env: { ...toolEnv(), TMPDIR: folder, CI: "1" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (part) => {
        output += part;
      });
    }
    child.on("error", (error) => resolve({ ok: false, output: `${tool}: ${error.message}` }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** @param {Step} step @param {boolean} ok @returns {Count} */
function countOf({ report }, ok) {
  if (!report) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!existsSync(report)) return { passed: 0, failed: ok ? 0 : 1 };
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, "utf8"));
  // A file that does not load has no failed tests, and still fails.
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

/** @param {Step} step @param {string} folder @returns {Promise<Count>} */
async function runStep(step, folder) {
  const started = performance.now();
  let [ok, output] = [true, ""];
  for (const command of step.commands) {
    const done = await runCommand(command, folder);
    ok &&= done.ok;
    if (!done.ok) output += done.output;
  }
  const count = countOf(step, ok);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  const tests = step.report ? `  ${count.passed + count.failed} tests` : "";
  console.log(`${ok ? "✓" : "✗"} ${step.name.padEnd(NAME_WIDTH)} ${seconds} s${tests}`);
  if (!ok) console.log(output.trimEnd());
  return count;
}

/** @param {string[]} wanted */
async function runAll(wanted) {
  const reports = mkdtempSync(join(findTemporary(), "skillos-test-"));
  const waiting = allSteps(reports).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  /** @type {Count} */
  const total = { passed: 0, failed: 0 };
  const takeNext = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { passed, failed } = await runStep(step, reports);
      total.passed += passed;
      total.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext));
  rmSync(reports, { recursive: true, force: true });
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

ensureInstalled();
if (isModern()) await runAll(process.argv.slice(2));
else becomeModern(fileURLToPath(import.meta.url), process.argv.slice(2));
