// One owner process per state directory: two of them on one SQLite file lose writes. The owner file says who it is
// and which process group holds its workerd, so that the next start can end what a killed owner left behind.
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { probePort } from "./free-port.mjs";
import { commandOf, isAlive, pause } from "./processes.mjs";
import { openStateDir } from "./state-dir.mjs";

/**
 * @typedef {object} Owner
 * @property {number} pid
 * @property {number | null} group the process group of its workerd, null until that has started
 * @property {number} port
 * @property {string} started
 * @property {boolean} headless started by a command for itself, not by a person
 * @property {boolean} ready it serves, with the current skills
 * @property {"variable" | "file" | "none"} [masterKey] where its master key came from
 */

const GONE_WITHIN_MS = 5_000;
const PORT_FREED_WITHIN_MS = 500;

/** @param {string} stateDir */
const ownerFile = (stateDir) => join(stateDir, "owner.json");

/** @param {string} file @returns {Owner | null} */
function parseOwner(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** @param {Owner} owner */
const isLive = (owner) => isAlive(owner.pid) && /scripts[/\\](start|dev)\.mjs/.test(commandOf(owner.pid));

/** The live owner of a state directory. @param {string} stateDir @returns {Owner | null} */
export function loadOwner(stateDir) {
  const owner = parseOwner(ownerFile(stateDir));
  return owner && isLive(owner) ? owner : null;
}

/** @param {string} stateDir @param {Owner} owner */
export function saveOwner(stateDir, owner) {
  const draft = join(stateDir, `owner.${process.pid}.json`);
  writeFileSync(draft, JSON.stringify(owner));
  renameSync(draft, ownerFile(stateDir));
}

/** The workerd that a killed owner left behind, as a process group. @param {Owner | null} owner */
const orphanOf = (owner) =>
  owner?.group && /workerd|wrangler/.test(commandOf(owner.group)) ? owner.group : null;

/** @param {Owner} owner */
async function endOrphanOf(owner) {
  const group = orphanOf(owner);
  if (group === null) return;
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    return; // It ended between the look and the kill.
  }
  for (const end = Date.now() + GONE_WITHIN_MS; orphanOf(owner) && Date.now() < end; ) await pause(5);
}

/** Tells a headless owner that it is in use: it ends when nobody has said so for a while. @param {string} stateDir */
export function touchOwner(stateDir) {
  const now = new Date();
  utimesSync(ownerFile(stateDir), now, now);
}

/** @param {string} stateDir */
export const unusedMs = (stateDir) => Date.now() - statSync(ownerFile(stateDir)).mtimeMs;

/** Asks a live owner to end and waits until it has. @param {string} stateDir @param {Owner} owner */
export async function endOwner(stateDir, owner) {
  process.kill(owner.pid, "SIGTERM");
  for (const end = Date.now() + GONE_WITHIN_MS; loadOwner(stateDir) && Date.now() < end; ) await pause(20);
}

/** Writes the file only if there is none, whole at once. @param {string} stateDir @param {Owner} owner */
function claim(stateDir, owner) {
  const draft = join(stateDir, `owner.${process.pid}.json`);
  writeFileSync(draft, JSON.stringify(owner));
  try {
    linkSync(draft, ownerFile(stateDir));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a stale file aside; of two that try, one gets it. @param {string} stateDir @param {Owner | null} stale */
async function clearStale(stateDir, stale) {
  const aside = join(stateDir, `owner.stale.${process.pid}.json`);
  try {
    renameSync(ownerFile(stateDir), aside);
  } catch {
    return; // Another starter was faster; the next look sees its file.
  }
  const moved = parseOwner(aside);
  if (moved && stale && moved.started !== stale.started) linkSync(aside, ownerFile(stateDir));
  else if (moved) await endOrphanOf(moved);
  rmSync(aside, { force: true });
}

/**
 * Takes the state directory, or answers who has it.
 * @param {string} stateDir
 * @param {{ port: number, headless: boolean }} wish
 * @returns {Promise<{ taken: Owner, endedOrphan: boolean } | { held: Owner }>}
 */
export async function takeOwnership(stateDir, { port, headless }) {
  openStateDir(stateDir);
  /** @type {Owner} */
  const mine = {
    pid: process.pid,
    group: null,
    port,
    started: new Date().toISOString(),
    headless,
    ready: false,
  };
  let endedOrphan = false;
  while (!claim(stateDir, mine)) {
    const found = parseOwner(ownerFile(stateDir));
    if (found && isLive(found)) return { held: found };
    endedOrphan ||= orphanOf(found) !== null;
    await clearStale(stateDir, found);
  }
  return { taken: mine, endedOrphan };
}

/** @param {string} stateDir */
export function releaseOwnership(stateDir) {
  if (parseOwner(ownerFile(stateDir))?.pid === process.pid) rmSync(ownerFile(stateDir), { force: true });
}

/**
 * The port when it is free, null when another program has it; 0 asks for any. A server that was just ended may hold
 * its port for a moment longer.
 * @param {number} port
 */
export async function freePort(port) {
  for (const end = Date.now() + PORT_FREED_WITHIN_MS; ; await pause(10)) {
    const free = await probePort(port);
    if (free !== null || Date.now() > end) return free;
  }
}
