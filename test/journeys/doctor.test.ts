// `skillos doctor`: each thing that can be wrong is named, with what to do. It mends nothing itself.
import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Place } from "./server.ts";
import { runPlain } from "./terminal.ts";

const root = join(import.meta.dirname, "..", "..");
let place: Place;
beforeEach(async () => {
  place = await Place.make();
});
afterEach(() => place.end());

interface Finding {
  readonly what: string;
  readonly good: boolean;
  readonly found: string;
  readonly mend: string;
}

/** What is wrong, by what it is about. */
async function ask(more: NodeJS.ProcessEnv = {}): Promise<Record<string, Finding>> {
  const environment = { ...place.environment, ...more };
  const { text, exitCode } = await runPlain(["doctor", "--json"], { cwd: root, environment });
  const { healthy, findings } = JSON.parse(text) as { healthy: boolean; findings: Finding[] };
  expect(exitCode).toBe(healthy ? 0 : 1);
  return Object.fromEntries(findings.filter(({ good }) => !good).map((finding) => [finding.what, finding]));
}

it("finds nothing wrong before a first start", async () => {
  expect(await ask()).toEqual({});
});

it("a port that another program has", async () => {
  const other = createServer().listen(place.port, "127.0.0.1");
  expect(await ask()).toMatchObject({
    port: { found: `${place.port} is used by another program`, mend: `PORT=${place.port + 1} npm start` },
  });
  await new Promise((closed) => other.close(closed));
});

it("an owner that is gone, though its number is in use by somebody else: the port is free, so nothing is wrong", async () => {
  writeFileSync(join(place.stateDir, "owner.json"), JSON.stringify({ pid: process.pid, port: place.port }));
  const { text } = await runPlain(["doctor"], { cwd: root, environment: place.environment });
  expect(text).toContain(`process ${process.pid} has ended without cleaning up (the next start does)`);
  expect(await ask()).toEqual({});
  rmSync(join(place.stateDir, "owner.json"));
});

it("what PORT names is no port; and everything in Russian", async () => {
  expect(await ask({ PORT: "abc" })).toMatchObject({ port: { found: "PORT=abc is no port" } });
  const environment = { ...place.environment, LANG: "ru_RU.UTF-8" };
  const { lines } = await runPlain(["doctor"], { cwd: root, environment });
  expect(lines.map((line) => line.slice(2).trimStart().split(/ {2,}/)[0])).toEqual([
    "Node",
    "установка",
    "папка данных",
    "ключ",
    "хранилище",
    "навыки",
    "сервер",
    "порт",
  ]);
  expect(lines.join("\n")).toMatch(/свободен/);
});

it("a key that others can read, and one that is no key", async () => {
  const file = join(place.stateDir, "credentials.json");
  writeFileSync(file, JSON.stringify({ api_key: "sk_x" }));
  chmodSync(file, 0o644);
  expect(await ask()).toMatchObject({ key: { mend: `chmod 600 ${file}` } });
  chmodSync(file, 0o600);
  const master = join(place.stateDir, "master.key");
  writeFileSync(master, `${Buffer.alloc(32, 7).toString("base64")}\n`, { mode: 0o644 });
  chmodSync(master, 0o644);
  expect(await ask()).toMatchObject({ key: { mend: `chmod 600 ${master}` } });
  rmSync(master);
  writeFileSync(file, "{");
  expect((await ask())["key"]?.mend).toContain("Delete this file");
});

it("a state folder that is none", async () => {
  const file = join(place.stateDir, "file");
  writeFileSync(file, "");
  expect(await ask({ SKILLOS_STATE_DIR: file })).toMatchObject({
    "state folder": { found: `${file} is not a folder` },
  });
});

it.skipIf(process.getuid?.() === 0)("a state folder that may not be written", async () => {
  const folder = join(place.stateDir, "locked");
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  expect((await ask({ SKILLOS_STATE_DIR: folder }))["state folder"]?.mend).toContain("chmod u+rwx");
});

it.each([
  ["en_US.UTF-8", "npm start installs what is missing"],
  ["ru_RU.UTF-8", "npm start установит недостающее"],
])("dependencies that are not there, without fetching them (%s)", async (LANG, words) => {
  const clone = mkdtempSync(join(tmpdir(), "skillos-clone-"));
  for (const name of ["package.json", "package-lock.json", "scripts"])
    cpSync(join(root, name), join(clone, name), { recursive: true });
  const environment = { ...place.environment, LANG };
  const script = join(clone, "scripts", "skillos.mjs");
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [script, "doctor", ...args], { env: environment });
  await expect(run()).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(`^✗ .*\n +→ ${words}`),
  });
  const told = await run("--json").catch(({ stdout }: { stdout: string }) => JSON.parse(stdout) as unknown);
  expect(told).toMatchObject({
    healthy: false,
    findings: [{ what: "installation", good: false, mend: expect.stringContaining(words) }],
  });
  rmSync(clone, { recursive: true });
});

it("whoever reads the answer may stop reading", async () => {
  const script = join(root, "scripts", "skillos.mjs");
  const { stderr } = await promisify(execFile)(
    "sh",
    ["-c", `"${process.execPath}" "${script}" --help | head -1`],
    {
      env: place.environment,
    },
  );
  expect(stderr).toBe("");
  const piped = `"${process.execPath}" "${script}" config explain | head -1`;
  expect((await promisify(execFile)("sh", ["-c", piped], { env: place.environment })).stderr).toBe("");
});
