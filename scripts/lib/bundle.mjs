// Bundles the Worker as workerd wants it, once per state of the sources, whatever the state directory: the bundle is kept
// until a file changes.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findOld } from "./old-files.mjs";

const SOURCES = ["src", "durable-objects", "package-lock.json", "tsconfig.json"];
const KEPT_BUNDLES = 4;

/** @param {string} path @returns {Iterable<string>} */
function* sourceFiles(path) {
  if (statSync(path).isFile()) return yield path;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(child);
    else if (!entry.name.endsWith(".test.ts")) yield child;
  }
}

/** Size and time of every source and of this file: cheap to read, different after any save. @param {string} root */
function keyOf(root) {
  const hash = createHash("sha256");
  const paths = SOURCES.map((name) => join(root, name)).filter((path) => existsSync(path));
  for (const path of [
    ...paths.flatMap((source) => [...sourceFiles(source)]),
    fileURLToPath(import.meta.url),
  ].sort()) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}:${size}:${mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Bare Node module names mean workerd's own `node:` modules; a `require` of one needs a CommonJS shell. */
const nodeModulesOfWorkerd = {
  name: "node-modules-of-workerd",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    const filter = new RegExp(
      `^(node:)?(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`,
    );
    build.onResolve({ filter }, ({ path, kind }) => {
      const named = path.startsWith("node:") ? path : `node:${path}`;
      return kind === "require-call"
        ? { path: named, namespace: "required" }
        : { path: named, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `import whole from ${JSON.stringify(path)};\nmodule.exports = whole;`,
      loader: "js",
    }));
  },
};

/** zod's messages in fifty languages: a tenth of the bundle, and made at every start. Ours come from refusals. */
const oneLanguageOfZod = {
  name: "one-language-of-zod",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};

/**
 * esbuild leaves letters beyond ASCII in regular expressions: a hundred of them make V8 read the whole bundle in two bytes a letter,
 * a twentieth of the CPU of a start.
 * @param {string} code
 */
const toAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** `worker.js` and what it imports. @param {string} entry @param {string} outdir */
export async function bundle(entry, outdir) {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    entryPoints: { worker: entry },
    outdir,
    bundle: true,
    // A quarter less to copy and parse at every start; names stay readable in a stack.
    minifyWhitespace: true,
    minifySyntax: true,
    format: "esm",
    target: "es2024",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    external: ["cloudflare:*"],
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".wasm": "copy", ".bin": "copy", ".txt": "text", ".html": "text", ".sql": "text" },
    plugins: [nodeModulesOfWorkerd, oneLanguageOfZod],
    write: false,
    logLevel: "warning",
  });
  await esbuild.stop();
  for (const { path, text, contents } of outputFiles)
    writeFileSync(path, path.endsWith(".js") ? toAscii(text) : contents);
}

/** Those go that were not started for longest (a branch switched back and forth finds its own). @param {string} builds */
function clearOld(builds) {
  for (const name of findOld(builds, KEPT_BUNDLES))
    rmSync(join(builds, name), { recursive: true, force: true });
}

/** Of two that build at once the second finds the folder of the first. @param {string} draft @param {string} wanted */
function keep(draft, wanted) {
  try {
    renameSync(draft, wanted);
  } catch (problem) {
    if (!existsSync(join(wanted, "worker.js"))) throw problem;
  }
}

/**
 * The directory that holds `worker.js` and what it imports.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function loadBundle(root) {
  const builds = join(root, "node_modules", ".cache", "skillos-worker");
  const wanted = join(builds, keyOf(root));
  if (existsSync(join(wanted, "worker.js"))) {
    const now = new Date();
    utimesSync(wanted, now, now);
    return wanted;
  }
  const draft = `${wanted}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await bundle(join(root, "src", "worker.ts"), draft).catch((problem) => {
      // esbuild has shown each error with its line.
      throw new Error("The Worker does not build.", { cause: problem });
    });
    keep(draft, wanted);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  clearOld(builds);
  return wanted;
}

/** The modules of a bundle as Miniflare takes them. @param {string} directory */
export function loadModules(directory) {
  const types = /** @type {const} */ ({ js: "esm", wasm: "wasm", bin: "data" });
  /** @type {Record<string, { type: "esm" | "wasm" | "data", contents: string | Uint8Array<ArrayBuffer> }>} */
  const found = {};
  for (const name of readdirSync(directory)) {
    const type = types[/** @type {keyof typeof types} */ (name.split(".").at(-1))];
    if (!type) continue;
    const bytes = readFileSync(join(directory, name));
    found[name] = { type, contents: type === "esm" ? bytes.toString("utf8") : new Uint8Array(bytes) };
  }
  return found;
}
