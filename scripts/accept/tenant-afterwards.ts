// What a tenant's things look like, from inside and in the rows; what stores tell a stranger who knows their addresses; and that
// everything works for its owner afterwards.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseBody, type ServerProcess } from "../lib/server-process.ts";
import { askAs, type Caller, type Treasure } from "./tenant-things.ts";

type Texts = Readonly<Record<string, string>>;

/** Who looks leaves his own mark: when a key was last used, the number of a request. */
const MARKS = /"(last_used_at|request_id)":("[^"]*"|null|\d+),?/g;
/** A webhook is a door to the street: its tenant sees who knocked, so that this telemetry grows. */
const KNOCKS = "webhook_received";

export async function readTreasure(server: ServerProcess, { owner, things }: Treasure): Promise<Texts> {
  const { skill, table, run, file, webhook, schedule } = things;
  const routes = [
    ...["/skills", `/skills/${skill}`, "/data", `/data/${table}`, "/runs", `/runs/${run}`, `/files/${file}`],
    ...[`/runs/${things["waiting run"]}`, "/approvals", `/approvals/${things.approval}`, "/schedules"],
    ...[
      `/schedules/${schedule}`,
      "/webhooks",
      `/webhooks/${webhook}/deliveries`,
      "/users",
      "/keys",
      "/budgets",
    ],
    ...["/audit", "/config"],
  ];
  const texts: Record<string, string> = {};
  for (const route of routes) {
    const { status, text } = await server.send(`GET ${route}`, undefined, {
      authorization: `Bearer ${owner.key}`,
    });
    texts[route] = `${status} ${text.replaceAll(MARKS, "")}`;
  }
  return { ...texts, ...readRows(server, owner.tenant) };
}

/** Every row of the cell that carries the tenant, by table. */
function readRows({ stateDir }: ServerProcess, tenant: string): Texts {
  const texts: Record<string, string> = {};
  for (const path of findDatabases(stateDir)) {
    const database = new DatabaseSync(path, { readOnly: true });
    const tables = database
      .prepare(
        "select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name = 'tenant'",
      )
      .all();
    for (const { name } of tables) {
      const rows = database
        .prepare(`select * from "${String(name)}" where tenant = ?`)
        .all(tenant)
        .filter((row) => !JSON.stringify(row).includes(KNOCKS));
      texts[`rows of ${String(name)}`] = JSON.stringify(rows).replaceAll(MARKS, "");
    }
    database.close();
  }
  if (Object.keys(texts).length < 10) throw new Error("The rows were not found.");
  return texts;
}

function findDatabases(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true }).map(String);
  return names
    .filter((name) => /d1.*\.sqlite$/i.test(name) && !name.includes("metadata"))
    .map((name) => join(folder, name));
}

const BY_HASH = `description: Reads a file
input:
  doc: { type: file, ask: Which file }
steps:
  - id: text
    file: { read: "\${{ input.doc }}", as: text }
output: { text: "\${{ text }}" }
`;

/** Stores behind the routes: files by their hash, answers by their key, telemetry by its cursor. */
export async function judgeStores(
  server: ServerProcess,
  { owner, things, secrets }: Treasure,
  { stranger, said }: { readonly stranger: Caller; readonly said: ReadonlySet<string> },
): Promise<readonly string[]> {
  const problems: string[] = [];
  const [word = ""] = secrets;
  const as =
    (who: Caller, more: Record<string, string> = {}) =>
    (route: string, body?: object | string) =>
      server.send(route, body, { authorization: `Bearer ${who.key}`, ...more });
  const judge = (what: string, { text }: { text: string }): void => {
    for (const secret of secrets)
      if (!said.has(secret) && text.includes(secret))
        problems.push(`${what} tells "${secret}": ${text.slice(0, 300)}`);
  };
  await askAs(server, stranger)("PUT /skills/strange/by_hash", BY_HASH);
  const doc = { sha256: things.file, name: "x.txt", type: "text/plain", size: 10 };
  judge(
    "a file by its hash in an input",
    await as(stranger)("POST /skills/strange/by_hash/run", { input: { doc } }),
  );

  // The same bytes are the stranger's own file, under his own name.
  const { status } = await as(stranger)("POST /attachments?filename=mine.txt", `the bytes of ${word}`);
  const own = await as(stranger)(`GET /files/${things.file}`);
  if (status !== 201 && status !== 200) problems.push(`the same bytes cannot be sent by another: ${status}`);
  if (!String(own.headers.get("content-disposition")).includes("mine.txt"))
    problems.push("the same bytes have the other's name");

  const key = { "idempotency-key": `key of ${things.user}` };
  for (const [route, body] of [
    ["POST /eval", { expression: `"${word}"` }],
    ["POST /skills/strange/own/run", {}],
  ] as const) {
    const theirs = await as(owner, key)(route.replace("strange/own", things.skill), body);
    const his = await as(stranger, key)(route, route.includes("eval") ? { expression: "1" } : body);
    if (theirs.status !== 200 || his.status !== 200)
      problems.push(`${route} under one key: ${theirs.status}, ${his.status}`);
    if (his.headers.get("idempotency-replayed") !== null)
      problems.push(`${route} repeats another tenant's answer`);
    judge(`${route} under the same key`, his);
  }
  const { next } = await askAs(server, owner)("GET /events?limit=1");
  for (const route of [
    `GET /events?since=${encodeURIComponent(String(next))}`,
    "GET /events?limit=1000",
    "GET /audit?limit=1000",
  ])
    judge(route, await as(stranger)(route));
  const stream = await as(stranger, { "last-event-id": "0" })(`GET /runs/${things.run}/events`);
  if (stream.status !== 404) problems.push(`the stream answers ${stream.status}`);
  return problems;
}

/** The question is still there to be answered, the skill to be run. */
export async function judgeUse(
  server: ServerProcess,
  { owner, things }: Treasure,
): Promise<readonly string[]> {
  const run = await askAs(server, owner)(`POST /skills/${things.skill}/run`, {});
  const yes = await server.send(
    `POST /approvals/${things.approval}`,
    { decision: "approve" },
    { authorization: `Bearer ${owner.key}` },
  );
  const told = [String(run["status"]), String(parseBody(yes.text)["status"])];
  return told.every((one) => one === "succeeded")
    ? []
    : [`afterwards the owner is told ${told.join(", ")}: ${yes.text.slice(0, 300)}`];
}
