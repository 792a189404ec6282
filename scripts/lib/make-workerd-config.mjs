// Run as a process of its own: has Miniflare translate what is wished (standard input) into workerd's own configuration, takes it
// from the hands of a workerd that is never started, and ends. Miniflare takes 100 MB and a third of a second: the launcher
// pays neither. The values of settings are none of this file's business: it gets placeholders.
import childProcess from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import module from "node:module";
import { devNull } from "node:os";
import { join, relative } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { root } from "./bootstrap.mjs";
import { toMiniflareOptions, toSockets } from "./runtime-wish.mjs";

/** @typedef {{ made: import("./runtime-wish.mjs").Made, marks: string[], into: string }} Order */
/** @type {Order} */
const { made, marks, into } = JSON.parse(readFileSync(0, "utf8"));
const options = toMiniflareOptions(made);
const sockets = toSockets(options.workers);
/** @type {Record<string, string>} */
let disks = {};

/** Where each placeholder stands. @param {Buffer} bytes @param {string} mark */
function findAll(bytes, mark) {
  const found = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) found.push(at);
  if (found.length === 0) throw new Error("A setting is missing in the configuration.");
  return found;
}

/**
 * Everything that the given services speak of, and what that speaks of in turn.
 * @param {{ name: string }[]} services
 * @param {string[]} names
 */
function findReached(services, names) {
  const byName = new Map(services.map((service) => [service.name, service]));
  /** @type {Set<string>} */
  const reached = new Set();
  const follow = (/** @type {unknown} */ part) => {
    if (typeof part === "string" && byName.has(part) && !reached.has(part)) {
      reached.add(part);
      follow(byName.get(part));
    } else if (typeof part === "object" && part !== null && !(part instanceof Uint8Array)) {
      Object.values(part).forEach(follow);
    }
  };
  follow(names);
  return reached;
}

/**
 * Takes out what is there for Miniflare's own entry, its mail, its public buckets and its cache, and the worker that it puts before
 * each worker's `fetch`: half of the time of a start. A plain `fetch` leads to the internet and nothing nearer: the door
 * refuses private addresses by name; this holds when a public name leads to one.
 * @param {{ services: any[], sockets: any[] }} config
 * @param {string[]} sockets those that somebody connects to
 */
function prune(config, sockets) {
  for (const { name, worker, network } of config.services) {
    // Without one of its own a worker has workerd's network of this name.
    if (worker) for (const part of ["globalOutbound", "cacheApiOutbound"]) delete worker[part];
    if (name === "internet") network.allow = ["public"];
  }
  config.sockets = config.sockets.filter(({ name }) => sockets.includes(name));
  const heads = config.sockets.map(({ service }) => service.name);
  const reached = findReached(config.services, [...heads, "internet"]);
  config.services = config.services.filter(({ name }) => reached.has(name));
}

/** The folders by name, within the data. @param {any[]} services @param {string} data */
const findDisks = (services, data) =>
  Object.fromEntries(services.flatMap(({ name, disk }) => (disk ? [[name, relative(data, disk.path)]] : [])));

/** @param {Buffer} bytes @param {string[]} args */
function save(bytes, args) {
  const about = {
    // The configuration comes through standard input, the loopback is each start's own, and the entry is taken out.
    args: args.filter((argument) => !/^--(external|socket)-addr=/.test(argument)),
    disks,
    sockets,
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
// Asked to show the configuration, Miniflare does so just before it translates it: the moment to take something out.
process.env.MINIFLARE_WORKERD_CONFIG_DEBUG = devNull;
const toJson = JSON.stringify;
JSON.stringify = (/** @type {any} */ value, /** @type {any[]} */ ...how) => {
  if (!Array.isArray(value?.services) || !Array.isArray(value?.sockets)) return toJson(value, ...how);
  prune(value, sockets);
  disks = findDisks(value.services, options.resourcePersistencePath);
  return "";
};
module.enableCompileCache(join(root, "node_modules", ".cache", "compiled"));
const { Miniflare } = await import("miniflare");
const miniflare = new Miniflare(
  /** @type {any} Miniflare's own type is a union per binding that plain objects do not narrow to. */ (
    options
  ),
);
await miniflare.ready;
