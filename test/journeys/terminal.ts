// A terminal for the command line: `script` of util-linux gives it one, so that it asks as it would ask a person.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const skillos = join(import.meta.dirname, "..", "..", "scripts", "skillos.mjs");
const WITHIN_MS = 60_000;
const ESCAPE = String.fromCodePoint(0x1b);
/** A line that was drawn over. */
const OVERDRAWN = new RegExp(String.raw`[^\n]*\r${ESCAPE}\[2K`, "g");
/** Cursor movements and colours. */
const CONTROL = new RegExp(String.raw`${ESCAPE}\[[0-9;?]*[A-Za-z]|\r`, "g");

export const hasTerminal = spawnSync("script", ["--version"]).status === 0;

export interface Said {
  readonly text: string;
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** A command without a terminal, as a script or a pipe runs it. */
export function runPlain(
  args: readonly string[],
  place: { cwd: string; environment: NodeJS.ProcessEnv },
): Promise<Said> {
  const child = spawn(process.execPath, [skillos, ...args], {
    cwd: place.cwd,
    env: place.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return toSaid(child, []);
}

/** A command on a terminal; each answer is typed when a question has been asked. */
export function runTyped(
  args: readonly string[],
  answers: readonly string[],
  place: { cwd: string; environment: NodeJS.ProcessEnv },
): Promise<Said> {
  const command = [process.execPath, skillos, ...args]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(" ");
  const child = spawn("script", ["-qec", `stty columns 200; ${command}`, "/dev/null"], {
    cwd: place.cwd,
    env: { ...place.environment, NO_COLOR: "1", TERM: "dumb" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  return toSaid(child, answers);
}

async function toSaid(child: ChildProcess, answers: readonly string[]): Promise<Said> {
  let drawn = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (piece: string) => {
      drawn += piece;
    });
  }
  const ended = new Promise<number>((done) => child.on("close", (code) => done(code ?? -1)));
  const toShown = (): string => drawn.replaceAll(OVERDRAWN, "").replaceAll(CONTROL, "");
  let seen = 0;
  for (const answer of answers) {
    for (const end = Date.now() + WITHIN_MS; Date.now() < end && child.exitCode === null; await pause(10)) {
      if (/\? [^\n]*$/.test(toShown().slice(seen))) break;
    }
    seen = toShown().length;
    child.stdin?.write(`${answer}\r`);
  }
  const exitCode = await ended;
  const text = toShown();
  return {
    text,
    lines: text
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== ""),
    exitCode,
  };
}
