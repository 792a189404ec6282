// npm run deploy: to Cloudflare, under the version of package.json. Every object is reset by it, so what runs there is let end first.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root, toolEnv } from "./lib/bootstrap.mjs";
import { deployOnceIdle, toOperatorCall, toWords } from "./lib/once-idle.mjs";

const NO_WAIT = "--no-wait";
const given = process.argv.slice(2);

/** @returns {Promise<number>} */
function deploy() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const passed = given.filter((argument) => argument !== NO_WAIT);
  const args = ["deploy", "--env", "production", "--var", `VERSION:${version}`, ...passed];
  return new Promise((ended) => {
    const child = spawn("wrangler", args, { cwd: root, env: toolEnv(), stdio: "inherit" });
    // Whoever breaks it off breaks off the deploy: what was paused is resumed all the same.
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
      process.on(signal, () => child.kill(signal));
    child.on("error", (error) => {
      console.error(toWords(error));
      ended(1);
    });
    child.on("exit", (status) => ended(status ?? 1));
  });
}

ensureInstalled();
const { SKILLOS_URL: url = "", SKILLOS_API_KEY: key = "" } = process.env;
const isDry = given.includes("--dry-run");
const canWait = url !== "" && key !== "";
if (!canWait && !isDry && !given.includes(NO_WAIT))
  console.log(
    "Runs under way are not waited for: SKILLOS_URL and SKILLOS_API_KEY (the operator's) do not say where they are.",
  );
process.exitCode =
  canWait && !isDry && !given.includes(NO_WAIT)
    ? await deployOnceIdle({
        call: toOperatorCall(url, key),
        deploy,
        say: console.log,
        sleep: (ms) => new Promise((over) => setTimeout(over, ms)),
        now: Date.now,
      }).catch((error) => {
        console.error(toWords(error));
        return 1;
      })
    : await deploy();
