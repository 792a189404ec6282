// The key that wraps the keys of everything that is kept here: made at the first start, in one file that only this user can read.
// Whoever loses it loses what was kept; whoever gives a key of their own (SKILLOS_MASTER_KEY) has no file.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const KEY_BYTES = 32;

/**
 * @param {Record<string, string>} settings
 * @param {string} stateDir
 * @returns {Record<string, string>}
 */
export function withMasterKey(settings, stateDir) {
  if (settings["SKILLOS_MASTER_KEY"]) return settings;
  const file = join(stateDir, "master.key");
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  return { ...settings, SKILLOS_MASTER_KEY: readFileSync(file, "utf8").trim() };
}
