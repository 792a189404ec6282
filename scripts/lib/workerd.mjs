// The process of workerd: started with a configuration, started again should it crash, and gone when this process goes.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { builtins } from "./builtins.mjs";

/**
 * @typedef {import("./workerd-config.mjs").Config} Config
 * @typedef {object} Listener
 * @property {(group: number) => void} onGroup its process group, before it does anything
 * @property {(level: string, message: string) => void} onLog
 * @typedef {Record<string, number>} Ports the ports it listens on, by the name of the socket
 */

/** Miniflare's own: the two belong together. @returns {string} */
const findWorkerd = () => createRequire(import.meta.resolve("miniflare"))("workerd").default;

/** Two crashes within this are one too many: whatever is wrong will be wrong again. */
const SETTLED_AFTER_MS = 5_000;
/** Its own remarks about itself. */
const NOISE =
  /took recursive isolate lock|LLVM_SYMBOLIZER|stack:( (0|[a-f\d]{4,})){3,}|CODE_MOVED for unknown code block|sentryErrorContext =/;
const CRASH = /^\*\*\* (?:std::terminate\(\)|Fatal uncaught|Received signal|Uncaught exception)/;

/** Miniflare's simulators tell their host what they do; we listen politely. @returns {Promise<number>} the port */
function openLoopback() {
  return new Promise((ready, failed) => {
    const server = builtins.http.createServer((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(204).end();
    });
    server.once("error", failed).unref();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      ready(typeof address === "object" && address ? address.port : 0);
    });
  });
}

/** @param {string} line @returns {{ level: string, message: string }} */
function parseLog(line) {
  try {
    const { level, message } = JSON.parse(line);
    return typeof message === "string" ? { level: String(level), message } : { level: "log", message: line };
  } catch {
    return { level: CRASH.test(line) ? "error" : "log", message: line };
  }
}

/** @param {import("node:stream").Readable} stream @param {Listener["onLog"]} onLog */
function readLogs(stream, onLog) {
  createInterface(stream).on("line", (line) => {
    const { level, message } = parseLog(line);
    if (line !== "" && !NOISE.test(message)) onLog(level, message);
  });
}

/**
 * Until every socket listens.
 * @param {import("node:child_process").ChildProcess} child
 * @param {string[]} sockets
 * @returns {Promise<Ports>}
 */
function untilListening(child, sockets) {
  return new Promise((ready, failed) => {
    /** @type {Ports} */
    const ports = {};
    const control = /** @type {import("node:stream").Readable} A pipe was asked for. */ (child.stdio[3]);
    createInterface(control).on("line", (line) => {
      const { event, socket, port } = JSON.parse(line);
      if (event === "listen") ports[socket] = port;
      if (sockets.every((name) => name in ports)) ready(ports);
    });
    child.once("error", failed);
    child.once("exit", () => failed(new Error("The local runtime (workerd) did not start; see above.")));
  });
}

class Workerd {
  /** @type {Ports} */
  ports = {};
  /** @type {import("node:child_process").ChildProcess | null} */
  #child = null;
  #isWanted = true;
  #crashedAt = 0;
  #load;
  #loopback;
  #listener;

  /** @param {() => Config} load @param {number} loopback @param {Listener} listener */
  constructor(load, loopback, listener) {
    this.#load = load;
    this.#loopback = loopback;
    this.#listener = listener;
    process.on("exit", () => this.#end());
  }

  async start() {
    const { args, sockets, bytes } = this.#load();
    const { onGroup, onLog } = this.#listener;
    // In the terminal's group Ctrl+C would reach workerd first, and it would be started again as crashed.
    const child = spawn(findWorkerd(), [...args, `--external-addr=loopback=127.0.0.1:${this.#loopback}`], {
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      env: { ...process.env, TZ: "UTC", FORCE_COLOR: "0" },
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child = child;
    if (child.pid) onGroup(child.pid);
    for (const stream of [child.stdout, child.stderr]) readLogs(stream, onLog);
    child.stdin.on("error", () => {}); // It ended before it had read all: its exit says so.
    child.stdin.end(bytes);
    this.ports = await untilListening(child, sockets);
    child.once("exit", () => this.#onCrash());
  }

  #onCrash() {
    if (!this.#isWanted) return;
    const { onLog } = this.#listener;
    const isAgain = Date.now() - this.#crashedAt < SETTLED_AFTER_MS;
    this.#crashedAt = Date.now();
    onLog("error", `The local runtime (workerd) crashed${isAgain ? " again." : "; it is started again."}`);
    if (isAgain) process.exit(1);
    this.start().catch((problem) => {
      onLog("error", String(problem));
      process.exit(1);
    });
  }

  /** @returns {Promise<void>} */
  stop() {
    const child = this.#child;
    return new Promise((gone) => {
      if (child === null || child.exitCode !== null) gone();
      else child.once("exit", () => gone());
      this.#end();
    });
  }

  #end() {
    this.#isWanted = false;
    this.#child?.kill("SIGKILL");
  }
}

/**
 * @param {() => Config} load called again for every start: nothing of a configuration is held in between
 * @param {Listener} listener
 */
export async function startWorkerd(load, listener) {
  const workerd = new Workerd(load, await openLoopback(), listener);
  await workerd.start();
  return workerd;
}
