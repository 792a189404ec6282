// npm start on a terminal, and the same without one for commands.
import { existsSync } from "node:fs";
import { unusedMs } from "./owner.mjs";
import { isAlive, npmAbove } from "./processes.mjs";
import { dataDir } from "./runtime-wish.mjs";
import { nextSteps, trySample } from "./sample.mjs";
import { hasStanding } from "./standing.mjs";
import { keepServing, loadPlace, ownOrLeave, serve, showProblems } from "./serve.mjs";

const DEFAULT_IDLE_MINUTES = 10;
const LOOK_MS = 500;
const NAMED_TABLES = ["batches", "quotes"];
const BANNER_WIDTH = 66;

/** Ends on the signals of a terminal, when the process in whose place we run is gone, and when npm was killed. */
export function endWithStarter() {
  const end = () => process.exit(0);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  process.on("disconnect", end);
  process.channel?.unref();
  const npm = npmAbove();
  if (npm !== null) setInterval(() => isAlive(npm) || end(), LOOK_MS).unref();
}

/** @param {unknown} problem @returns {never} */
export function endWithProblem(problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  return process.exit(1);
}

/** The tables of the sample by name, the others as a number. @param {{ table: string, rows: number }[]} tables @param {import("./words.mjs").Words} words */
function practiceLine(tables, words) {
  const named = NAMED_TABLES.flatMap((name) => tables.filter(({ table }) => table === name));
  const shown = named.map(({ table, rows }) => words.rows(table, rows));
  if (tables.length > named.length) shown.push(words.moreTables(tables.length - named.length));
  return shown.length === 0 ? [] : [words.practice(shown)];
}

/**
 * @param {string[]} given
 * @returns {{ once: boolean, headless: boolean, installed: boolean, since: number }} `since`: when the person pressed Enter
 */
function parseArguments(given) {
  const since = given.find((argument) => argument.startsWith("--since="))?.slice("--since=".length);
  return {
    once: given.includes("--once"),
    headless: given.includes("--headless"),
    installed: given.includes("--installed"),
    since: Number(since ?? performance.timeOrigin),
  };
}

/** @param {string[]} given */
export async function launch(given) {
  const asked = parseArguments(given);
  await (asked.headless ? launchHeadless() : launchOnTerminal(asked)).catch(endWithProblem);
}

/** @param {ReturnType<typeof parseArguments>} asked */
async function launchOnTerminal({ once, installed, since }) {
  endWithStarter();
  const place = loadPlace();
  const { words, language, settings, stateDir, port } = place;
  const owner = await ownOrLeave(place, { headless: false });
  const first = installed || !existsSync(dataDir(stateDir));
  const onLog = (/** @type {string} */ level, /** @type {string} */ message) => {
    if (level === "error" || level === "warn") console.error(message);
  };
  const { runtime, credentials, loaded, tables } = await serve(place, owner, onLog);

  const tookMs = Date.now() - since;
  const title = words.title(settings.VERSION ?? "").padEnd(BANNER_WIDTH);
  console.log(title + (first ? words.firstStart(tookMs) : words.laterStart(tookMs)));
  const ready = [
    words.installed,
    words.database,
    words.skills(loaded.skills),
    ...practiceLine(tables, words),
  ];
  console.log(ready.join("  "));
  showProblems(place, loaded.problems);
  const sample = await trySample(credentials, { words, language });
  console.log(sample.lines.join("\n"));
  if (once) return process.exit(sample.ok ? 0 : 1);

  console.log((await nextSteps(credentials, { words, port, settings })).join("\n"));
  keepServing(place, { runtime, credentials });
}

/** A server that a command started for itself: silent, and gone when nothing has used it for a while and nothing is to come. */
async function launchHeadless() {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
  const place = loadPlace();
  const owner = await ownOrLeave(place, { headless: true });
  const onLog = (/** @type {string} */ level, /** @type {string} */ message) => console.log(level, message);
  const { runtime, credentials, loaded } = await serve(place, owner, onLog);
  showProblems(place, loaded.problems);
  keepServing(place, { runtime, credentials });
  const idleMs = Number(process.env.SKILLOS_OWNER_IDLE_MINUTES || DEFAULT_IDLE_MINUTES) * 60_000;
  const endUnused = async () => {
    if (unusedMs(place.stateDir) >= idleMs && !(await hasStanding(credentials))) process.exit(0);
  };
  setInterval(() => void endUnused(), Math.min(idleMs, 10_000));
}
