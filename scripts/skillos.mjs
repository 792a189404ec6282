#!/usr/bin/env node
// The `skillos` command. Its sources are TypeScript: they are bundled once, kept until one of them changes, and run in
// this very process, under any Node from 20 on.
import module from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { builtins } from "./lib/builtins.mjs";
import { ensureInstalled, isInstalled, isModern, root } from "./lib/bootstrap.mjs";
import { loadBroken } from "./lib/broken-files.mjs";
import { listFiles, listTables } from "./lib/list-files.mjs";
import { lookAtVault, noteMark } from "./lib/master-key.mjs";
import { DEFAULT_PORT, parsePort } from "./lib/port.mjs";

// Whoever asks what is wrong is told, and nothing is mended behind their back.
if (process.argv[2] === "doctor" && !isInstalled()) {
  const { WORDS, languageOf } = await import("./lib/words.mjs");
  const { what, found, mend } = WORDS[languageOf(process.env)].notInstalled;
  const findings = [{ what: "installation", good: false, found, mend }];
  console.log(
    process.argv.includes("--json")
      ? JSON.stringify({ healthy: false, findings }, null, 2)
      : `✗ ${what}  ${found}\n${" ".repeat(what.length + 4)}→ ${mend}`,
  );
  process.exit(1);
}
ensureInstalled();
// Node 20 has none.
module.enableCompileCache?.(join(root, "node_modules", ".cache", "compiled"));
const { loadCliBundle } = await import("./lib/cli-bundle.mjs");
const { loadEnvironment } = await import("./lib/settings.mjs");
const environment = loadEnvironment(root, process.env);
const { main } = await import(pathToFileURL(await loadCliBundle(root)).href);

process.exitCode = await main({
  argv: process.argv.slice(2),
  version: JSON.parse(builtins.fs.readFileSync(join(root, "package.json"), "utf8")).version,
  root,
  environment,
  local: {
    isModern,
    parsePort,
    loadBroken,
    lookAtVault,
    noteMark,
    listFiles,
    listTables,
    loadOwner: async (/** @type {string} */ stateDir) =>
      (await import("./lib/owner.mjs")).loadOwner(stateDir),
  },
  /** @param {{ stateDir: string, skillsDir: string }} place */
  async ensureServer({ stateDir, skillsDir }) {
    const { ensureOwner } = await import("./lib/ensure-owner.mjs");
    process.env.SKILLOS_ROOT = skillsDir;
    const { url, apiKey } = await ensureOwner({
      stateDir,
      port: parsePort(environment.PORT) ?? DEFAULT_PORT,
      root,
    });
    return { url, token: apiKey };
  },
});
