// accept secrets: secrets that nobody else has, in every form and through every input; then the raw files of the state directory,
// the logs, what is told and exported, and what a model was asked are searched for them. Rows are exchanged and changed; keys are
// replaced under load. What a tenant's own SQL tables hold is out of this: they must be queried (docs/encryption.md).
import { randomBytes } from "node:crypto";
import { createChance } from "../lib/chance.ts";
import { parseBody, ServerProcess } from "../lib/server-process.ts";
import { type Canary, searchFolder, startSearch, toAllForms, toCanary } from "./canaries.ts";
import type { Amounts, Check, Report } from "./check.ts";
import { makeScene, walkInputs } from "./secret-inputs.ts";
import { SecretSink } from "./secret-sink.ts";
import { ageKeys, judgeTampering } from "./tampering.ts";

const DEFAULT_CHANGES = 200;
const DEFAULT_ROUNDS = 5;
const AT_ONCE = 8;

export const secrets: Check = {
  name: "secrets",
  summary: `changes of rows, and rotations under load: --changes ${DEFAULT_CHANGES} --rounds ${DEFAULT_ROUNDS}`,
  run: (seed, { changes = DEFAULT_CHANGES, rounds = DEFAULT_ROUNDS }: Amounts, tell) =>
    judgeSecrets({ seed, changes, rounds }, tell),
};

interface Wish {
  readonly seed: number;
  readonly changes: number;
  readonly rounds: number;
  /** How many forms of the secrets; all of them where it is left out. */
  readonly forms?: number;
}

const newKey = (): string => randomBytes(32).toString("base64");

export async function judgeSecrets(wish: Wish, tell: (line: string) => void): Promise<Report> {
  const chance = createChance(wish.seed);
  const [own, given, hook] = ["the tenant's own", "the operator's", "the webhook's"].map((name) =>
    toCanary(name, chance),
  ) as [Canary, Canary, Canary]; // As many as names.
  const sink = await SecretSink.open();
  const environment: NodeJS.ProcessEnv = {
    SKILLOS_PRIVATE_HOSTS: sink.host,
    SKILLOS_CANARY_GIVEN: given.value,
    SKILLOS_MODEL_STANDARD: "openai/canary",
    SKILLOS_OPENAI_BASE_URL: `http://${sink.host}/v1`,
    SKILLOS_OPENAI_API_KEY: given.value,
    // So that the day's budget holds every text.
    SKILLOS_MODEL_STANDARD_COST: "0.1",
    SKILLOS_MASTER_KEY: newKey(),
  };
  const server = await ServerProcess.make(environment);
  try {
    await server.start(true);
    await server.ask("PUT /secrets/CANARY_OWN", { value: own.value });
    await makeScene(server, sink.host, hook.value);
    const leaks = await judgeLeaks({
      server,
      sink,
      hook,
      canaries: [own, given, hook],
      tell,
      forms: wish.forms,
    });
    const tampered = await judgeTampering(server, wish.changes, chance);
    tell(`rows changed: ${JSON.stringify(tampered.changed)}`);
    const rotated = await judgeRotation({ server, environment, rounds: wish.rounds });
    return {
      figures: { ...leaks.figures, changed: tampered.changed, ...rotated.figures },
      problems: [...leaks.problems, ...tampered.problems, ...rotated.problems],
    };
  } finally {
    await server.stop();
    await sink.close();
  }
}

interface Scene {
  readonly server: ServerProcess;
  readonly sink: SecretSink;
  readonly hook: Canary;
  readonly canaries: readonly Canary[];
  readonly tell: (line: string) => void;
  readonly forms: number | undefined;
}

/** What is told beside a run's own contents, which are its caller's. */
const TOLD = [
  "/events?limit=1000",
  "/audit?limit=1000",
  "/audit/export",
  "/metrics",
  "/webhooks",
  "/secrets",
  "/config",
];

async function judgeLeaks({ server, sink, hook, canaries, tell, forms }: Scene): Promise<Report> {
  const all = canaries.flatMap((canary) => [...new Set(toAllForms(canary))]);
  const every = Math.ceil(all.length / (forms ?? all.length));
  const texts = all.filter((_, at) => at % every === 0);
  for (const [nth, text] of texts.entries())
    await walkInputs({ server, webhookSecret: hook.value, text: `${text} ${nth}`, nth });
  tell(`${texts.length} forms of ${canaries.length} secrets through every input`);
  const search = startSearch(canaries);
  // Once as a running server has it, in its write-ahead logs, and once when all has come to rest.
  searchFolder(search, server.stateDir);
  for (const path of TOLD) search.find(path, (await server.send(`GET ${path}`)).text);
  search.find("the server's own words", server.said);
  for (const prompt of sink.prompts) search.find("a model's prompt", prompt);
  const files = searchFolder(search, server.stateDir);
  const problems = [...search.found];
  if (sink.prompts.length !== texts.length)
    problems.push(`a model was asked ${sink.prompts.length} times for ${texts.length} texts`);
  return {
    figures: {
      forms: texts.length,
      files,
      bytes: search.searched,
      prompts: sink.prompts.length,
      in_clear: search.found.size,
    },
    problems,
  };
}

interface Rotation {
  readonly server: ServerProcess;
  readonly environment: NodeJS.ProcessEnv;
  readonly rounds: number;
}

/** Requests go on while a new master key takes over and data keys are replaced; then the old master key is taken away. */
async function judgeRotation({ server, environment, rounds }: Rotation): Promise<Report> {
  const before = environment["SKILLOS_MASTER_KEY"] ?? "";
  Object.assign(environment, { SKILLOS_MASTER_KEY: newKey(), SKILLOS_MASTER_KEYS_OLD: before });
  await server.crash();
  await server.start();
  const problems: string[] = [];
  const rotate = async (what: string): Promise<unknown> => {
    const { status, text } = await server.send("POST /vault/rotate", { what });
    if (status !== 200 || parseBody(text)["left"] !== 0) problems.push(`rotating ${what}: ${status} ${text}`);
    return status === 200 ? parseBody(text)["key_version"] : null;
  };
  let done = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Within a minute of the last it would be the same replacement.
    if (round > 0) await ageKeys(server);
    const load = startLoad(server);
    const version = await rotate("data");
    if (version !== round + 2) problems.push(`rotation ${round + 1} is key version ${String(version)}`);
    await load.more(50);
    if (round === 0) await rotate("master");
    const ended = await load.stop();
    done += ended.done;
    problems.push(...ended.failed);
  }
  const failed = problems.length;
  await server.crash();
  Object.assign(environment, { SKILLOS_MASTER_KEYS_OLD: "" });
  await server.start();
  const after = await server.send("POST /skills/canary/read/run", { input: { note: "after" } });
  if (after.status !== 200) problems.push(`without the old master key: ${after.status} ${after.text}`);
  return {
    figures: { rotations: rounds + 1, requests_while_rotating: done, errors_while_rotating: failed },
    problems,
  };
}

function startLoad(server: ServerProcess) {
  const load = { isOver: false, done: 0, failed: new Array<string>() };
  const work = async (): Promise<void> => {
    while (!load.isOver) {
      const headers = { "idempotency-key": `load ${Math.floor(load.done / 2)}` };
      const route = "POST /skills/canary/read/run";
      const { status, text } = await server.send(route, { input: { note: "n" } }, headers);
      load.done += 1;
      if (status !== 200 || !text.includes('"succeeded"'))
        load.failed.push(`under load: ${status} ${text.slice(0, 200)}`);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  return {
    async more(count: number): Promise<void> {
      const wanted = { done: load.done + count };
      while (load.done < wanted.done && load.failed.length === 0) await server.send("GET /runs?limit=5");
    },
    async stop() {
      load.isOver = true;
      await Promise.all(workers);
      return load;
    },
  };
}
