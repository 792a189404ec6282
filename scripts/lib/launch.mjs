// The order of a start: own the state, bundle, run, migrate, seed, load files, try one request, keep serving.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./bootstrap.mjs";
import { loadBundle } from "./bundle.mjs";
import { describeProblem, sendAllFiles, watchFiles } from "./files.mjs";
import { applyMigrations } from "./migrate.mjs";
import { endOwner, freePort, releaseOwnership, saveOwner, takeOwnership, unusedMs } from "./owner.mjs";
import { isAlive, npmAbove } from "./processes.mjs";
import { loadPracticeTables } from "./practice.mjs";
import { dataDir, startRuntime, startTicking } from "./runtime.mjs";
import { nextSteps, trySample } from "./sample.mjs";
import { seedLocalTenant } from "./seed.mjs";
import { loadSettings } from "./settings.mjs";
import { languageOf, WORDS } from "./words.mjs";

const PORT_IN_USE_EXIT_CODE = 2;
const DEFAULT_PORT = 8787;
const DEFAULT_IDLE_MINUTES = 10;
const WATCH_NPM_MS = 500;
const TABLES_SHOWN = 3;
const BANNER_WIDTH = 66;

export const skillsDir = join(root, "skills");

/** @param {NodeJS.ProcessEnv} environment */
export function placesOf(environment) {
  return {
    stateDir: resolve(root, environment.SKILLOS_STATE_DIR || ".skillos"),
    port: Number(environment.PORT || DEFAULT_PORT),
  };
}

/**
 * The state directory is ours when this returns; otherwise it has said why not and ended the process.
 * @param {{ stateDir: string, port: number, headless: boolean, words: import("./words.mjs").Words }} wish
 */
export async function ownOrLeave({ stateDir, port, headless, words }) {
  let answer = await takeOwnership(stateDir, { port, headless });
  if ("held" in answer && answer.held.headless && !headless) {
    await endOwner(stateDir, answer.held);
    answer = await takeOwnership(stateDir, { port, headless });
  }
  if ("held" in answer) {
    console.log(words.alreadyRuns(`http://localhost:${answer.held.port}`, answer.held.pid));
    return process.exit(0);
  }
  process.on("exit", () => releaseOwnership(stateDir));
  if (answer.endedOrphan) console.log(words.endedOrphan);
  // A person asked for this port by name; a command only needs one.
  const free = (await freePort(port)) ?? (headless ? await freePort(0) : null);
  if (free === null) {
    console.error(words.portInUse(port).join("\n"));
    return process.exit(PORT_IN_USE_EXIT_CODE);
  }
  return { ...answer.taken, port: free };
}

/** Ends on the signals of a terminal, when the process in whose place we run is gone, and when npm was killed. */
export function endWithStarter() {
  const end = () => process.exit(0);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  process.on("disconnect", end);
  process.channel?.unref();
  const npm = npmAbove();
  if (npm !== null) setInterval(() => isAlive(npm) || end(), WATCH_NPM_MS).unref();
}

/**
 * Everything up to a Worker that answers with the current skills.
 * @param {{
 *   owner: import("./owner.mjs").Owner, stateDir: string, settings: Record<string, string>,
 *   onLog: (level: string, message: string) => void,
 * }} start
 */
export async function serve({ owner, stateDir, settings, onLog }) {
  const bundle = await loadBundle({ root, stateDir });
  const known = { ...owner };
  const tell = (/** @type {Partial<typeof owner>} */ news) => saveOwner(stateDir, Object.assign(known, news));
  const onGroup = (/** @type {number} */ group) => tell({ group });
  const runtime = await startRuntime({ bundle, stateDir, port: owner.port, settings, onGroup, onLog });
  await applyMigrations(runtime.batch, join(root, "migrations"));
  const credentials = await seedLocalTenant(runtime.batch, {
    stateDir,
    url: `http://127.0.0.1:${owner.port}`,
  });
  const practice = { stateDir, directory: join(skillsDir, "fixtures", "tables") };
  const [loaded, tables] = await Promise.all([
    sendAllFiles(credentials, skillsDir),
    loadPracticeTables(credentials, practice),
  ]);
  tell({ ready: true });
  return { runtime, credentials, loaded, tables };
}

/** @param {{ table: string, rows: number }[]} tables @param {import("./words.mjs").Words} words */
function practiceLine(tables, words) {
  const shown = tables.slice(0, TABLES_SHOWN).map(({ table, rows }) => words.rows(table, rows));
  if (tables.length > TABLES_SHOWN) shown.push(words.moreTables(tables.length - TABLES_SHOWN));
  return shown.length === 0 ? [] : [words.practice(shown)];
}

/** @param {string[]} given @param {string} name */
const optionOf = (given, name) =>
  given.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1);

/** npm start. @param {string[]} given */
export async function launchFromTerminal(given) {
  if (given.includes("--headless")) return launchHeadless();
  endWithStarter();
  const language = languageOf(process.env);
  const words = WORDS[language];
  const { stateDir, port } = placesOf(process.env);
  const owner = await ownOrLeave({ stateDir, port, headless: false, words });
  const first = given.includes("--installed") || !existsSync(dataDir(stateDir));
  const settings = loadSettings(root, process.env);
  const onLog = (/** @type {string} */ level, /** @type {string} */ message) => {
    if (level === "error" || level === "warn") console.error(message);
  };
  const { runtime, credentials, loaded, tables } = await serve({ owner, stateDir, settings, onLog });
  const sinceMs = Date.now() - Number(optionOf(given, "--since") ?? performance.timeOrigin);

  const title = words.title(settings.VERSION ?? "").padEnd(BANNER_WIDTH);
  console.log(`${title}${first ? words.firstStart(sinceMs) : words.laterStart(sinceMs)}`);
  console.log(
    [words.installed, words.database, words.skills(loaded.skills), ...practiceLine(tables, words)].join("  "),
  );
  for (const problem of loaded.problems) console.log(describeProblem(problem));
  const sample = await trySample(credentials, { words, language });
  console.log(sample.lines.join("\n"));
  if (given.includes("--once")) return process.exit(sample.ok ? 0 : 1);

  console.log((await nextSteps(credentials, { words, port, settings })).join("\n"));
  keepServing({ runtime, credentials, words });
}

/** @param {{ runtime: { tick: () => Promise<unknown> }, credentials: import("./seed.mjs").Credentials, words: import("./words.mjs").Words }} served */
export function keepServing({ runtime, credentials, words }) {
  startTicking(runtime, (problem) => console.error(problem));
  /** @param {import("./files.mjs").SkillFile[]} files @param {import("./files.mjs").Loaded} loaded */
  const onLoaded = (files, { problems }) => {
    for (const problem of problems) console.log(describeProblem(problem));
    if (problems.length > 0) return;
    for (const file of files)
      console.log("deleted" in file ? words.removed(file.path) : words.reloaded(file.path));
  };
  watchFiles(credentials, skillsDir, { onLoaded, onProblem: (problem) => console.error(problem) });
}

/** A server that a command started for itself: silent, and gone when nothing has used it for a while. */
async function launchHeadless() {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
  const words = WORDS[languageOf(process.env)];
  const { stateDir, port } = placesOf(process.env);
  const owner = await ownOrLeave({ stateDir, port, headless: true, words });
  const settings = loadSettings(root, process.env);
  const onLog = (/** @type {string} */ level, /** @type {string} */ message) =>
    console.log(`${level} ${message}`);
  const { runtime, credentials, loaded } = await serve({ owner, stateDir, settings, onLog });
  for (const problem of loaded.problems) console.log(describeProblem(problem));
  keepServing({ runtime, credentials, words });
  const idleMs = Number(process.env.SKILLOS_OWNER_IDLE_MINUTES || DEFAULT_IDLE_MINUTES) * 60_000;
  setInterval(() => unusedMs(stateDir) < idleMs || process.exit(0), Math.min(idleMs, 10_000));
}
