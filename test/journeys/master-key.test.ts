// The master key on one's own computer: another one beside the file, its replacement, and the start after that.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Place } from "./server.ts";
import { runPlain } from "./terminal.ts";

const root = join(import.meta.dirname, "..", "..");
const SERVING = "Stop with Ctrl+C";
const newKey = () => randomBytes(32).toString("base64");

let place: Place;
beforeEach(async () => {
  place = await Place.make();
  await place.start(["--once"]).ended;
});
afterEach(() => place.end());

const file = () => join(place.stateDir, "master.key");
const ask = (args: string[], more: NodeJS.ProcessEnv = {}) =>
  runPlain(args, { cwd: root, environment: { ...place.environment, ...more } });

it.each([
  {
    LANG: "en_US.UTF-8",
    why: "does not open what is kept here",
    fix: "start without that variable",
    mend: "without SKILLOS_MASTER_KEY",
  },
  {
    LANG: "ru_RU.UTF-8",
    why: "не открывает сохранённое",
    fix: "запустите без этой переменной",
    mend: "без SKILLOS_MASTER_KEY",
  },
])(
  "another key beside the file starts nothing, and the doctor names it ($LANG)",
  async ({ LANG, why, fix, mend }) => {
    const other = { LANG, SKILLOS_MASTER_KEY: newKey() };
    const launch = place.start([], other);
    expect(await launch.ended).toBe(1);
    expect(launch.output).toContain(why);
    expect(launch.output).toContain(fix);
    expect(launch.output).not.toMatch(/^\s+at /m);
    expect(launch.output).not.toContain("oysters");

    const told = await ask(["doctor"], other);
    expect(told.exitCode).toBe(1);
    expect(told.text).toMatch(/^✗ (vault|хранилище)/m);
    expect(told.text).toContain(mend);
    const plain = await ask(["doctor"], { LANG });
    expect(plain.text).toMatch(/^✓ (vault|хранилище) .*master\.key/m);
    expect(plain.exitCode).toBe(0);
  },
);

it("replaced by a variable, the file is told to be the earlier one, and a start without the variable says what it needs", async () => {
  expect((await ask(["vault", "rotate"])).text).toContain("there is no new master key");
  process.kill(place.owner.pid, "SIGTERM");
  await expect.poll(() => existsSync(join(place.stateDir, "owner.json"))).toBe(false);

  const key = newKey();
  const given = { SKILLOS_MASTER_KEY: key, SKILLOS_MASTER_KEYS_OLD: readFileSync(file(), "utf8").trim() };
  const launch = place.start([], given);
  await launch.says(SERVING);
  expect((await ask(["doctor"])).text).toMatch(/✗ vault .*earlier master key[^→]*→ npx skillos vault rotate/);
  const rotated = await ask(["vault", "rotate"]);
  expect(rotated.text).toContain("1 key wrapped anew");
  expect(rotated.text).toContain(`${file()} is still the earlier key`);
  expect((await ask(["doctor"])).text).toContain("without SKILLOS_MASTER_KEY the next start opens nothing");
  launch.child.kill("SIGTERM");
  await launch.ended;

  const plain = place.start();
  expect(await plain.ended).toBe(1);
  expect(plain.output).toContain("in SKILLOS_MASTER_KEY, where it stood when it was replaced");
  expect((await ask(["doctor"])).exitCode).toBe(1);
  writeFileSync(file(), `${key}\n`);
  expect(await place.start(["--once"]).ended).toBe(0);
});

it("a lost file is not replaced by a new one that opens nothing; what is no key is named", async () => {
  rmSync(file());
  const launch = place.start();
  expect(await launch.ended).toBe(1);
  expect(launch.output).toContain("there is none");
  expect(existsSync(file())).toBe(false);
  const malformed = place.start([], { SKILLOS_MASTER_KEY: "short" });
  expect(await malformed.ended).toBe(1);
  expect(malformed.output).toContain("SKILLOS_MASTER_KEY holds what is no master key");
});
