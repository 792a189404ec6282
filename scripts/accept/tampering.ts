// Somebody who can write to the database: exchanges sealed values, changes signs of them, puts clear text in their place. Each
// read of such a row must say so, and none may give anything else.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Chance } from "../lib/chance.ts";
import type { ServerProcess } from "../lib/server-process.ts";

export interface Tampered {
  readonly changed: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

interface Row {
  readonly id: string;
  readonly sealed: string;
}

interface Column {
  readonly table: string;
  readonly column: string;
  /** What its rows are told by; and where only some of them are read by these routes. */
  readonly key: string;
  readonly where?: string;
  /** Reads one: a changed one is 500, its neighbour is not. */
  readonly one?: (id: string) => string;
  /** Lists all: a changed one is told as such, its neighbours are as they were. */
  readonly list?: (server: ServerProcess) => Promise<Listed>;
}

interface Listed {
  readonly all: ReadonlySet<string>;
  readonly broken: ReadonlySet<string>;
}

/** Those of docs/encryption.md that stand in the database and are read by anybody; files' names in it are read by nobody. */
const COLUMNS: readonly Column[] = [
  { table: "runs", column: "record", key: "id", one: (id) => `GET /runs/${id}` },
  { table: "runs", column: "query", key: "id", list: listRuns },
  {
    ...{ table: "schedules", column: "input", key: "id" },
    one: (id) => `GET /schedules/${id}`,
    list: (server) => listBy(server, "GET /schedules", ["schedules", "id"]),
  },
  {
    ...{ table: "webhooks", column: "secret", key: "id" },
    list: (server) => listBy(server, "GET /webhooks", ["webhooks", "id"]),
  },
  {
    ...{ table: "secrets", column: "value", key: "name" },
    list: (server) => listBy(server, "GET /secrets", ["secrets", "name"]),
  },
  {
    ...{ table: "deliveries", column: "input", key: "event_id", where: "webhook = 'canary'" },
    list: (server) => listBy(server, "GET /webhooks/canary/deliveries?limit=200", ["deliveries", "event_id"]),
  },
  {
    ...{ table: "deliveries", column: "problem", key: "event_id", where: "webhook = 'canary-bad'" },
    list: (server) =>
      listBy(server, "GET /webhooks/canary-bad/deliveries?limit=200", ["deliveries", "event_id"]),
  },
  { table: "feedback", column: "query", key: "id", list: listCorrections },
];

type Rows = readonly Readonly<Record<string, unknown>>[];

async function listBy(
  server: ServerProcess,
  route: string,
  [name, key]: readonly [string, string],
): Promise<Listed> {
  const rows = (await server.ask(route))[name] as Rows; // As each list answers.
  return toListed(rows, key);
}

function toListed(rows: Rows, key: string): Listed {
  const broken = rows.filter((row) => row["sealed"] === "broken");
  return {
    all: new Set(rows.map((row) => String(row[key]))),
    broken: new Set(broken.map((row) => String(row[key]))),
  };
}

const PAGE = 200;

async function listRuns(server: ServerProcess): Promise<Listed> {
  const found: Record<string, unknown>[] = [];
  for (let before = ""; ; ) {
    const rows = (await server.ask(`GET /runs?limit=${PAGE}${before}`))["runs"] as Rows; // As the operation answers.
    found.push(...rows);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return toListed(found, "run_id");
    before = `&before=${encodeURIComponent(String(last["created_at"]))}`;
  }
}

/** They are listed nowhere; what routing does without is told with the skills. */
async function listCorrections(server: ServerProcess): Promise<Listed> {
  const { broken = [] } = await server.ask("GET /skills");
  const rows = (broken as Rows).filter(({ column }) => column === "feedback.query");
  const ids = new Set(rows.map(({ row }) => String(row)));
  return { all: ids, broken: ids };
}

type Change = (row: Row, other: Row, chance: Chance) => string;

const CHANGES: readonly [readonly [string, Change], ...(readonly [string, Change])[]] = [
  ["swapped", (_, other) => other.sealed],
  ["altered", ({ sealed }, _, chance) => flip(sealed, chance)],
  ["cut", ({ sealed }, _, chance) => sealed.slice(0, -chance.between(1, 30))],
  ["of another version", ({ sealed }) => sealed.replace(/^s1\.\d+\./, "s1.99.")],
  ["in clear", () => '{"id":"x","note":"not sealed"}'],
  ["empty", () => ""],
];

function flip(sealed: string, chance: Chance): string {
  // The last sign of base64 may hold bits that mean nothing.
  const at = chance.between(sealed.lastIndexOf(".") + 1, sealed.length - 2);
  return `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
}

/** The server is down meanwhile: two processes do not share these files. */
export async function judgeTampering(
  server: ServerProcess,
  count: number,
  chance: Chance,
): Promise<Tampered> {
  await server.crash();
  const database = openDatabase(join(server.stateDir));
  const changed: Record<string, number> = {};
  const done = COLUMNS.map((column) => changeRows(database, column, { count, chance, changed }));
  database.close();
  await server.start();
  const problems: string[] = [];
  for (const [at, column] of COLUMNS.entries()) {
    const { ids, neighbours } = done[at] ?? { ids: [], neighbours: [] };
    const name = `${column.table}.${column.column}`;
    if (ids.length === 0 || neighbours.length === 0)
      problems.push(`${name}: no row to change, or none beside it`);
    if (column.one) problems.push(...(await judgeOne(server, column.one, { ids, neighbours })));
    if (column.list) problems.push(...judgeList(name, await column.list(server), { ids, neighbours }));
  }
  return { changed, problems };
}

interface Done {
  readonly ids: readonly string[];
  readonly neighbours: readonly string[];
}

/** Every second row, so that each has one beside it that nobody touched. */
function changeRows(
  database: DatabaseSync,
  { table, column, key, where = "true" }: Column,
  how: { readonly count: number; readonly chance: Chance; readonly changed: Record<string, number> },
): Done {
  const rows = database
    .prepare(
      `select ${key} as id, ${column} as sealed from ${table} where ${column} like 's1.%' and ${where} order by ${key}`,
    )
    .all() as unknown as Row[]; // Columns as selected.
  const update = database.prepare(`update ${table} set ${column} = ? where ${key} = ? and ${where}`);
  const chosen = rows.filter((_, at) => at % 2 === 0 && at + 1 < rows.length).slice(0, how.count);
  for (const row of chosen) {
    const [name, change] = how.chance.pick(CHANGES);
    update.run(change(row, rows[rows.indexOf(row) + 1] ?? row, how.chance), row.id);
    how.changed[`${table}.${column}`] = (how.changed[`${table}.${column}`] ?? 0) + 1;
    how.changed[name] = (how.changed[name] ?? 0) + 1;
  }
  const touched = new Set(chosen.map(({ id }) => id));
  return { ids: [...touched], neighbours: rows.map(({ id }) => id).filter((id) => !touched.has(id)) };
}

async function judgeOne(
  server: ServerProcess,
  toRoute: (id: string) => string,
  { ids, neighbours }: Done,
): Promise<string[]> {
  const problems: string[] = [];
  for (const id of ids) {
    const { status, text } = await server.send(toRoute(id));
    if (status !== 500 || !text.includes('"seal_broken"'))
      problems.push(`${toRoute(id)} of a row that was changed: ${status} ${text.slice(0, 120)}`);
  }
  for (const id of neighbours.slice(0, ids.length)) {
    const { status, text } = await server.send(toRoute(id));
    if (status !== 200) problems.push(`${toRoute(id)} beside a changed row: ${status} ${text.slice(0, 120)}`);
  }
  return problems;
}

function judgeList(name: string, { all, broken }: Listed, { ids, neighbours }: Done): string[] {
  const untold = ids.filter((id) => all.has(id) && !broken.has(id));
  const unlisted = ids.filter((id) => !all.has(id));
  const hurt = neighbours.filter((id) => broken.has(id));
  return [
    ...untold.map((id) => `${name} ${id} was changed, and the list shows it as whole`),
    ...unlisted.map((id) => `${name} ${id} was changed, and is not in the list`),
    ...hurt.map((id) => `${name} ${id} was not changed, and is told as broken`),
  ];
}

/** As if a minute had gone by since keys were made. */
export async function ageKeys(server: ServerProcess): Promise<void> {
  await server.crash();
  const database = openDatabase(join(server.stateDir));
  database.prepare("update tenant_keys set created_at = created_at - 60001").run();
  database.close();
  await server.start();
}

function openDatabase(stateDir: string): DatabaseSync {
  for (const name of readdirSync(stateDir, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".sqlite") || !name.includes("d1")) continue;
    const database = new DatabaseSync(join(stateDir, name));
    const found = database.prepare("select 1 from sqlite_master where name = 'tenant_keys'").get();
    if (found) return database;
    database.close();
  }
  throw new Error("There is no database of D1 in the state directory.");
}
