// From an unowned state directory to a Worker that answers with the current skills, and what keeps it current.
import { join, relative, resolve } from "node:path";
import { root } from "./bootstrap.mjs";
import { noteBroken } from "./broken-files.mjs";
import { loadBundle } from "./bundle.mjs";
import { describeProblem, sendAllFiles, watchFiles } from "./files.mjs";
import { lookAtVault, noteWrapping, refuseLocked, refuseMalformed, withMasterKey } from "./master-key.mjs";
import { applyMigrations } from "./migrate.mjs";
import { endOwner, freePort, releaseOwnership, saveOwner, takeOwnership } from "./owner.mjs";
import { parsePort } from "./port.mjs";
import { loadPracticeTables } from "./practice.mjs";
import { startRuntime, startTicking } from "./runtime.mjs";
import { seedLocalTenant, TENANT } from "./seed.mjs";
import { findShortSecrets, loadEnvironment, loadSettings } from "./settings.mjs";
import { languageOf, WORDS } from "./words.mjs";

/**
 * @typedef {object} Place where and how this process serves
 * @property {string} stateDir
 * @property {string} skillsDir
 * @property {number} port
 * @property {Record<string, string>} settings what the Worker sees
 * @property {"ru" | "en"} language
 * @property {import("./words.mjs").Words} words
 * @typedef {import("./owner.mjs").Owner} Owner
 * @typedef {(level: string, message: string) => void} Log
 * @typedef {import("./client.mjs").Credentials} Credentials
 */

/** The environment is wrong, or the port is busy. */
const USAGE_EXIT_CODE = 2;

/** @returns {Place} */
export function loadPlace() {
  const environment = loadEnvironment(root, process.env);
  const language = languageOf(process.env);
  const port = parsePort(environment.PORT);
  if (port === null) {
    console.error(WORDS[language].badPort(environment.PORT ?? "").join("\n"));
    return process.exit(USAGE_EXIT_CODE);
  }
  return {
    stateDir: resolve(root, environment.SKILLOS_STATE_DIR || ".skillos"),
    skillsDir: resolve(root, environment.SKILLOS_ROOT || "skills"),
    port,
    settings: loadSettings(root, environment),
    language,
    words: WORDS[language],
  };
}

/**
 * The state directory is ours when this returns; otherwise it has said why not and ended the process.
 * @param {Place} place
 * @param {{ headless: boolean }} manner
 * @returns {Promise<Owner>}
 */
export async function ownOrLeave({ stateDir, port, words }, { headless }) {
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
  const short = findShortSecrets(root, process.env);
  if (short.length > 0) console.log(words.shortSecrets(short));
  // A person asked for this port by name; a command only needs one.
  const free = (await freePort(port)) ?? (headless ? await freePort(0) : null);
  if (free === null) {
    console.error(words.portInUse(port).join("\n"));
    return process.exit(USAGE_EXIT_CODE);
  }
  return { ...answer.taken, port: free };
}

const USUAL_PORT = 8787;

/** Links in mails lead to where this server listens, unless somebody says where people reach it. @param {Record<string, string>} settings @param {number} port */
function withOwnUrl(settings, port) {
  if (port === USUAL_PORT || settings.SKILLOS_PUBLIC_URL) return settings;
  return { ...settings, SKILLOS_PUBLIC_URL: `http://localhost:${port}` };
}

/** Alarms ring as soon as it starts: with a key that opens nothing, their faults would bury what is wrong. @param {Log} onLog */
function toHeldLog(onLog) {
  /** @type {[string, string][] | null} */
  let held = [];
  return {
    /** @type {Log} */
    write: (level, message) => void (held === null ? onLog(level, message) : held.push([level, message])),
    open() {
      for (const [level, message] of held ?? []) onLog(level, message);
      held = null;
    },
  };
}

/**
 * @param {Place} place
 * @param {Owner} owner
 * @param {Log} onLog
 */
export async function serve({ stateDir, skillsDir, settings, words }, owner, onLog) {
  const bundle = await loadBundle(root);
  const known = { ...owner };
  const tell = (/** @type {Partial<Owner>} */ news) => saveOwner(stateDir, Object.assign(known, news));
  const onGroup = (/** @type {number} */ group) => tell({ group });
  const isNew = lookAtVault(settings, stateDir).source === "none";
  const own = withMasterKey(withOwnUrl(settings, owner.port), stateDir);
  refuseMalformed(lookAtVault(settings, stateDir), words);
  const log = toHeldLog(onLog);
  const wish = { bundle, stateDir, port: owner.port, settings: own };
  const runtime = await startRuntime(wish, { onGroup, onLog: log.write });
  await applyMigrations(runtime.batch, join(root, "migrations"));
  const { mark } = lookAtVault(settings, stateDir);
  await noteWrapping(runtime.batch, { stateDir, tenant: TENANT, mark });
  const vault = lookAtVault(settings, stateDir);
  refuseLocked(vault, { words, isNew });
  log.open();
  const url = `http://127.0.0.1:${owner.port}`;
  const { credentials, version } = await seedLocalTenant(runtime.batch, { stateDir, url });
  const practice = { stateDir, directory: join(skillsDir, "fixtures", "tables") };
  const [loaded, tables] = await Promise.all([
    sendAllFiles(credentials, skillsDir, { stateDir, version, bundle }),
    loadPracticeTables(credentials, practice),
  ]);
  noteBroken(stateDir, null, loaded.problems);
  tell({ ready: true, masterKey: vault.source });
  return { runtime, credentials, loaded, tables };
}

/** A terminal opens `path:line:column` on a click. @param {Place} place @param {import("./files.mjs").Problem[]} problems */
export function showProblems({ skillsDir }, problems) {
  const folder = relative(process.cwd(), skillsDir);
  for (const problem of problems) console.log(join(folder, describeProblem(problem)));
}

/**
 * Every save of a file is served, every minute is told.
 * @param {Place} place
 * @param {{ runtime?: { tick: () => Promise<unknown> }, credentials: Credentials }} served
 */
export function keepServing(place, { runtime, credentials }) {
  const { skillsDir, words } = place;
  const onProblem = (/** @type {unknown} */ problem) =>
    console.error(problem instanceof Error ? problem.message : problem);
  if (runtime) startTicking(runtime, onProblem);
  /** @param {import("./files.mjs").SkillFile[]} files @param {import("./files.mjs").Loaded} loaded */
  const onLoaded = (files, { problems }) => {
    showProblems(place, problems);
    noteBroken(
      place.stateDir,
      files.map(({ path }) => path),
      problems,
    );
    if (problems.length > 0) return;
    const told = files.map((file) =>
      "deleted" in file ? words.removed(file.path) : words.reloaded(file.path),
    );
    console.log(told.join("\n"));
  };
  watchFiles(credentials, skillsDir, { onLoaded, onProblem });
}
