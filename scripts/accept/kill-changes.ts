// Keys of requests that start no run, while everything dies: changes of every kind are under way, SIGKILL comes, and each is sent
// again under its key. It gets its answer or finds its change made: none is made twice, and each that is made is in the audit.
import { setTimeout as pause } from "node:timers/promises";
import { createChance } from "../lib/chance.ts";
import { type Answer, type Body, parseBody, type ServerProcess } from "../lib/server-process.ts";

const LONGEST_MS = 300;
const ASK_AGAIN_MS = 25;
const GIVE_UP_MS = 30_000;
/** What was begun and never ended is chained by then. */
const ON_RECORD_WITHIN_MS = 20_000;
const SKILL = "description: Nothing\nsteps:\n  - id: made\n    set: { one: 1 }\n";
/** Answers that say: it is there, made by the first of these requests. */
const IS_THERE: ReadonlySet<unknown> = new Set(["conflict", "shown_once"]);

interface Change {
  readonly action: string;
  readonly route: string;
  readonly body: object;
  readonly key: string;
  /** Of what `listMade` lists. */
  readonly name: string;
}

export interface ChangeFigures {
  readonly figures: Readonly<Record<string, number>>;
  readonly problems: string[];
}

export async function judgeChanges(
  server: ServerProcess,
  { seed, kills }: { readonly seed: number; readonly kills: number },
): Promise<ChangeFigures> {
  const chance = createChance(seed);
  const problems: string[] = [];
  const all: Change[] = [];
  let [unheard, madeAgain] = [0, 0];
  await server.ask("PUT /skills/accept/nothing", SKILL);
  for (let n = 0; n < kills; n += 1) {
    const changes = await toChanges(server, `c${seed}-${n}`);
    all.push(...changes);
    const asked = changes.map(async (change) => {
      await pause(chance.between(0, LONGEST_MS / 3));
      return send(server, change).catch(() => null);
    });
    await pause(chance.between(1, LONGEST_MS));
    await server.crash();
    const first = await Promise.all(asked);
    await server.start();
    for (const [at, change] of changes.entries()) {
      const told = first[at] ?? null;
      if (told === null) unheard += 1;
      if (await sendAgain({ server, problems }, change, told)) madeAgain += 1;
    }
  }
  const made = await judgeMade(server, all, problems);
  await judgeRecord(server, all, problems);
  return {
    figures: { changes: all.length, change_kills: kills, unheard, made_after_restart: madeAgain, made },
    problems,
  };
}

async function toChanges(server: ServerProcess, name: string): Promise<Change[]> {
  const { id } = await server.ask("POST /keys", { name: `${name}-old` });
  const skill = "accept/nothing";
  const rows = [{ n: 1 }, { n: 2 }];
  const kinds = [
    ["key.add", "POST /keys", { name }],
    ["key.rotate", `POST /keys/${String(id)}/rotate`, {}],
    ["user.add", "POST /users", { id: name, role: "member" }],
    ["webhook.add", "POST /webhooks", { id: name, skill, secret: "0123456789abcdef" }],
    ["schedule.add", "POST /schedules", { skill, cron: "0 9 1 1 *", input: { name } }],
    ["table.import", `POST /data/${name.replaceAll("-", "_")}`, rows],
  ] as const;
  return kinds.map(([action, route, body]) => ({ action, route, body, key: `${name}-${action}`, name }));
}

function send(server: ServerProcess, { route, body, key }: Change): Promise<Answer> {
  return server.send(route, body, { "idempotency-key": key });
}

interface Scene {
  readonly server: ServerProcess;
  readonly problems: string[];
}

/** Whether this time it was made. */
async function sendAgain(
  { server, problems }: Scene,
  change: Change,
  first: Answer | null,
): Promise<boolean> {
  for (const end = Date.now() + GIVE_UP_MS; Date.now() < end; await pause(ASK_AGAIN_MS)) {
    const again = await send(server, change);
    const { code } = again.text.startsWith("{") ? parseBody(again.text) : {};
    if (again.status === 503 || code === "in_progress") continue;
    const isReplay = again.headers.get("idempotency-replayed") === "true";
    if (first !== null && first.status < 300 && code !== "shown_once" && again.text !== first.text)
      problems.push(`${change.key} was told ${again.text.slice(0, 200)} after ${first.text.slice(0, 200)}`);
    if (again.status >= 300 && !IS_THERE.has(code))
      problems.push(`${change.key} was told ${again.status} ${again.text.slice(0, 200)}`);
    return again.status < 300 && !isReplay;
  }
  problems.push(`${change.key} was not answered`);
  return false;
}

const countBy = <T>(list: readonly T[], toName: (one: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(toName(one), (counts.get(toName(one)) ?? 0) + 1);
  return counts;
};

const toList = (body: Body, name: string) => body[name] as readonly Readonly<Record<string, unknown>>[]; // As each list answers.

/** How often each change was made, by its action and name. */
async function listMade(server: ServerProcess): Promise<Map<string, number>> {
  const keys = toList(await server.ask("GET /keys"), "keys");
  const users = toList(await server.ask("GET /users"), "users");
  const webhooks = toList(await server.ask("GET /webhooks"), "webhooks");
  const schedules = toList(await server.ask("GET /schedules"), "schedules");
  const tables = toList(await server.ask("GET /data"), "tables");
  // A key that was rotated and the one that took its place bear one name.
  const rotated = countBy(
    keys.filter(({ name }) => String(name).endsWith("-old")),
    ({ name }) => `key.rotate ${String(name).slice(0, -"-old".length)}`,
  );
  const made = countBy(
    [
      ...keys.map(({ name }) => `key.add ${String(name)}`),
      ...users.map(({ id }) => `user.add ${String(id)}`),
      ...webhooks.map(({ id }) => `webhook.add ${String(id)}`),
      ...schedules.map(({ input }) => `schedule.add ${String((input as { name?: string }).name)}`),
      ...tables
        .filter(({ rows }) => rows === 2)
        .map(({ name }) => `table.import ${String(name).replace("_", "-")}`),
    ],
    (name) => name,
  );
  for (const [name, count] of rotated) made.set(name, count - 1);
  return made;
}

/** A secret that nobody saw may be left unmade; anything else is there once. */
async function judgeMade(server: ServerProcess, all: readonly Change[], problems: string[]): Promise<number> {
  const made = await listMade(server);
  let sum = 0;
  for (const { action, name, key } of all) {
    const count = made.get(`${action} ${name}`) ?? 0;
    sum += count;
    const least = SHOWN_ONCE.has(action) ? 0 : 1;
    if (count < least || count > 1) problems.push(`${key} was made ${count} times`);
  }
  return sum;
}

const SHOWN_ONCE: ReadonlySet<string> = new Set(["key.add", "key.rotate"]);

/** Ended or begun: of no action fewer entries than changes. */
async function judgeRecord(server: ServerProcess, all: readonly Change[], problems: string[]): Promise<void> {
  const made = await listMade(server);
  const actions = new Set(all.map(({ action }) => action));
  const wanted = countBy(
    all.filter(({ action, name }) => (made.get(`${action} ${name}`) ?? 0) > 0),
    ({ action }) => action,
  );
  for (const action of actions) {
    const count = await countEntries(server, action, wanted.get(action) ?? 0);
    if (count < (wanted.get(action) ?? 0))
      problems.push(`${action}: ${wanted.get(action)} were made, ${count} are in the audit`);
  }
  const { verified } = await server.ask("GET /audit/verify");
  if (verified !== true) problems.push("the audit is not whole");
}

async function countEntries(server: ServerProcess, action: string, wanted: number): Promise<number> {
  for (const end = Date.now() + ON_RECORD_WITHIN_MS; ; await pause(500)) {
    const entries = toList(await server.ask(`GET /audit?action=${action}&limit=1000`), "entries");
    if (entries.length >= wanted || Date.now() > end) return entries.length;
  }
}
