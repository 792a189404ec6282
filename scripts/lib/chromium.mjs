// A browser for the journeys of the page. Where none is installed and this user may install one (root with apt), it is
// installed; elsewhere the caller is told, so that a skipped test is never a silent one.
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);
const INSTALL_WITHIN_MS = 240_000;

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** No network of its own beyond the page: no updates, no reports. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The small /dev/shm of containers ends a renderer in the middle of a page.
  "--disable-dev-shm-usage",
];

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | null} */
export function findChromium() {
  const named = process.env.SKILLOS_CHROMIUM;
  return (named ? [named] : KNOWN).find(isProgram) ?? null;
}

/** @returns {Promise<{ path: string } | { missing: string }>} */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null) return { path: found };
  if (process.getuid?.() !== 0 || !isProgram("/usr/bin/apt-get")) {
    return { missing: "no Chromium here; install one, or name it in SKILLOS_CHROMIUM" };
  }
  const how = { timeout: INSTALL_WITHIN_MS, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  try {
    await run("apt-get", ["update", "-qq"], how);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], how);
  } catch (error) {
    return {
      missing: `apt-get could not install Chromium: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
    };
  }
  const installed = findChromium();
  return installed === null
    ? { missing: "apt-get installed no Chromium that is found" }
    : { path: installed };
}
