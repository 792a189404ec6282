// Hands the files of skills/ to the Worker, which has no disk: all of them at the start, then what changes.
import { existsSync, readdirSync, readFileSync, statSync, watch } from "node:fs";
import { join, sep } from "node:path";
import { call } from "./client.mjs";

/**
 * @typedef {{ path: string, text: string } | { path: string, deleted: true }} SkillFile
 * @typedef {{ file: string, line: number, column: number, rule: string, mend: string }} Problem
 * @typedef {{ skills: number, version: number, problems: Problem[] }} Loaded
 */

const DEBOUNCE_MS = 100;
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

/** @param {string} directory @returns {SkillFile[]} */
function loadFiles(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .split(sep)
        .join("/"),
    )
    .filter(isSkillFile)
    .sort()
    .flatMap((path) => loadFile(directory, path) ?? []);
}

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

/** @param {import("./client.mjs").Credentials} credentials @param {string} directory */
export const sendAllFiles = (credentials, directory) => sendFiles(credentials, loadFiles(directory), true);

/** @param {Problem} problem */
export const describeProblem = ({ file, line, column, rule, mend }) =>
  `${file}:${line}:${column} ${rule.replace(/\.$/, "")}. ${mend}`;

/**
 * Sends what is saved, added or removed until the process ends.
 * @param {import("./client.mjs").Credentials} credentials
 * @param {string} directory
 * @param {{ onLoaded: (files: SkillFile[], loaded: Loaded) => void, onProblem: (problem: unknown) => void }} listener
 */
export function watchFiles(credentials, directory, { onLoaded, onProblem }) {
  if (!existsSync(directory)) return;
  /** @type {Set<string>} */
  const changed = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const send = async () => {
    const files = [...changed].sort().flatMap((path) => loadFile(directory, path) ?? []);
    changed.clear();
    onLoaded(files, await sendFiles(credentials, files, false));
  };
  watch(directory, { recursive: true }, (_event, name) => {
    const path = name?.split(sep).join("/") ?? "";
    if (!isSkillFile(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => void send().catch(onProblem), DEBOUNCE_MS);
  }).unref();
}
