// Installs what is missing and finds a Node new enough for the tools. Built-ins only: this runs before anything
// is installed, on Node 20 or newer.
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtins } from "./builtins.mjs";

const { existsSync, readFileSync, renameSync, writeFileSync } = builtins.fs;

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const modules = join(root, "node_modules");
const stampFile = join(modules, ".skillos-stamp");

/** What an installation depends on: the platform, the dependencies and the lock file, not the scripts. Whole: a hash takes longer. */
function wantedStamp() {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const wanted = [process.platform, process.arch, dependencies, devDependencies, optionalDependencies];
  return Buffer.concat([Buffer.from(JSON.stringify(wanted)), readFileSync(join(root, "package-lock.json"))]);
}

/** @param {Buffer} wanted */
function isStamped(wanted) {
  return existsSync(stampFile) && readFileSync(stampFile).equals(wanted);
}

/** @param {string[]} args */
function runNpm(args) {
  const cli = process.env.npm_execpath;
  const options = { cwd: root, stdio: /** @type {const} */ ("inherit") };
  const { spawnSync } = builtins.childProcess;
  const done = cli?.endsWith("js")
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  return done.status === 0;
}

/** A lock file written on one platform may lack the binaries of another. */
function hasPlatformBinaries() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const machine = process.arch === "x64" ? "64" : process.arch;
  return existsSync(join(modules, "@cloudflare", `workerd-${system}-${machine}`));
}

export const isInstalled = () => isStamped(wantedStamp()) && hasPlatformBinaries();

/** Installs once, and again only when the dependencies change. Answers whether it had to. */
export function ensureInstalled() {
  const wanted = wantedStamp();
  if (isStamped(wanted)) return false;
  console.log("Installing dependencies (only now, about half a minute)…");
  // Not `npm ci`: it refuses a lock file that does not list the optional binaries of every platform.
  const flags = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const installed =
    (runNpm(flags) && hasPlatformBinaries()) ||
    (runNpm([...flags, "--no-package-lock"]) && hasPlatformBinaries());
  if (!installed) {
    console.error(
      "npm install failed. Check the network (behind a TLS proxy: NODE_EXTRA_CA_CERTS) and run this again.",
    );
    process.exit(1);
  }
  // Renamed into its place: whoever looks meanwhile finds the old one or the new, and a linked copy of the folder keeps its own.
  writeFileSync(`${stampFile}.${process.pid}`, wanted);
  renameSync(`${stampFile}.${process.pid}`, stampFile);
  return true;
}

/** wrangler, vitest and miniflare need Node 22.12. */
export function isModern(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** This Node when it is new enough, otherwise the pinned copy that npm installed. */
export function modernNode() {
  if (isModern()) return process.execPath;
  const system = process.platform === "win32" ? "win" : process.platform;
  const binary = join(
    modules,
    `node-${system}-${process.arch}`,
    "bin",
    system === "win" ? "node.exe" : "node",
  );
  if (existsSync(binary)) return binary;
  console.error(
    `Node 22.12 or newer is needed on ${process.platform}-${process.arch}; this is ${process.version}.`,
  );
  return process.exit(1);
}

/** The environment of a tool: our Node and our tools first, nothing phoned home. */
export function toolEnv() {
  return {
    ...process.env,
    PATH: [dirname(modernNode()), join(modules, ".bin"), process.env.PATH].join(delimiter),
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
}

/**
 * Runs a script under the modern Node in our place: signals go to it, its exit code is ours, and it ends when we do
 * (it sees its IPC channel close, even when we are killed outright).
 * @param {string} script
 * @param {string[]} args
 */
export function becomeModern(script, args) {
  const child = builtins.childProcess.spawn(modernNode(), [script, ...args], {
    cwd: root,
    env: toolEnv(),
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code) => process.exit(code ?? 1));
}
