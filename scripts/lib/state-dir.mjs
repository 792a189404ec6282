// The state directory holds tables, runs, files and secrets in clear: nobody else on this computer may look inside, so the
// modes of what stands in it do not matter.
import { chmodSync, mkdirSync, statSync } from "node:fs";

const OWNER_ONLY = 0o700;

/** Made, or tightened where it is this user's. @param {string} stateDir */
export function openStateDir(stateDir) {
  mkdirSync(stateDir, { recursive: true, mode: OWNER_ONLY });
  const { mode, uid } = statSync(stateDir);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(stateDir, OWNER_ONLY);
}
