// Run as a process of its own: has Miniflare translate the wish (standard input) into workerd's own configuration, takes it
// from the hands of a workerd that is never started, and ends. Miniflare takes 100 MB and a third of a second: the launcher
// pays neither. The values of settings are none of this file's business: it gets placeholders.
import childProcess from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { root } from "./bootstrap.mjs";
import { toMiniflareOptions, toSockets } from "./runtime-wish.mjs";

/** @typedef {{ wish: import("./runtime-wish.mjs").Wish, marks: string[], into: string }} Order */
/** @type {Order} */
const { wish, marks, into } = JSON.parse(readFileSync(0, "utf8"));
const options = toMiniflareOptions(wish);

/** Where each placeholder stands. @param {Buffer} bytes @param {string} mark */
function findAll(bytes, mark) {
  const found = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) found.push(at);
  if (found.length === 0) throw new Error("A setting is missing in the configuration.");
  return found;
}

/** Folders that the configuration names under this one; a text in it ends with a zero byte. @param {Buffer} bytes @param {string} above */
function findFolders(bytes, above) {
  const found = new Set();
  for (let at = bytes.indexOf(above); at >= 0; at = bytes.indexOf(above, at + 1)) {
    const text = bytes.toString("utf8", at, Math.min(bytes.indexOf(0, at), at + 4096));
    if (!/[\n"'`]/.test(text)) found.add(text);
  }
  return [...found];
}

/** @param {Buffer} bytes @param {string[]} args */
function save(bytes, args) {
  const about = {
    // The configuration comes through standard input, and the loopback is each start's own.
    args: args.filter((argument) => !argument.startsWith("--external-addr=")),
    folders: [options.resourcePersistencePath, join(tmpdir(), "miniflare-")].flatMap((above) =>
      findFolders(bytes, above),
    ),
    sockets: toSockets(options.workers),
    places: marks.map((mark) => findAll(bytes, mark)),
  };
  writeFileSync(into, bytes, { mode: 0o600 });
  writeFileSync(`${into}.json`, JSON.stringify(about), { mode: 0o600 });
  process.exit(0);
}

/** What Miniflare takes for workerd. @param {string[]} args */
function toRecorder(args) {
  /** @type {Buffer[]} */
  const parts = [];
  const stdin = new Writable({
    write(part, _, done) {
      parts.push(part);
      done();
    },
    final: () => save(Buffer.concat(parts), args),
  });
  const [stdout, stderr, control] = [new PassThrough(), new PassThrough(), new PassThrough()];
  return { stdin, stdout, stderr, stdio: [stdin, stdout, stderr, control], once() {}, on() {}, kill() {} };
}

childProcess.spawn = /** @type {any} Miniflare uses of a child process what the recorder has. */ (
  (/** @type {string} */ _, /** @type {string[]} */ args) => toRecorder(args)
);
module.enableCompileCache(join(root, "node_modules", ".cache", "compiled"));
const { Miniflare } = await import("miniflare");
const miniflare = new Miniflare(
  /** @type {any} Miniflare's own type is a union per binding that plain objects do not narrow to. */ (
    options
  ),
);
await miniflare.ready;
