// What lies in a folder.
import { join, relative, sep } from "node:path";
import { builtins } from "./builtins.mjs";

const { existsSync, readdirSync } = builtins.fs;

/** The files below it, as paths with "/" on every system. @param {string} directory @returns {string[]} */
export function listFiles(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** The tables that lie there: a file each. @param {string} directory */
export const listTables = (directory) =>
  listFiles(directory)
    .filter((path) => /^[^/]+\.csv$/.test(path))
    .map((path) => path.slice(0, -".csv".length));
