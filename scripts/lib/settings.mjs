// Which variables of this computer the Worker sees: what .env says, every SKILLOS_ variable, and the others that
// .env.example names. The process wins over the file.
import { join } from "node:path";
import { builtins } from "./builtins.mjs";

const { existsSync, readFileSync } = builtins.fs;

/** The launcher's own; the Worker has no use for them. */
const OURS = new Set(["PORT", "SKILLOS_STATE_DIR", "SKILLOS_ROOT", "SKILLOS_OWNER_IDLE_MINUTES"]);
/** Practice: budgets can be tried without a model key. */
const DEFAULTS = { SKILLOS_MOCK_PRICE_USD_PER_MTOK: "1" };

/** The command runs under any Node 20; those before 20.12 cannot read .env. @param {string} file */
function loadEnvFile(file) {
  return existsSync(file) ? (builtins.util.parseEnv?.(readFileSync(file, "utf8")) ?? {}) : {};
}

/** Names in .env.example, also of lines that are commented out. @param {string} root */
function namedVariables(root) {
  const file = join(root, ".env.example");
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? "");
}

/**
 * What the process was given, and below it what .env says.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} given
 * @returns {NodeJS.ProcessEnv}
 */
export const loadEnvironment = (root, given) => ({
  ...DEFAULTS,
  // What `skillos secrets init` wrote.
  ...loadEnvFile(join(root, given.SKILLOS_ROOT ?? "skills", "secrets", ".env")),
  ...loadEnvFile(join(root, ".env")),
  ...given,
});

/** As in src/kernel/door/secret-forms.ts (settings.test.ts compares). */
export const SHORTEST_SECRET = 6;

/**
 * Names in the file of secrets whose values are too short to be hidden in what services answer: they are sent nowhere.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} given
 * @returns {string[]}
 */
export function findShortSecrets(root, given) {
  const file = loadEnvFile(join(root, given.SKILLOS_ROOT ?? "skills", "secrets", ".env"));
  return Object.entries(file).flatMap(([name, value]) => {
    const { length } = (value ?? "").trim();
    return length > 0 && length < SHORTEST_SECRET ? [name] : [];
  });
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export function loadSettings(root, environment) {
  const named = new Set([...namedVariables(root), ...Object.keys(loadEnvFile(join(root, ".env")))]);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const seen = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && !OURS.has(name) && (name.startsWith("SKILLOS_") || named.has(name))
      ? [[name, value]]
      : [],
  );
  return { ...Object.fromEntries(seen), VERSION: version };
}
