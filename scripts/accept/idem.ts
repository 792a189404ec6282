// accept idem: many requests at once under one key are one run, one effect and the same bytes; after a crash too, with a
// service that says "later" at first and with clients that hang up and ask again.
import { createChance } from "../lib/chance.ts";
import { type Answer, ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";
import { ONE_WRITE, saveOneWrite } from "./one-write.ts";
import { Sink } from "./sink.ts";

const DEFAULT_KEYS = 200;
const DEFAULT_PARALLEL = 100;
/** So many keys are asked for at a time: more connections than that say nothing more. */
const KEYS_AT_ONCE = 4;
/** One key of so many meets a service that says "later"; one client of so many hangs up. */
const ONE_OF = { later: 7, gone: 9 } as const;
const LONGEST_PATIENCE_MS = 40;

export const idem: Check = {
  name: "idem",
  summary: "requests at once under one key: --keys 200 --parallel 100",
  run: runIdem,
};

interface Scene {
  readonly server: ServerProcess;
  readonly sink: Sink;
  readonly problems: string[];
}

async function runIdem(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const { keys: count = DEFAULT_KEYS, parallel = DEFAULT_PARALLEL } = amounts;
  const sink = await Sink.open(createChance(seed), { toStatus: toSinkStatus });
  const server = await ServerProcess.make({ SKILLOS_PRIVATE_HOSTS: sink.host });
  const scene: Scene = { server, sink, problems: [] };
  try {
    await server.start(true);
    await saveOneWrite(server, sink.host);
    const names = Array.from({ length: count }, (_, n) => `k${seed}-${n}`);
    const told = await askForAll(scene, names, { parallel, tell });
    await askWithOtherBody(scene, names);
    await askInACrash(scene, `crash${seed}`, parallel);
    await server.crash();
    await server.start();
    await askAfterwards(scene, told);
    const sends = [...sink.seen.values()];
    return {
      figures: {
        keys: count,
        requests: count * parallel,
        effects: names.filter((name) => sink.seen.get(name)?.keys.size === 1).length,
        sent_twice_under_two_keys: sends.filter(({ keys }) => keys.size > 1).length,
      },
      problems: scene.problems,
    };
  } finally {
    await server.stop();
    await sink.close();
  }
}

const toNumber = (name: string): number => Number(name.split("-").at(-1));

/** Told to come again, the sender does so under the same key: the effect is one. */
const isDelayed = (name: string): boolean => toNumber(name) % ONE_OF.later === 0;
const toSinkStatus = (name: string, times: number): number => (isDelayed(name) && times === 1 ? 503 : 200);

const ROUTE = `POST /skills/${ONE_WRITE}/run`;

const ask = ({ server }: Scene, name: string, key = name): Promise<Answer> =>
  server.send(ROUTE, { input: { name } }, { "idempotency-key": key });

/** Some hang up while they wait, and ask again under the same key. */
async function askPatiently(scene: Scene, name: string, at: number): Promise<Answer> {
  const asked = { route: ROUTE, body: { input: { name } }, headers: { "idempotency-key": name } };
  if (at % ONE_OF.gone === 0) await scene.server.sendBriefly(asked, at % LONGEST_PATIENCE_MS);
  return ask(scene, name);
}

/** The bytes that each key was answered with. */
async function askForAll(
  scene: Scene,
  names: readonly string[],
  { parallel, tell }: { parallel: number; tell: (line: string) => void },
): Promise<Map<string, string>> {
  const told = new Map<string, string>();
  for (let from = 0; from < names.length; from += KEYS_AT_ONCE) {
    await Promise.all(
      names.slice(from, from + KEYS_AT_ONCE).map(async (name) => {
        const answers = await Promise.all(
          Array.from({ length: parallel }, (_, at) => askPatiently(scene, name, at)),
        );
        told.set(name, judgeKey(scene, name, answers));
      }),
    );
    if (from % (KEYS_AT_ONCE * 10) === 0)
      tell(`${from} of ${names.length} keys, ${scene.problems.length} problems`);
  }
  return told;
}

function judgeKey({ sink, problems }: Scene, name: string, answers: readonly Answer[]): string {
  const texts = new Set(answers.map(({ status, text }) => `${status} ${text}`));
  if (texts.size !== 1)
    problems.push(`${name} was answered in ${texts.size} ways: ${[...texts].join(" | ").slice(0, 300)}`);
  const [first] = answers;
  if (first?.status !== 200)
    problems.push(`${name} was answered ${first?.status}: ${first?.text.slice(0, 200)}`);
  const times = sink.seen.get(name)?.times ?? 0;
  const wanted = isDelayed(name) ? 2 : 1;
  if (times !== wanted) problems.push(`${name} was sent ${times} times`);
  return first?.text ?? "";
}

async function askWithOtherBody(scene: Scene, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { status } = await ask(scene, `${name}-other`, name);
    if (status !== 422) scene.problems.push(`another body under ${name} was answered ${status}`);
  }
}

/** All of them ask while the server dies; whoever asks again afterwards gets the one run. */
async function askInACrash(scene: Scene, name: string, parallel: number): Promise<void> {
  const asked = Array.from({ length: parallel }, () => ask(scene, name).catch(() => null));
  await scene.server.crash();
  await Promise.all(asked);
  await scene.server.start();
  const answers = await Promise.all(Array.from({ length: parallel }, () => ask(scene, name)));
  const texts = new Set(answers.map(({ status, text }) => `${status} ${text}`));
  if (texts.size !== 1) scene.problems.push(`after the crash ${name} was answered in ${texts.size} ways`);
  const sends = scene.sink.seen.get(name);
  if (sends?.keys.size !== 1)
    scene.problems.push(`after the crash ${name} was sent under ${sends?.keys.size} keys`);
}

async function askAfterwards(scene: Scene, told: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of told) {
    const answer = await ask(scene, name);
    if (answer.text !== text)
      scene.problems.push(`${name} was answered otherwise after a restart: ${answer.text.slice(0, 200)}`);
    if (answer.headers.get("idempotency-replayed") !== "true")
      scene.problems.push(`${name} does not say that it is a repeat`);
  }
}
