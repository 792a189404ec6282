// Bundles the command line for this computer's Node, once per state of its sources. The freshness check looks
// only at our files that went into the last bundle.
import { join } from "node:path";
import { builtins } from "./builtins.mjs";
import { findOld } from "./old-files.mjs";

const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = builtins.fs;

const KEPT_BUNDLES = 2;

/** @param {string} path */
function stampOf(path) {
  const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 };
  return `${size}:${mtimeMs}`;
}

/** @param {string} root @param {string} record @returns {string | null} the bundle, when no file of it has changed */
function findFresh(root, record) {
  try {
    /** @type {{ entry: string, inputs: Record<string, string> }} */
    const { entry, inputs } = JSON.parse(readFileSync(record, "utf8"));
    const isFresh = Object.entries(inputs).every(([path, stamp]) => stampOf(`${root}/${path}`) === stamp);
    return isFresh && existsSync(entry) ? entry : null;
  } catch {
    return null;
  }
}

/** Modules of Node by `require`: see builtins.mjs. */
const requireOfNode = {
  name: "require-of-node",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "of-node" } : { path, external: true },
    );
    build.onLoad({ filter: /.*/, namespace: "of-node" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};

/** What a command does not use is a file of its own, and is not even read. @param {string} root @param {string} outdir */
async function build(root, outdir) {
  const esbuild = await import("esbuild");
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["src/channels/cli/main.ts"],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    // Its modules, as in the Worker: of a CommonJS package `import()` knows no names.
    alias: { yaml: join(root, "node_modules", "yaml", "browser", "index.js") },
    banner: {
      js: 'import { createRequire as toRequire } from "node:module"; const require = toRequire(import.meta.url);',
    },
    plugins: [requireOfNode],
    metafile: true,
    logLevel: "warning",
  });
  await esbuild.stop();
  const own = ["scripts/lib/cli-bundle.mjs", "package-lock.json"];
  // Packages change with the lock file.
  const sources = Object.keys(metafile.inputs).filter((path) => !/^(of-node:|node_modules\/)/.test(path));
  return Object.fromEntries([...sources, ...own].map((path) => [path, stampOf(join(root, path))]));
}

/** Older bundles go; the newest stay, for a command that still runs. @param {string} home */
function clearOld(home) {
  for (const name of findOld(home, KEPT_BUNDLES, (each) => each.startsWith("cli-")))
    rmSync(join(home, name), { force: true, recursive: true });
}

/** The file to load. @param {string} root @returns {Promise<string>} */
export async function loadCliBundle(root) {
  const home = join(root, "node_modules", ".cache", "skillos-cli");
  const record = join(home, "current.json");
  const fresh = findFresh(root, record);
  if (fresh) return fresh;
  mkdirSync(home, { recursive: true });
  const draft = join(home, `draft-${process.pid}`);
  const inputs = await build(root, draft);
  const hash = builtins.crypto.createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 12);
  const folder = join(home, `cli-${hash}`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  const entry = join(folder, "main.mjs");
  const next = `${record}.${process.pid}`;
  writeFileSync(next, JSON.stringify({ entry, inputs }));
  renameSync(next, record);
  clearOld(home);
  return entry;
}
