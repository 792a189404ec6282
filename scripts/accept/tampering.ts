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

/** What each column is read by. */
const COLUMNS = [
  { table: "runs", column: "record", key: "id", route: (id: string) => `GET /runs/${id}` },
  { table: "schedules", column: "input", key: "id", route: (id: string) => `GET /schedules/${id}` },
] as const;

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
  const routes: string[] = [];
  for (const { table, column, key, route } of COLUMNS) {
    const rows = database
      .prepare(
        `select ${key} as id, ${column} as sealed from ${table} where ${column} like 's1.%' order by ${key}`,
      )
      .all() as unknown as Row[]; // Columns as selected.
    const update = database.prepare(`update ${table} set ${column} = ? where ${key} = ?`);
    for (const [at, row] of rows.slice(0, count).entries()) {
      const [name, change] = chance.pick(CHANGES);
      update.run(change(row, rows[(at + 1) % rows.length] ?? row, chance), row.id);
      changed[name] = (changed[name] ?? 0) + 1;
      routes.push(route(row.id));
    }
  }
  database.close();
  await server.start();
  const problems: string[] = [];
  for (const route of routes) {
    const { status, text } = await server.send(route);
    if (status !== 500 || !text.includes('"seal_broken"'))
      problems.push(`${route} of a row that was changed: ${status} ${text.slice(0, 120)}`);
  }
  return { changed, problems };
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
