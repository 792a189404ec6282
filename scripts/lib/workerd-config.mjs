// workerd's own configuration, kept beside the bundle until something that it was made from changes. The values of settings
// (keys among them) never reach the disk: in the kept bytes a placeholder of the same length stands for each.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findOld } from "./old-files.mjs";
import { dataDir } from "./runtime-wish.mjs";

/**
 * @typedef {import("./runtime-wish.mjs").Made} Made
 * @typedef {import("./runtime-wish.mjs").Wish} Wish
 * @typedef {object} About
 * @property {string[]} args
 * @property {Record<string, string>} disks name in the configuration to folder in the data
 * @property {string[]} sockets the last is the product's
 * @property {number[][]} places where the value of each mark stands
 * @typedef {{ args: string[], sockets: string[], bytes: Buffer }} Config
 */

const KEPT = 8;
/** Of no kind that a module has: one beside the bundle would be taken for a part of the Worker. */
const ENDING = ".capnp";
/** A shorter value stands in the configuration as it is: too short to be told from the code around it, or to be a key. */
const SHORTEST_HIDDEN = 8;
/** What a configuration is made by; the bundle's own folder says what it is made from. */
const MAKERS = ["make-workerd-config.mjs", "runtime-wish.mjs", "keeper.worker.js"];

/** @param {Made} made */
function hide({ settings, secret, ...rest }) {
  const nonce = randomBytes(4).toString("hex").slice(0, 5);
  /** @type {{ value: string, mark: string }[]} */
  const hidden = [];
  const toMark = (/** @type {string} */ value) => {
    const length = Buffer.byteLength(value);
    if (length < SHORTEST_HIDDEN) return value;
    const mark = `${nonce}${String(hidden.length).padStart(3, "0")}`.padEnd(length, "~");
    hidden.push({ value, mark });
    return mark;
  };
  const marked = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, toMark(value)]));
  return { made: { ...rest, settings: marked, secret: toMark(secret) }, hidden, nonce };
}

/** @param {ReturnType<typeof hide>} order */
function keyOf({ made, nonce }) {
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  const seen = [
    JSON.stringify(made).replaceAll(nonce, ""),
    process.env.MINIFLARE_WORKERD_V8_FLAGS ?? "",
    certificates && existsSync(certificates) ? readFileSync(certificates, "utf8") : "",
    ...MAKERS.map((name) => {
      const { size, mtimeMs } = statSync(join(import.meta.dirname, name));
      return `${name}:${size}:${mtimeMs}`;
    }),
  ];
  return createHash("sha256").update(seen.join("\n")).digest("hex").slice(0, 16);
}

/** @param {string} file @param {ReturnType<typeof hide>} order */
function make(file, { made, hidden }) {
  const draft = `${file}.${process.pid}`;
  const order = { made, marks: hidden.map(({ mark }) => mark), into: draft };
  const { status, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.resolve("./make-workerd-config.mjs"))],
    {
      input: JSON.stringify(order),
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`The local runtime cannot be configured.\n${stderr}`);
  renameSync(draft, file);
  renameSync(`${draft}.json`, `${file}.json`);
}

/** @param {string} folder */
function clearOld(folder) {
  const isOurs = (/** @type {string} */ name) => name.startsWith("workerd-") && name.endsWith(ENDING);
  for (const name of findOld(folder, KEPT, isOurs)) {
    for (const path of [name, `${name}.json`]) rmSync(join(folder, path), { force: true });
  }
}

/** What differs from start to start: where the data is, and the port. @param {About} about @param {Wish} wish */
function toArgs({ args, disks, sockets }, { stateDir, port }) {
  const places = Object.entries(disks).map(([name, folder]) => {
    const path = join(dataDir(stateDir), folder);
    mkdirSync(path, { recursive: true });
    return `--directory-path=${name}=${path}`;
  });
  return [...args, ...places, `--socket-addr=${sockets.at(-1)}=127.0.0.1:${port}`];
}

/** @param {Wish} wish @returns {Config} */
export function loadConfig(wish) {
  const { bundle, settings, secret } = wish;
  const order = hide({ bundle, settings, secret });
  const file = join(bundle, `workerd-${keyOf(order)}${ENDING}`);
  if (!existsSync(`${file}.json`)) {
    make(file, order);
    clearOld(bundle);
  }
  /** @type {About} */
  const about = JSON.parse(readFileSync(`${file}.json`, "utf8"));
  const bytes = readFileSync(file);
  order.hidden.forEach(({ value }, number) => {
    for (const place of about.places[number] ?? []) bytes.write(value, place);
  });
  return { args: toArgs(about, wish), sockets: about.sockets, bytes };
}
