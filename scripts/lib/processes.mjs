// What can be known of other processes without any package: alive, its command line, its parent.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const ANCESTORS_SEARCHED = 4;

/** @param {number} ms @returns {Promise<void>} */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {number} pid @param {string} column */
const psColumn = (pid, column) =>
  execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" });

/**
 * The command line, empty for a process that has ended. Ids are reused: nothing is believed of a number alone.
 * @param {number} pid
 */
export function commandOf(pid) {
  try {
    if (process.platform !== "linux") return psColumn(pid, "command");
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    if (process.platform !== "linux") return Number(psColumn(pid, "ppid"));
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The npm that runs this script: between the two stand a shell and perhaps an older Node. @returns {number | null} */
export function npmAbove() {
  if (!process.env.npm_lifecycle_event) return null;
  let pid = process.ppid;
  for (let step = 0; step < ANCESTORS_SEARCHED && pid > 1; step += 1) {
    if (/\bnpm(-cli\.js)?\b/.test(commandOf(pid))) return pid;
    pid = parentOf(pid);
  }
  return null;
}
