// accept budget: many paid requests at once against a cap that fits some of them. Never is more spent and held than the cap, and
// what a failed run gives back can be spent again. Clients hang up before they are answered, and a service says "later" at first.
import { setTimeout as pause } from "node:timers/promises";
import { createChance } from "../lib/chance.ts";
import { type Answer, parseBody, ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";
import { ONE_WRITE, saveOneWrite } from "./one-write.ts";
import { Sink } from "./sink.ts";

const DEFAULT_ROUNDS = 50;
const REQUESTS = 200;
const FITTING = 37;
const PRICE_USD = 0.01;
const FAILING = "failing";
/** One request of so many is refused by the service, is told to come again, or is hung up on by its client. */
const ONE_OF = { refused: 5, later: 7, gone: 11 } as const;
const LONGEST_PATIENCE_MS = 40;
/** The third: of one request. */
const SCOPES = ["daily_usd", "monthly_usd", undefined] as const;
/** As much as no round needs. */
const AMPLE_USD = 1_000;
/** Dollars are told as decimals of whole millionths. */
const MILLION = 1_000_000;
const SETTLED_WITHIN_MS = 30_000;
const POLL_MS = 10;

export const budget: Check = {
  name: "budget",
  summary: "paid requests at once against a cap: --rounds 50",
  run: runBudget,
};

interface Round {
  readonly server: ServerProcess;
  readonly headers: Record<string, string>;
  readonly name: string;
  readonly problems: string[];
}

async function runBudget(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const sink = await openBudgetSink(seed);
  const server = await ServerProcess.make({ SKILLOS_PRIVATE_HOSTS: sink.host });
  try {
    await server.start(true);
    return await judgeBudget({ server, sink, seed, rounds: amounts["rounds"] ?? DEFAULT_ROUNDS }, tell);
  } finally {
    await server.stop();
    await sink.close();
  }
}

export const openBudgetSink = (seed: number): Promise<Sink> =>
  Sink.open(createChance(seed), { toStatus: toSinkStatus });

interface Scene {
  readonly server: ServerProcess;
  readonly sink: Sink;
  readonly seed: number;
  readonly rounds: number;
}

export async function judgeBudget(scene: Scene, tell: (line: string) => void): Promise<Report> {
  const { server, sink, seed, rounds } = scene;
  const problems: string[] = [];
  let most = 0;
  for (let n = 0; n < rounds; n += 1) {
    const name = `${n % 2 === 1 ? FAILING : "good"}-${seed}-${n}`;
    const round = await openRound({ server, sink, problems }, name);
    const scope = SCOPES[n % SCOPES.length];
    if (scope === undefined) await judgeRequests(round);
    else most = Math.max(most, await judgePeriod(round, scope));
    if (n % 10 === 9) tell(`${n + 1} of ${rounds} rounds, ${problems.length} problems`);
  }
  return { figures: { rounds, requests: rounds * REQUESTS, settled_most: most }, problems };
}

/** In every other round some of the first wave fail; "later" is said to some of every round, once. */
function toSinkStatus(ref: string, times: number): number {
  const at = Number(ref.split("-").at(-1));
  if (ref.startsWith(FAILING) && at < REQUESTS && at % ONE_OF.refused === 0) return 422;
  return at % ONE_OF.later === 0 && times === 1 ? 503 : 200;
}

/** A tenant of its own: nothing of one round is left in the next. */
async function openRound(
  { server, sink, problems }: { server: ServerProcess; sink: Sink; problems: string[] },
  name: string,
): Promise<Round> {
  const { api_key: key } = await server.ask("POST /tenants", { name: `round ${name}` });
  const headers = { authorization: `Bearer ${String(key)}` };
  await saveOneWrite(server, sink.host, { priceUsd: PRICE_USD, headers });
  await server.send("PUT /limits", { scope: "tenant", requests: 100_000, window_seconds: 60 }, headers);
  return { server, headers, name, problems };
}

async function setBudget({ server, headers }: Round, limits: object): Promise<void> {
  const ample = { scope: "tenant", per_request_usd: AMPLE_USD, daily_usd: AMPLE_USD, monthly_usd: AMPLE_USD };
  const { status, text } = await server.send("PUT /budgets", { ...ample, ...limits }, headers);
  if (status >= 300) throw new Error(`PUT /budgets: ${status} ${text}`);
}

/** Null: the client had gone before it was answered. */
async function ask({ server, headers, name }: Round, at: number): Promise<Answer | null> {
  const asked = {
    route: `POST /skills/${ONE_WRITE}/run`,
    body: { input: { name: `${name}-${at}` } },
    headers,
  };
  return at % ONE_OF.gone === 0
    ? server.sendBriefly(asked, at % LONGEST_PATIENCE_MS)
    : server.send(asked.route, asked.body, headers);
}

/** Answers how many were paid for at first: the ledger knows of those too whose clients had gone. */
async function judgePeriod(round: Round, scope: "daily_usd" | "monthly_usd"): Promise<number> {
  const { name, problems } = round;
  const cap = FITTING * PRICE_USD;
  await setBudget(round, { [scope]: cap });
  const watch = watchBudget(round, cap);
  await askAll(round, 0, REQUESTS);
  const first = await countPaid(round);
  await askAll(round, REQUESTS, 2 * REQUESTS);
  const all = await countPaid(round);
  await watch.stop();
  if (!name.startsWith(FAILING) && first !== FITTING) problems.push(`${name}: ${first} were paid for`);
  // What was given back can be spent again: no more than that, and no less.
  if (all !== FITTING) problems.push(`${name}: ${first} and then ${all} in all were paid for`);
  return first;
}

/** Once nothing is held any more: a run whose client has gone goes on to its end. */
async function countPaid({ server, headers, name }: Round): Promise<number> {
  for (const end = Date.now() + SETTLED_WITHIN_MS; ; await pause(POLL_MS)) {
    const told = parseBody((await server.send("GET /budgets", undefined, headers)).text);
    const spent = told["spent_usd"] as { month: number }; // As the description of the API says.
    if (told["held_usd"] === 0) return Math.round(spent.month / PRICE_USD);
    if (Date.now() > end) throw new Error(`${name}: ${String(told["held_usd"])} is held for ever`);
  }
}

async function askAll(round: Round, from: number, to: number): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: to - from }, (_, n) => ask(round, from + n)));
  return answers.map((answer) => {
    if (answer === null) return "gone";
    const { status, text } = answer;
    if (status === 200) return String(parseBody(text)["status"]);
    if (status !== 402) round.problems.push(`${round.name}: answered ${status} ${text.slice(0, 200)}`);
    return "refused";
  });
}

/** Looks at the budget all the time: spent and held are never more than the cap. */
function watchBudget({ server, headers, name, problems }: Round, cap: number): { stop: () => Promise<void> } {
  const looking = { isOn: true };
  const look = async (): Promise<void> => {
    while (looking.isOn) {
      const told = parseBody((await server.send("GET /budgets", undefined, headers)).text);
      const spent = told["spent_usd"] as { month: number }; // As the description of the API says.
      const used = Math.round((spent.month + Number(told["held_usd"])) * MILLION);
      if (used > Math.round(cap * MILLION))
        problems.push(`${name}: ${used} of ${cap * MILLION} µ$ were used`);
    }
  };
  const looked = look();
  return {
    stop: async () => {
      looking.isOn = false;
      await looked;
    },
  };
}

/** One request is within its own limit or it is not, however many there are. */
async function judgeRequests(round: Round): Promise<void> {
  await setBudget(round, { per_request_usd: PRICE_USD / 2 });
  const refused = await askAll(round, 0, FITTING);
  await setBudget(round, { per_request_usd: PRICE_USD });
  const passed = await askAll(round, FITTING, 2 * FITTING);
  if (refused.some((status) => status !== "refused" && status !== "gone"))
    round.problems.push(`${round.name}: over the limit of a request`);
  if (passed.some((status) => status === "refused"))
    round.problems.push(`${round.name}: refused within its limit`);
}
