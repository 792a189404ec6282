// Which variables of this computer the Worker sees: what .env says, every SKILLOS_ variable, and the others that
// .env.example names. The process wins over the file.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** The launcher's own; the Worker has no use for them. */
const OURS = new Set(["SKILLOS_STATE_DIR", "SKILLOS_OWNER_IDLE_MINUTES"]);

/** @param {string} file @returns {Record<string, string>} */
function loadEnvFile(file) {
  return existsSync(file) ? /** @type {Record<string, string>} */ (parseEnv(readFileSync(file, "utf8"))) : {};
}

/** Names in .env.example, also of lines that are commented out. @param {string} root */
function namedVariables(root) {
  const file = join(root, ".env.example");
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? "");
}

/** @param {string} root @param {NodeJS.ProcessEnv} environment @returns {Record<string, string>} */
export function loadSettings(root, environment) {
  const named = new Set(namedVariables(root));
  const fromProcess = Object.entries(environment).filter(
    ([name, value]) => value !== undefined && (name.startsWith("SKILLOS_") || named.has(name)),
  );
  const all = { ...loadEnvFile(join(root, ".env")), ...Object.fromEntries(fromProcess) };
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const seen = Object.entries(all).filter(([name]) => !OURS.has(name));
  return { ...Object.fromEntries(seen), VERSION: version };
}
