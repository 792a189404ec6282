// The Worker on this computer: raw Miniflare with the bindings of wrangler.toml, listening without Miniflare's entry
// worker in between (three times the requests per second). Everything it starts dies with this process.
import childProcess from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModules } from "./bundle.mjs";
import { send } from "./client.mjs";

const CRON_MS = 60_000;
/** All as in wrangler.toml, so that `wrangler dev` and `wrangler d1` see the same rows. */
const NAME = "skillos";
const COMPATIBILITY_DATE = "2026-11-01";
const DATABASE_ID = "00000000-0000-0000-0000-000000000000";
const DATABASE = { type: "d1", id: DATABASE_ID };
/** Measured: 30 MB less when idle and 80 MB less after load, at the same rate of requests. */
const WORKERD_FLAGS = "--max-semi-space-size=4";
const OBJECTS = { GUARD: "Guard", RUNNER: "Runner", STORE: "Store" };

/** Where the local data is: the folder that `wrangler dev --persist-to <stateDir>` uses. @param {string} stateDir */
export const dataDir = (stateDir) => join(stateDir, "v3");

/**
 * Starts workerd in a process group of its own and tells its number before workerd does anything. In the terminal's
 * group Ctrl+C would reach workerd first, and Miniflare would restart it as crashed.
 * @param {(group: number) => void} onGroup
 */
function startRuntimesInOwnGroup(onGroup) {
  const spawn = childProcess.spawn;
  const spawnInGroup = (/** @type {Parameters<typeof spawn>} */ ...[command, args, options]) => {
    const child = spawn(command, args, { ...options, detached: process.platform !== "win32" });
    if (child.pid) onGroup(child.pid);
    return child;
  };
  childProcess.spawn = /** @type {typeof spawn} */ (spawnInGroup);
}

/** workerd looks at the address it connects to: a public name cannot lead into this network. @param {string} part */
function network(part) {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  const extra = file && existsSync(file) ? readFileSync(file, "utf8") : "";
  const trustedCertificates =
    extra.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return { type: "network", allow: [part], tlsOptions: { trustBrowserCas: true, trustedCertificates } };
}

/** @param {Record<string, string>} settings */
function bindings(settings) {
  const text = Object.entries({ ...settings, ENVIRONMENT: "local" }).map(([name, value]) => [
    name,
    { type: "text", value },
  ]);
  const objects = Object.entries(OBJECTS).map(([name, exportName]) => [
    name,
    { type: "durable-object", worker: NAME, exportName },
  ]);
  return {
    ...Object.fromEntries([...text, ...objects]),
    PRIVATE_NETWORK: network("private"),
    DB: DATABASE,
    BLOBS: { type: "r2", name: "skillos-blobs" },
    JOBS: { type: "queue", name: "skillos-jobs" },
  };
}

/** @param {{ bundle: string, port: number, settings: Record<string, string> }} wish */
function workerOptions({ bundle, port, settings }) {
  return {
    config: {
      name: NAME,
      compatibilityDate: COMPATIBILITY_DATE,
      compatibilityFlags: ["nodejs_compat"],
      manifest: { mainModule: "worker.js", modulesRoot: bundle, modules: loadModules(bundle) },
      env: bindings(settings),
      exports: Object.fromEntries(
        Object.values(OBJECTS).map((name) => [name, { type: "durable-object", storage: "sqlite" }]),
      ),
      triggers: [
        {
          type: "queue",
          name: "skillos-jobs",
          maxBatchSize: 10,
          maxBatchTimeout: 1,
          maxRetries: 3,
          deadLetterQueue: "skillos-jobs-dlq",
        },
        { type: "queue", name: "skillos-jobs-dlq", maxBatchSize: 10, maxBatchTimeout: 5 },
      ],
    },
    dev: {
      rootPath: bundle,
      cacheAPI: false,
      unsafeDirectSockets: [{ host: "127.0.0.1", port }],
      outboundService: { type: "worker", worker: "outbound" },
    },
  };
}

/**
 * A small worker of ours beside the product's.
 * @param {string} name of `<name>.worker.js` in this folder
 * @param {{ env: Record<string, unknown>, compatibilityFlags?: string[], dev?: object }} options
 */
function besideOptions(name, { dev, ...config }) {
  const contents = readFileSync(new URL(`./${name}.worker.js`, import.meta.url), "utf8");
  const manifest = {
    mainModule: "worker.js",
    modulesRoot: import.meta.dirname,
    modules: { "worker.js": { type: "esm", contents } },
  };
  return {
    config: { name, compatibilityDate: COMPATIBILITY_DATE, manifest, ...config },
    dev: { rootPath: import.meta.dirname, cacheAPI: false, ...dev },
  };
}

/** @param {string} secret */
const keeperOptions = (secret) =>
  besideOptions("keeper", {
    env: { DB: DATABASE, MAIN: { type: "worker", worker: NAME }, SECRET: { type: "text", value: secret } },
    compatibilityFlags: ["service_binding_extra_handlers"],
    dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
  });

/**
 * @typedef {{ sql: string, values?: unknown[] }} Statement
 * @typedef {(statements: Statement[]) => Promise<any[][]>} Batch all or none; the rows of each
 */

/**
 * @param {{
 *   bundle: string, stateDir: string, port: number, settings: Record<string, string>,
 *   onGroup: (group: number) => void, onLog: (level: string, message: string) => void,
 * }} wish
 */
export async function startRuntime({ bundle, stateDir, port, settings, onGroup, onLog }) {
  startRuntimesInOwnGroup(onGroup);
  process.env.MINIFLARE_WORKERD_V8_FLAGS ??= WORKERD_FLAGS;
  const { Miniflare } = await import("miniflare");
  const secret = randomBytes(24).toString("hex");
  const miniflare = new Miniflare(
    /** @type {any} Miniflare's own type is a union per binding that plain objects do not narrow to. */ ({
      host: "127.0.0.1",
      port: 0,
      cf: false,
      logRequests: false,
      enableDevRegistry: false,
      telemetry: { enabled: false },
      resourcePersistencePath: dataDir(stateDir),
      handleStructuredLogs: (/** @type {{ level: string, message: string }} */ { level, message }) =>
        onLog(level, message),
      workers: [
        keeperOptions(secret),
        besideOptions("outbound", { env: { PUBLIC: network("public") } }),
        // The largest comes last: Miniflare copies all that it has written whenever 4 KB more are needed.
        workerOptions({ bundle, port, settings }),
      ],
    }),
  );
  await miniflare.ready;
  const keeper = await miniflare.unsafeGetDirectURL("keeper");
  const ask = async (/** @type {string} */ path, /** @type {unknown} */ content) => {
    const url = new URL(path, keeper).href;
    const body = JSON.stringify(content);
    const { status, text } = await send({ url, method: "POST", headers: { authorization: secret }, body });
    if (status !== 200) throw new Error(`The local database, ${path}: ${text}`);
    return JSON.parse(text);
  };
  return {
    /** @type {Batch} */
    batch: (statements) =>
      ask(
        "/batch",
        statements.map(({ sql, values = [] }) => ({ sql, values })),
      ),
    /** Cron: Cloudflare ticks deployed Workers; here this process does. */
    tick: () => ask("/tick", []),
    stop: () => miniflare.dispose(),
  };
}

/** @param {{ tick: () => Promise<unknown> }} runtime @param {(problem: unknown) => void} onProblem */
export function startTicking(runtime, onProblem) {
  const tick = () => void runtime.tick().catch(onProblem);
  tick();
  setTimeout(
    () => {
      tick();
      setInterval(tick, CRON_MS).unref();
    },
    CRON_MS - (Date.now() % CRON_MS),
  ).unref();
}
