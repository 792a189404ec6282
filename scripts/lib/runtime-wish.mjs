// What the local runtime is to be, in Miniflare's words: the bindings of wrangler.toml, listening without Miniflare's entry
// worker in between (three times the requests per second).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModules } from "./bundle.mjs";

/** All as in wrangler.toml, so that `wrangler dev` and `wrangler d1` see the same rows. */
const NAME = "skillos";
export const COMPATIBILITY_DATE = "2026-11-01";
const DATABASE_ID = "00000000-0000-0000-0000-000000000000";
const DATABASE = { type: "d1", id: DATABASE_ID };
const OBJECTS = { GUARD: "Guard", RUNNER: "Runner", STORE: "Store" };

/** Where the local data is: the folder that `wrangler dev --persist-to <stateDir>` uses. @param {string} stateDir */
export const dataDir = (stateDir) => join(stateDir, "v3");

/** This computer and what is near it: a binding of its own, which no plain `fetch` reaches. */
function privateNetwork() {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  const extra = file && existsSync(file) ? readFileSync(file, "utf8") : "";
  const trustedCertificates =
    extra.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return { type: "network", allow: ["private"], tlsOptions: { trustBrowserCas: true, trustedCertificates } };
}

/** One process here, on one thread: a second runner would only halve the runs that share a commit. */
const DEFAULTS = { SKILLOS_SHARDS: "1" };

/** Beside the data: a file a mail. */
const MAIL_FOLDER = "mail";

/** @param {Made} made */
function bindings({ bundle, settings }) {
  const text = Object.entries({ ...DEFAULTS, ...settings, ENVIRONMENT: "local" }).map(([name, value]) => [
    name,
    { type: "text", value },
  ]);
  const objects = Object.entries(OBJECTS).map(([name, exportName]) => [
    name,
    { type: "durable-object", worker: NAME, exportName },
  ]);
  return {
    ...Object.fromEntries([...text, ...objects]),
    PRIVATE_NETWORK: privateNetwork(),
    MAIL: { type: "disk", path: join(bundle, MAIL_FOLDER), writable: true },
    DB: DATABASE,
    BLOBS: { type: "r2", name: "skillos-blobs" },
    JOBS: { type: "queue", name: "skillos-jobs" },
  };
}

/** @param {Made} made */
function workerOptions({ bundle, settings, secret }) {
  return {
    config: {
      name: NAME,
      compatibilityDate: COMPATIBILITY_DATE,
      compatibilityFlags: ["nodejs_compat", "no_nodejs_global_timers"],
      manifest: { mainModule: "worker.js", modulesRoot: bundle, modules: loadModules(bundle) },
      env: bindings({ bundle, settings, secret }),
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
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
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
 * @typedef {object} Made what a configuration is made from: one serves every state directory and every port
 * @property {string} bundle the folder of worker.js
 * @property {Record<string, string>} settings what the Worker sees
 * @property {string} secret of the keeper
 * @typedef {Made & { stateDir: string, port: number }} Wish
 */

/** How Miniflare calls what our workers listen on. @param {{ dev: object }[]} workers */
export const toSockets = (workers) =>
  workers.flatMap(({ dev }, number) => ("unsafeDirectSockets" in dev ? [`direct:${number}:default`] : []));

/** @param {Made} made */
export function toMiniflareOptions(made) {
  return {
    host: "127.0.0.1",
    port: 0,
    cf: false,
    logRequests: false,
    enableDevRegistry: false,
    telemetry: { enabled: false },
    resourcePersistencePath: dataDir(made.bundle),
    workers: [
      keeperOptions(made.secret),
      // The largest comes last: Miniflare copies all that it has written whenever 4 KB more are needed.
      workerOptions(made),
    ],
  };
}
