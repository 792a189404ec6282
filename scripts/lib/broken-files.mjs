// Which files of skills/ cannot be read, and since when: an earlier version answers for them. Kept beside the state, so that
// a command can say so; the Worker knows only what serves.
import { join } from "node:path";
import { builtins } from "./builtins.mjs";

const { existsSync, readFileSync, renameSync, writeFileSync } = builtins.fs;

/** @typedef {Record<string, { line: number, since: string }>} Broken */

/** @param {string} stateDir */
const listFile = (stateDir) => join(stateDir, "broken-files.json");

/** @param {string} stateDir @returns {Broken} */
export function loadBroken(stateDir) {
  try {
    return JSON.parse(readFileSync(listFile(stateDir), "utf8"));
  } catch {
    return {};
  }
}

/**
 * @param {string} stateDir
 * @param {string[] | null} looked the files that were read now; null: all of them
 * @param {{ file: string, line: number }[]} problems
 */
export function noteBroken(stateDir, looked, problems) {
  const before = loadBroken(stateDir);
  /** @type {Broken} */
  const broken = {};
  if (looked !== null)
    for (const [file, known] of Object.entries(before)) if (!looked.includes(file)) broken[file] = known;
  for (const { file, line } of problems)
    broken[file] ??= { line, since: before[file]?.since ?? new Date().toISOString() };
  if (Object.keys(broken).length === 0 && !existsSync(listFile(stateDir))) return;
  writeFileSync(`${listFile(stateDir)}.new`, JSON.stringify(broken));
  renameSync(`${listFile(stateDir)}.new`, listFile(stateDir));
}
