// For commands: the running server of a state directory, or one started now in the background. It ends by itself when
// no command has used it for ten minutes.
import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { modernNode, toolEnv } from "./bootstrap.mjs";
import { loadOwner, touchOwner } from "./owner.mjs";
import { pause } from "./processes.mjs";
import { loadCredentials } from "./seed.mjs";
import { openStateDir } from "./state-dir.mjs";

const READY_WITHIN_MS = 30_000;
const POLL_MS = 10;

/** @param {{ stateDir: string, port: number, root: string }} place */
function startHeadless({ stateDir, port, root }) {
  openStateDir(stateDir);
  const log = openSync(join(stateDir, "server.log"), "w");
  const child = spawn(modernNode(), [join(root, "scripts", "start.mjs"), "--headless"], {
    cwd: root,
    env: { ...toolEnv(), PORT: String(port), SKILLOS_STATE_DIR: stateDir },
    detached: true,
    stdio: ["ignore", log, log],
  });
  child.unref();
  return child;
}

/**
 * @param {{ stateDir: string, port: number, root: string }} place `stateDir` absolute; `port` is a wish
 * @returns {Promise<{ url: string, apiKey: string }>}
 */
export async function ensureOwner({ stateDir, port, root }) {
  const child = loadOwner(stateDir) ? null : startHeadless({ stateDir, port, root });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const owner = loadOwner(stateDir);
    const credentials = owner?.ready ? loadCredentials(stateDir) : null;
    if (credentials) {
      touchOwner(stateDir);
      return { url: credentials.url, apiKey: credentials.api_key };
    }
    // Exit code 0: another command was faster, and its server is the one to wait for.
    if (child?.exitCode) break;
    await pause(POLL_MS);
  }
  throw new Error(
    `SkillOS did not start.\n${readFileSync(join(stateDir, "server.log"), "utf8").slice(-2000)}`,
  );
}
