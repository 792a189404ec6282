// Hands the files of skills/ to the Worker, which has no disk: all of them at the start, then what changes.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, statSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { call } from "./client.mjs";
import { listFiles } from "./list-files.mjs";
import { dataDir } from "./runtime-wish.mjs";

/**
 * @typedef {{ path: string, text: string } | { path: string, deleted: true }} SkillFile
 * @typedef {{ file: string, line: number, column: number, rule: string, message: string, fix: string }} Problem
 * @typedef {{ skills: number, version: number, problems: Problem[] }} Loaded
 */

/** One save is several events, within a few milliseconds. */
const DEBOUNCE_MS = 25;
const FILE_LIMIT_BYTES = 1024 * 1024;
/** What people write. Secrets and run-time folders never leave the disk. */
const TEXT = /\.(ya?ml|json|txt|csv|xml|html|md)$/;
const NOT_OURS = /^(secrets|runtime|attachments)\/|(^|\/)\./;

/** @param {string} path */
const isSkillFile = (path) => TEXT.test(path) && !NOT_OURS.test(path);

/** @param {string} directory @param {string} path @returns {SkillFile | null} */
function loadFile(directory, path) {
  const full = join(directory, path);
  if (!existsSync(full)) return { path, deleted: true };
  const { size } = statSync(full);
  return size > FILE_LIMIT_BYTES ? null : { path, text: readFileSync(full, "utf8") };
}

/** @param {string} directory */
const listPaths = (directory) => listFiles(directory).filter(isSkillFile);

/** @param {string} directory @returns {SkillFile[]} */
const loadFiles = (directory) => listPaths(directory).flatMap((path) => loadFile(directory, path) ?? []);

/**
 * @param {import("./client.mjs").Credentials} credentials
 * @param {SkillFile[]} files
 * @param {boolean} complete are these all files, so that a skill without its file goes?
 * @returns {Promise<Loaded>}
 */
async function sendFiles(credentials, files, complete) {
  const { status, body } = await call(credentials, "POST /registry/files", { json: { files, complete } });
  if (status !== 200)
    throw new Error(`The skills were not taken: ${status} ${body.detail ?? body.title ?? body}`);
  return body;
}

/** @param {Problem} problem */
export const describeProblem = ({ file, line, column, rule, message, fix }) =>
  `${file}:${line}:${column} ${rule}: ${message} ${fix}`;

/**
 * @typedef {object} Taken what the data holds, as far as is known
 * @property {string} stateDir
 * @property {number} version of the registry now: whoever changes it, it grows
 * @property {string} bundle another Worker may judge the same files otherwise
 */

/**
 * Every file of the folder is served when this returns. They are not sent when the very same ones were taken without a
 * problem by the same Worker and nothing has changed since.
 * @param {import("./client.mjs").Credentials} credentials
 * @param {string} directory
 * @param {Taken} taken
 */
export async function sendAllFiles(credentials, directory, { stateDir, version, bundle }) {
  const files = loadFiles(directory);
  const stamp = createHash("sha256")
    .update(JSON.stringify([bundle, files]))
    .digest("hex");
  const record = join(dataDir(stateDir), "skill-files.json");
  const last = loadRecord(record);
  if (last?.stamp === stamp && last.loaded.version === version) return last.loaded;
  const loaded = await sendFiles(credentials, files, true);
  if (loaded.problems.length === 0) saveRecord(record, { stamp, loaded });
  return loaded;
}

/** @param {string} file @returns {{ stamp: string, loaded: Loaded } | null} */
function loadRecord(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** @param {string} file @param {{ stamp: string, loaded: Loaded }} record */
function saveRecord(file, record) {
  writeFileSync(`${file}.new`, JSON.stringify(record));
  renameSync(`${file}.new`, file);
}

/** What each file looks like from outside: an editor that saves by renaming changes the inode. @param {string} directory */
const takeStock = (directory) =>
  new Map(
    listPaths(directory).map((path) => {
      const { mtimeMs, size, ino } = statSync(join(directory, path), { throwIfNoEntry: false }) ?? {};
      return [path, `${mtimeMs}:${size}:${ino}`];
    }),
  );

/** @param {string} directory */
const listFolders = (directory) => [
  directory,
  ...readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name)),
];

/**
 * Sends what is saved, added or removed until the process ends. Folders are watched, not files: a file that is saved by
 * renaming is another file. An event only says that something happened; what did is seen by comparing.
 * @param {import("./client.mjs").Credentials} credentials
 * @param {string} directory
 * @param {{ onLoaded: (files: SkillFile[], loaded: Loaded) => void, onProblem: (problem: unknown) => void }} listener
 */
export function watchFiles(credentials, directory, { onLoaded, onProblem }) {
  if (!existsSync(directory)) return;
  let known = takeStock(directory);
  /** @type {Set<string>} */
  const watched = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const send = async () => {
    watchFolders();
    const now = takeStock(directory);
    const changed = [...new Set([...known.keys(), ...now.keys()])].filter(
      (path) => known.get(path) !== now.get(path),
    );
    known = now;
    if (changed.length === 0) return;
    const files = changed.sort().flatMap((path) => loadFile(directory, path) ?? []);
    onLoaded(files, await sendFiles(credentials, files, false));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void send().catch(onProblem), DEBOUNCE_MS);
  };
  const watchFolders = () => {
    for (const folder of listFolders(directory).filter((one) => !watched.has(one))) {
      watched.add(folder);
      const watcher = watch(folder, soon).unref();
      // A folder that is removed takes its watcher along.
      watcher.on("error", () => watched.delete(folder));
    }
  };
  watchFolders();
}
