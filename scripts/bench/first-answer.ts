// What a person waits for and what stands idle: start, memory, a saved file, a command.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { root } from "../lib/bootstrap.mjs";
import { parseBody, ServerProcess } from "../lib/server-process.ts";
import type { Figure } from "./figure.ts";
import { measureNodeStart } from "./machine.ts";
import { median } from "../lib/statistics.ts";
import type { Scene } from "./scene.ts";

const run = promisify(execFile);
const WITHIN_MS = 60_000;
const QUERY = "what do I earn on 40 kg of oysters at 1900 per kg";
const IDLE_MS = 5_000;
const REST_MS = 30_000;

const SIGHTS = ["lighthouse", "cathedral", "drawbridge"];

/** Looks again until it is so, and answers how long that took. */
async function untilTrue(look: () => Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await look())) {
    if (performance.now() - started > WITHIN_MS) throw new Error("it did not come to this");
    await pause(5);
  }
  return performance.now() - started;
}

async function hasAnswered(server: ServerProcess): Promise<boolean> {
  try {
    const { status, text } = await server.send("POST /run", { query: QUERY });
    return status === 200 && String(parseBody(text)["answer"]).includes("26,200");
  } catch {
    return false;
  }
}

/** Started again on a state that was used before; the time runs until the sample request is answered rightly. */
export async function measureStart(scene: Scene): Promise<Figure[]> {
  const seconds: number[] = [];
  for (let n = 0; n < scene.rounds; n += 1) {
    await scene.server.crash();
    const started = performance.now();
    await scene.server.start();
    await untilTrue(() => hasAnswered(scene.server));
    seconds.push((performance.now() - started) / 1000);
  }
  return [
    {
      name: "start to first correct answer",
      value: median(seconds),
      unit: "s",
      floor: 3,
      aim: 1,
      better: "less",
    },
  ];
}

/** A server on a new state, freshly started: it has answered its sample request and nobody has asked for more. */
export async function measureFreshMemory(scene: Scene): Promise<Figure[]> {
  const server = await ServerProcess.make();
  try {
    await server.start(true);
    // Its last words, below the answer to the sample.
    await server.says("Ctrl+C");
    await pause(IDLE_MS / (scene.rounds === 1 ? 30 : 1));
    const { value, note } = readMemory(server);
    const name = "idle memory, all processes, freshly started";
    return [{ name, value, unit: "MiB", floor: 400, aim: 350, better: "less", note }];
  } finally {
    await server.stop();
  }
}

/** What the same processes hold when the load of the other measurements is over. */
export async function measureMemoryAfterLoad(scene: Scene): Promise<Figure[]> {
  const restMs = REST_MS / (scene.rounds === 1 ? 30 : 1);
  await pause(restMs);
  const { value, note } = readMemory(scene.server);
  const name = `memory after the load, at rest for ${Math.round(restMs / 1000)} s`;
  return [{ name, value, unit: "MiB", better: "less", note }];
}

function readMemory(server: ServerProcess): { value: number; note: string } {
  const { launcher, group } = server.pids;
  const own = readRssMib(launcher);
  const value = findGroup(group).reduce((sum, pid) => sum + readRssMib(pid), own);
  return { value, note: `${Math.round(own)} MiB of it the launcher` };
}

function findGroup(group: number): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      // After the name in brackets: state, parent, process group.
      return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[2]) === group;
    } catch {
      return false;
    }
  });
}

function readRssMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

/** From the save of a file to the sentence that finds it. */
export async function measureSavedSkill(scene: Scene): Promise<Figure[]> {
  const skills = mkdtempSync(join(tmpdir(), "skillos-bench-skills-"));
  cpSync(join(root, "skills"), skills, { recursive: true });
  mkdirSync(join(skills, "bench"));
  const server = await ServerProcess.make({ SKILLOS_ROOT: skills });
  const seconds: number[] = [];
  try {
    await server.start(true);
    // Its last words: from then on it looks for changes, once it has walked the folders.
    await server.says("Ctrl+C");
    await pause(500);
    for (const word of SIGHTS.slice(0, scene.rounds)) seconds.push(await timeSaved(server, skills, word));
  } finally {
    await server.stop();
    rmSync(skills, { recursive: true, force: true });
  }
  const name = "saved skill found by a sentence";
  return [{ name, value: median(seconds), unit: "s", floor: 1, aim: 0.5, better: "less" }];
}

async function timeSaved(server: ServerProcess, skills: string, word: string): Promise<number> {
  const query = `measure the ${word} height`;
  const text = `description: Measure the height of the ${word}\nphrases: { en: [${query}] }\nsteps:\n  - id: a\n    set: { metres: 40 }\n`;
  writeFileSync(join(skills, "bench", `${word}.yaml`), text);
  const ms = await untilTrue(async () => {
    const answer = await server.send("POST /run", { query, execute: false });
    return parseBody(answer.text)["skill"] === `bench/${word}`;
  });
  return ms / 1000;
}

/** The whole command, from the shell's point of view: with a server that runs, and without one. */
export async function measureTerminal(scene: Scene): Promise<Figure[]> {
  const withOwner: number[] = [];
  const without: number[] = [];
  for (let n = 0; n < scene.rounds; n += 1)
    withOwner.push(await timeCommand(scene.server.stateDir, scene.server.port));
  for (let n = 0; n < scene.rounds; n += 1) {
    const { stateDir } = scene.server;
    await scene.server.crash();
    without.push(await timeCommand(stateDir, scene.server.port));
    endOwner(stateDir);
    await untilTrue(async () => !isOwned(stateDir));
    await scene.server.start(true);
  }
  const reference = measureNodeStart();
  const note = "beside a Node that does nothing";
  return [
    {
      name: "skillos run, with a server",
      value: median(withOwner),
      unit: "s",
      reference,
      note,
      floor: 0.3,
      aim: 0.2,
      better: "less",
    },
    {
      name: "skillos run, without one",
      value: median(without),
      unit: "s",
      reference,
      note,
      floor: 1.5,
      aim: 1,
      better: "less",
    },
  ];
}

async function timeCommand(stateDir: string, port: number): Promise<number> {
  const started = performance.now();
  const environment = {
    ...process.env,
    SKILLOS_STATE_DIR: stateDir,
    PORT: String(port),
    LANG: "en_US.UTF-8",
    LC_ALL: "",
  };
  const { stdout } = await run(process.execPath, [join(root, "scripts", "skillos.mjs"), "run", QUERY], {
    env: environment,
  });
  if (!stdout.includes("26,200")) throw new Error(`skillos run said:\n${stdout}`);
  return (performance.now() - started) / 1000;
}

/** The server that the command started for itself; its id stands in the state directory of this measurement. */
function endOwner(stateDir: string): void {
  const { pid } = JSON.parse(readFileSync(join(stateDir, "owner.json"), "utf8")) as { pid: number };
  process.kill(pid, "SIGTERM");
}

function isOwned(stateDir: string): boolean {
  return readdirSync(stateDir).includes("owner.json");
}
