// The first minute: npm start in every situation that a person's computer can be in.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureOwner } from "../../scripts/lib/ensure-owner.mjs";
import { isAlive, type Launch, Place } from "./server.ts";

const SERVING = "Stop with Ctrl+C";
const root = join(import.meta.dirname, "..", "..");

let place: Place;

async function untilGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await pause(10);
  return !isAlive(pid);
}

async function isServing(): Promise<boolean> {
  return (await place.ask("GET /health").catch(() => null))?.ok === true;
}

describe("a server on a terminal", () => {
  let launch: Launch;
  beforeAll(async () => {
    place = await Place.make();
    launch = place.start();
    await launch.says(SERVING);
  });
  afterAll(() => place.end());

  it("answers one request, and says where to go next", () => {
    expect(launch.output).toContain("SkillOS 0.1.0");
    expect(launch.output).toMatch(/✓ \d+ skills/);
    expect(launch.output).toContain("Profit 26,200 ₽, margin 36.3 %");
    expect(launch.output).toContain(`http://localhost:${place.port}`);
  });

  it("is healthy", async () => {
    expect(await (await place.ask("GET /health")).json()).toMatchObject({ status: "ok", version: "0.1.0" });
  });

  it("keeps the owner's key, and all of its state, to this user", () => {
    expect(place.apiKey).toMatch(/^sk_/);
    expect(statSync(place.stateDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(place.stateDir, "credentials.json")).mode & 0o777).toBe(0o600);
  });

  it("is left alone by a second start, which says where it is", async () => {
    const second = place.start();
    expect(await second.ended).toBe(0);
    expect(second.output).toContain(`already runs at http://localhost:${place.port}`);
  });

  it("takes everything with it on Ctrl+C", async () => {
    const { group } = place.owner;
    launch.child.kill("SIGINT");
    expect(await launch.ended).toBe(0);
    expect(await untilGone(group)).toBe(true);
    expect(existsSync(join(place.stateDir, "owner.json"))).toBe(false);
  });
});

describe("npm start", () => {
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.end());

  it("stops after the sample with --once, and leaves nothing running", async () => {
    const launch = place.start(["--once"]);
    expect(await launch.ended).toBe(0);
    expect(launch.output).toContain("Profit 26,200 ₽");
    expect(existsSync(join(place.stateDir, "owner.json"))).toBe(false);
  });

  it("ends what a killed start left behind, and keeps its data", async () => {
    const first = place.start();
    await first.says(SERVING);
    const { pid, group } = place.owner;
    const key = place.apiKey;
    process.kill(pid, "SIGKILL");
    await first.ended;
    expect(isAlive(group)).toBe(true);

    expect(await place.start().says(SERVING)).toContain(
      "Ended a server that an earlier start had left behind.",
    );
    expect(isAlive(group)).toBe(false);
    expect(place.apiKey).toBe(key);
    expect((await place.ask("GET /health")).status).toBe(200);
  });

  it("writes no value of a setting to the disk, and serves each start its own", async () => {
    const zoneOf = async () => {
      const { variables } = (await (await place.ask("GET /config")).json()) as {
        variables: { name: string; value: string }[];
      };
      return variables.find(({ name }) => name === "SKILLOS_TIMEZONE")?.value;
    };
    for (const zone of ["Asia/Tokyo", "Asia/Dubai"]) {
      const launch = place.start([], { SKILLOS_TIMEZONE: zone, SKILLOS_WEBHOOK_SECRET: "whsec-of-a-test" });
      await launch.says(SERVING);
      expect(await zoneOf()).toBe(zone);
      launch.child.kill("SIGTERM");
      await launch.ended;
    }
    const built = join(root, "node_modules", ".cache", "skillos-worker");
    const texts = [built, place.stateDir]
      .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      // What another start is just writing may be gone again.
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, "latin1"));
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.filter((text) => text.includes("whsec-of-a-test"))).toEqual([]);
  });

  it("starts its runtime again when that crashes", async () => {
    const launch = place.start();
    await launch.says(SERVING);
    const { group } = place.owner;
    process.kill(group, "SIGKILL");
    await launch.says("it is started again");
    for (let tries = 0; tries < 500 && !(await isServing()); tries += 1) await pause(10);
    expect((await place.ask("GET /health")).status).toBe(200);
    expect(place.owner.group).not.toBe(group);
  });

  it.each([
    ["en_US.UTF-8", "PORT=abc is no port"],
    ["ru_RU.UTF-8", "PORT=abc — не порт"],
  ])("says that what PORT names is no port (%s)", async (LANG, words) => {
    const launch = place.start([], { LANG, PORT: "abc" });
    expect(await launch.ended).toBe(2);
    expect(launch.output).toContain(words);
    expect(launch.output).toContain("`PORT=8788 npm start`");
    expect(launch.output).not.toMatch(/^\s+at /m);
  });

  it.each([
    ["en_US.UTF-8", "is busy"],
    ["ru_RU.UTF-8", "занят"],
  ])("names a port that another program has (%s)", async (LANG, words) => {
    const other = createServer().listen(place.port, "127.0.0.1");
    const launch = place.start([], { LANG });
    expect(await launch.ended).toBe(2);
    expect(launch.output).toContain(words);
    expect(launch.output).toContain(`PORT=${place.port + 1} npm start`);
    await new Promise((closed) => other.close(closed));
  });
});

describe("a command without a server", () => {
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.end());
  const ensure = () => ensureOwner({ stateDir: place.stateDir, port: place.port, root });

  it("starts one for itself, and the next command finds it", async () => {
    const first = await ensure();
    expect(first).toEqual({ url: place.url, apiKey: place.apiKey });
    const { pid, group } = place.owner;
    expect(await ensure()).toEqual(first);
    expect(place.owner.pid).toBe(pid);
    process.kill(pid, "SIGTERM");
    expect(await untilGone(group)).toBe(true);
  });

  it("starts one server when two commands come at once", async () => {
    const [one, two] = await Promise.all([ensure(), ensure()]);
    expect(one).toEqual(two);
  });

  it("hands the state over when a person starts a server", async () => {
    await ensure();
    const { pid } = place.owner;
    await place.start().says(SERVING);
    expect(place.owner.pid).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
  });
});
