// The key that wraps the keys of everything that is kept here: made at the first start, in one file that only this user can read.
// Whoever loses it loses what was kept; whoever gives a key of their own (SKILLOS_MASTER_KEY) has no file. Whether the key at hand
// opens what is kept is known by its mark, which stands in the rows and, for commands, beside the state.
import { join } from "node:path";
import { builtins } from "./builtins.mjs";

const { existsSync, readFileSync, renameSync, rmSync, writeFileSync } = builtins.fs;

const KEY_BYTES = 32;
const MARK_LENGTH = 12;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** @param {string} stateDir */
const keyFile = (stateDir) => join(stateDir, "master.key");
/** @param {string} stateDir */
const noteFile = (stateDir) => join(stateDir, "vault.json");

/**
 * @param {Record<string, string>} settings
 * @param {string} stateDir
 * @returns {Record<string, string>}
 */
export function withMasterKey(settings, stateDir) {
  if (settings["SKILLOS_MASTER_KEY"]) return settings;
  const file = keyFile(stateDir);
  if (!existsSync(file)) {
    const made = builtins.crypto.randomBytes(KEY_BYTES).toString("base64");
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: "wx" });
  }
  return { ...settings, SKILLOS_MASTER_KEY: readFileSync(file, "utf8").trim() };
}

/** As src/storage/vault/master-keys.ts marks keys (the tests of both have the same key); null: it is no key. @param {string} text */
export function toMark(text) {
  if (!BASE64.test(text)) return null;
  const hex = Buffer.from(text, "base64").toString("hex");
  return builtins.crypto.createHash("sha256").update(`master ${hex}`).digest("hex").slice(0, MARK_LENGTH);
}

/** The newest data key of whoever sits here: with it everything goes on. */
const WRAPPED_BY = "select master from tenant_keys where tenant = ? order by version desc limit 1";

/**
 * Which master key opens what is kept here: where nothing is yet, the one in force will. Commands read the note while no server runs.
 * @param {import("./runtime.mjs").Batch} batch
 * @param {{ stateDir: string, tenant: string, mark: string | null }} of
 */
export async function noteWrapping(batch, { stateDir, tenant, mark }) {
  const [rows = []] = await batch([{ sql: WRAPPED_BY, values: [tenant] }]);
  const [newest] = rows;
  noteMark(stateDir, newest ? newest.master : mark);
}

/** @param {string} stateDir @param {string | null} mark */
export function noteMark(stateDir, mark) {
  const draft = `${noteFile(stateDir)}.new`;
  writeFileSync(draft, JSON.stringify({ wrapped_by: mark }));
  renameSync(draft, noteFile(stateDir));
}

/** @param {string} stateDir @returns {string | null} */
function loadNoted(stateDir) {
  try {
    return JSON.parse(readFileSync(noteFile(stateDir), "utf8")).wrapped_by ?? null;
  } catch {
    return null;
  }
}

/**
 * @typedef {object} VaultLook what stands at hand, and whether it opens what is kept
 * @property {"variable" | "file" | "none"} source where the key in force comes from
 * @property {string | null} mark of the key in force; null: there is none, or it is no key
 * @property {string | null} fileMark of the key in the file, in force or not
 * @property {string | null} needed the mark of the key that opens what is kept; null: nothing is kept, as far as is known
 * @property {string | null} malformed the variable, or the file, that holds what is no key
 * @property {boolean} opens
 * @property {string} file
 */

/**
 * @param {Record<string, string | undefined>} settings
 * @param {string} stateDir
 * @returns {VaultLook}
 */
export function lookAtVault(settings, stateDir) {
  const file = keyFile(stateDir);
  const inFile = existsSync(file) ? readFileSync(file, "utf8").trim() : null;
  const given = settings["SKILLOS_MASTER_KEY"] || null;
  const current = given ?? inFile;
  const mark = current === null ? null : toMark(current);
  const listed = (settings["SKILLOS_MASTER_KEYS_OLD"] ?? "").split(",").map((text) => text.trim());
  const old = listed.filter((text) => text !== "").map(toMark);
  const needed = loadNoted(stateDir);
  return {
    source: given === null ? (inFile === null ? "none" : "file") : "variable",
    mark,
    fileMark: inFile === null ? null : toMark(inFile),
    needed,
    malformed: findMalformed({ current, mark, isGiven: given !== null, old, file }),
    opens: needed === null || needed === mark || old.includes(needed),
    file,
  };
}

/** @param {{ current: string | null, mark: string | null, isGiven: boolean, old: (string | null)[], file: string }} at */
function findMalformed({ current, mark, isGiven, old, file }) {
  if (current !== null && mark === null) return isGiven ? "SKILLOS_MASTER_KEY" : file;
  return old.includes(null) ? "SKILLOS_MASTER_KEYS_OLD" : null;
}

/** @param {VaultLook} look @param {import("./words.mjs").Words} words */
export function refuseMalformed({ malformed }, words) {
  if (malformed !== null) throw new Error(words.noMasterKey(malformed).join("\n"));
}

/**
 * Nothing is started with a key that opens nothing: everything that was asked would fail, one by one.
 * @param {VaultLook} look
 * @param {{ words: import("./words.mjs").Words, isNew: boolean }} of `isNew`: the file was made just now
 */
export function refuseLocked(look, { words, isNew }) {
  if (look.opens) return;
  // It wraps nothing yet, and beside the right one it would stand in the way.
  if (isNew) rmSync(look.file, { force: true });
  throw new Error(words.lockedVault(isNew ? { ...look, source: "none", mark: null } : look).join("\n"));
}
