// npm run dev: the same data under `wrangler dev`, for those who want its inspector and its keys. It owns the state
// directory like npm start does, so the two never run at once.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { becomeModern, ensureInstalled, isModern, root, toolEnv } from "./lib/bootstrap.mjs";

const HEALTHY_WITHIN_MS = 60_000;

async function dev() {
  const { endWithProblem, endWithStarter } = await import("./lib/launch.mjs");
  const { keepServing, loadPlace, ownOrLeave, serve } = await import("./lib/serve.mjs");
  const { saveEnvFile } = await import("./lib/env-file.mjs");
  const { withMasterKey } = await import("./lib/master-key.mjs");
  const { saveOwner } = await import("./lib/owner.mjs");
  endWithStarter();
  const place = loadPlace();
  const { stateDir, settings } = place;
  const owner = await ownOrLeave(place, { headless: false });
  const prepared = await serve(place, owner, () => {}).catch(endWithProblem);
  await prepared.runtime.stop();

  const variables = ["--env-file", saveEnvFile(stateDir, withMasterKey(settings, stateDir))];
  const where = ["--local", "--ip", "127.0.0.1", "--port", String(owner.port), "--persist-to", stateDir];
  const child = spawn("wrangler", ["dev", ...where, ...variables, ...process.argv.slice(2)], {
    cwd: root,
    env: toolEnv(),
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
  if (child.pid) saveOwner(stateDir, { ...owner, group: child.pid, ready: true });
  child.on("exit", (code) => process.exit(code ?? 1));
  process.on("exit", () => child.pid && child.exitCode === null && process.kill(-child.pid, "SIGKILL"));
  await untilHealthy(owner.port);
  // wrangler does not tick; this address is its own.
  const tick = () => fetch(`http://127.0.0.1:${owner.port}/cdn-cgi/local/scheduled`, { method: "POST" });
  keepServing(place, { runtime: { tick }, credentials: prepared.credentials });
}

/** @param {number} port */
async function untilHealthy(port) {
  const { pause } = await import("./lib/processes.mjs");
  for (const end = Date.now() + HEALTHY_WITHIN_MS; Date.now() < end; await pause(100)) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.ok) return;
  }
}

ensureInstalled();
if (isModern()) await dev();
else becomeModern(fileURLToPath(import.meta.url), process.argv.slice(2));
