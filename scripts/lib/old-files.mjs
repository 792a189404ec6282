// Folders that keep what was made last: a branch switched back and forth finds its own, a process that still runs its file.
import { join } from "node:path";
import { builtins } from "./builtins.mjs";

const { readdirSync, statSync } = builtins.fs;

/** All of ours but the newest: names in the folder. @param {string} folder @param {number} kept @param {(name: string) => boolean} isOurs */
export function findOld(folder, kept, isOurs = () => true) {
  return readdirSync(folder)
    .filter(isOurs)
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
    .slice(kept)
    .map(({ name }) => name);
}
