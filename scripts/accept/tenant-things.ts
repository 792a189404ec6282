// Two tenants: one that has one of each thing, with words in it that nobody else may ever read, and a stranger.
import { SCOPES } from "../../src/kernel/domain/principal.ts";
import { createHash } from "node:crypto";
import { type Body, parseBody, type ServerProcess } from "../lib/server-process.ts";
import type { Thing } from "./tenant-routes.ts";

export interface Caller {
  readonly key: string;
  readonly what: string;
}

export interface Owner extends Caller {
  readonly tenant: string;
}

/** What stands in the things of one tenant and nowhere else. */
export interface Treasure {
  readonly owner: Owner;
  readonly things: Readonly<Record<Thing, string>>;
  /** In contents: descriptions, rows, names of files, questions. */
  readonly secrets: readonly string[];
}

export async function makeTenant(server: ServerProcess, name: string): Promise<Owner> {
  const { tenant, api_key: key } = await server.ask("POST /tenants", { name });
  return { tenant: String(tenant), key: String(key), what: "owner" };
}

/** Asks what must be a success. */
export function askAs(server: ServerProcess, { key }: Caller) {
  return async (route: string, body?: object | string): Promise<Body> => {
    const answer = await server.send(route, body, { authorization: `Bearer ${key}` });
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return parseBody(answer.text);
  };
}

/** The stranger: the owner of his tenant, and each scope alone. He has a skill and a run of his own. */
export async function makeStranger(server: ServerProcess): Promise<readonly Caller[]> {
  const owner = await makeTenant(server, "stranger");
  await askAs(server, owner)("PUT /skills/strange/own", SET("what a stranger has"));
  await askAs(server, owner)("POST /skills/strange/own/run", {});
  const keys = SCOPES.map(async (scope) => {
    const { key } = await askAs(server, owner)("POST /keys", { name: scope, scopes: [scope] });
    return { key: String(key), what: `a key to ${scope}` };
  });
  return [owner, ...(await Promise.all(keys))];
}

const SET = (description: string): string =>
  `description: ${description}\nsteps:\n  - id: a\n    set: { x: ${JSON.stringify(description)} }\noutput: { x: "\${{ a.x }}" }\n`;

export async function makeTreasure(server: ServerProcess, seed: number): Promise<Treasure> {
  const [word, name] = [`secretword${seed}zq`, `gem${seed}`];
  const owner = await makeTenant(server, word);
  const ask = askAs(server, owner);
  const skill = `${name}x/alpha`;
  const table = `${name}_notes`;
  await ask(`PUT /connectors/${name}_door`, `type: http\nbase_url: https://${word}.example\n`);
  await server.send(`POST /data/${table}`, [{ id: 1, words: word }], {
    authorization: `Bearer ${owner.key}`,
    "content-type": "application/json",
  });
  await ask(`PUT /skills/${skill}`, SET(word));
  const remove = `description: ${word}\nsteps:\n  - id: gone\n    sql: delete from ${table} where id = 1\n`;
  await ask(`PUT /skills/${name}x/remove`, remove);
  const run = await ask(`POST /skills/${skill}/run`, { query: word });
  const waiting = await ask(`POST /skills/${name}x/remove/run`, {});
  const bytes = `the bytes of ${word}`;
  await ask(`POST /attachments?filename=${word}.txt`, bytes);
  const schedule = { id: `${name}-daily`, skill, cron: "0 0 1 1 *", input: { note: word } };
  await ask("POST /schedules", schedule);
  await ask("POST /webhooks", { id: `${name}-hook`, skill, secret: `${word}-and-more` });
  await ask("POST /users", { id: `${name}.anna`, name: word, role: "member" });
  const key = await ask("POST /keys", { name: word, user: `${name}.anna` });
  const { id: saying } = await ask("POST /feedback", { query: `${word} please`, expected_skill_id: skill });
  const secret = { name: `${name.toUpperCase()}_DOOR_KEY`, value: `${word}-of-a-door` };
  await ask(`PUT /secrets/${secret.name}`, { value: secret.value });
  const [runId, waitingId, keyId] = [run["run_id"], waiting["run_id"], key["id"]].map(String);
  if (runId === undefined || waitingId === undefined || keyId === undefined) throw new Error("no ids");
  const things: Treasure["things"] = {
    skill,
    connector: `${name}_door`,
    table,
    run: runId,
    "waiting run": waitingId,
    "short run": `r-${waitingId.slice(-6)}`,
    approval: waitingId.replace("run_", "apr_"),
    file: createHash("sha256").update(bytes).digest("hex"),
    schedule: schedule.id,
    webhook: `${name}-hook`,
    user: `${name}.anna`,
    key: keyId,
    tenant: owner.tenant,
    secret: secret.name,
    saying: String(saying),
    "paid skill": `skill:${skill}`,
    "paid user": `user:${name}.anna`,
    "paid key": `key:${keyId}`,
  };
  const secrets = [word, owner.key, String(key["key"]), owner.tenant, runId, waitingId, keyId];
  return { owner, things, secrets };
}

/** Of the same shape, and nobody's. */
export function toNobodys(id: string): string {
  const end = id.endsWith("0000") ? "1111" : "0000";
  return id.slice(0, -4) + end;
}
