// npm run deploy: a deploy resets every object, so runs are let finish first. SKILLOS_URL and SKILLOS_API_KEY (an
// admin's) name the deployment to drain; without them, as for the first deploy, nothing is drained.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root, toolEnv } from "./lib/bootstrap.mjs";
import { pause } from "./lib/processes.mjs";

const DRAIN_WITHIN_MS = 30_000;
const { SKILLOS_URL: url, SKILLOS_API_KEY: key } = process.env;

/** @param {string} path @returns {Promise<any>} */
async function ask(path) {
  const answer = await fetch(url + path, { method: "POST", headers: { authorization: `Bearer ${key}` } });
  // A deployment from before these operations has nothing to pause.
  if (answer.status === 404) return { running: 0 };
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** New runs are stored and wait; those under way have half a minute, and resume from their journal if it is too short. */
async function drain() {
  for (const end = Date.now() + DRAIN_WITHIN_MS; Date.now() < end; await pause(1000)) {
    const { running } = await ask("/system/pause");
    if (running === 0) return;
    console.log(`Waiting for ${running} runs…`);
  }
}

ensureInstalled();
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
if (url && key) await drain();
const args = ["deploy", "--env", "production", "--var", `VERSION:${version}`, ...process.argv.slice(2)];
const { status } = spawnSync("wrangler", args, { cwd: root, env: toolEnv(), stdio: "inherit" });
if (url && key) await ask("/system/resume");
process.exit(status ?? 1);
