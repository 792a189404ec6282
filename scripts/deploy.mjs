// npm run deploy: to Cloudflare, under the version of package.json. Every object is reset by it; README says what that does to runs.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root, toolEnv } from "./lib/bootstrap.mjs";

ensureInstalled();
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const args = ["deploy", "--env", "production", "--var", `VERSION:${version}`, ...process.argv.slice(2)];
const { status } = spawnSync("wrangler", args, { cwd: root, env: toolEnv(), stdio: "inherit" });
process.exit(status ?? 1);
