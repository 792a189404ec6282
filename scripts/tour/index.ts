// The tour: a SkillOS of its own, seven acts, and nothing left behind, however it ends.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Sink } from "../accept/sink.ts";
import { root } from "../lib/bootstrap.mjs";
import { createChance } from "../lib/chance.ts";
import { ServerProcess } from "../lib/server-process.ts";
import { languageOf } from "../lib/words.mjs";
import { ACTS, type Act, type Stage } from "./acts.ts";
import { WORDS } from "./words.ts";

const READING_MS = 600;
const SEED = 1;

async function openStage(temporary: string): Promise<Stage> {
  const language = languageOf(process.env);
  let onReceived = (): void => undefined;
  const sink = await Sink.open(createChance(SEED), {
    onMoment: (moment) => {
      if (moment === "received") onReceived();
    },
  });
  const server = await ServerProcess.make({
    SKILLOS_PRIVATE_HOSTS: sink.host,
    SKILLOS_ROOT: join(root, "skills"),
    // What is killed outright leaves its temporary files: they go with this folder.
    TMPDIR: temporary,
    // Practice, whatever .env of this folder names: the tour spends nothing.
    SKILLOS_MODEL_STANDARD: "mock/script",
    SKILLOS_MOCK_PRICE_USD_PER_MTOK: "1",
  });
  return {
    language,
    words: WORDS[language],
    server,
    sink,
    onReceived: (listener) => {
      onReceived = listener;
    },
    tell: (line) => console.log(line === "" ? "" : `  ${line}`),
  };
}

async function play(stage: Stage, act: Act, number: number): Promise<void> {
  console.log(`\n${number}. ${stage.words.headings[act.name]}`);
  await act.play(stage);
  if (process.stdout.isTTY) await pause(READING_MS);
}

/** The state is thrown away: nobody needs to say goodbye first. */
async function endAll({ server, sink }: Stage, temporary: string): Promise<void> {
  await server.crash();
  await server.stop();
  await sink.close();
  rmSync(temporary, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const temporary = mkdtempSync(join(tmpdir(), "skillos-tour-"));
  const stage = await openStage(temporary);
  const { words, server } = stage;
  let closing: Promise<void> | undefined;
  // A signal comes twice: from the terminal, and passed on by whoever started this.
  const close = (): Promise<void> => (closing ??= endAll(stage, temporary));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => void close().finally(() => process.exit(130)));
  process.on("disconnect", () => void close().finally(() => process.exit(1)));
  let current = words.start;
  try {
    console.log(words.start);
    await server.start(true);
    for (const [index, act] of ACTS.entries()) {
      current = words.headings[act.name];
      await play(stage, act, index + 1);
    }
    console.log(`\n${words.end}`);
    return 0;
  } catch (error) {
    console.error(words.failed(current, error instanceof Error ? error.message : String(error)));
    return 1;
  } finally {
    await close();
  }
}

process.exit(await main());
