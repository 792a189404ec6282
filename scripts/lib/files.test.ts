// When the files of a folder are sent at a start, and when the server has them already.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sendAllFiles } from "./files.mjs";
import { dataDir } from "./runtime-wish.mjs";

const TAKEN_VERSION = 7;
let home = "";
let server: Server;
let problems: readonly string[] = [];
/** The texts of each request. */
const sent: string[][] = [];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "skillos-files-"));
  mkdirSync(dataDir(home), { recursive: true });
  mkdirSync(join(home, "skills", "oysters"), { recursive: true });
  writeFile("one");
  problems = [];
  sent.length = 0;
  server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (part) => {
      body += part;
    });
    incoming.on("end", () => {
      const { files } = JSON.parse(body) as { files: { text: string }[] };
      sent.push(files.map(({ text }) => text));
      outgoing.end(JSON.stringify({ skills: files.length, version: TAKEN_VERSION, problems }));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
});
afterEach(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

const writeFile = (text: string): void => writeFileSync(join(home, "skills", "oysters", "a.yaml"), text);

function start({ version = TAKEN_VERSION, bundle = "bundle" } = {}): Promise<{ skills: number }> {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const credentials = { url: `http://127.0.0.1:${port}`, tenant: "ten_local", api_key: "sk_x" };
  return sendAllFiles(credentials, join(home, "skills"), { stateDir: home, version, bundle });
}

it("sends what the server has not taken yet, and nothing when it has it all", async () => {
  expect(await start({ version: 0 })).toMatchObject({ skills: 1 });
  expect(await start()).toMatchObject({ skills: 1 });
  expect(sent).toEqual([["one"]]);
});

it("sends a file that was changed while nothing ran", async () => {
  await start({ version: 0 });
  writeFile("two");
  await start();
  expect(sent).toEqual([["one"], ["two"]]);
});

it.each([
  ["somebody else changed the registry", { version: TAKEN_VERSION + 1 }],
  ["another Worker is to judge them", { bundle: "another" }],
])("sends all again when %s", async (_, now) => {
  await start({ version: 0 });
  await start(now);
  expect(sent).toEqual([["one"], ["one"]]);
});

it("sends files with a problem again, so that it is told at every start", async () => {
  problems = ["x"];
  await start({ version: 0 });
  await start();
  expect(sent).toEqual([["one"], ["one"]]);
});

it("sends all again when the data is gone", async () => {
  await start({ version: 0 });
  rmSync(dataDir(home), { recursive: true });
  mkdirSync(dataDir(home), { recursive: true });
  await start({ version: 0 });
  expect(sent).toEqual([["one"], ["one"]]);
});
