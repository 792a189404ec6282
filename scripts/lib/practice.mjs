// Practice data: the tables that the bundled skills read until people import their own. Loaded once per state.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { call } from "./client.mjs";
import { listTables } from "./list-files.mjs";
import { dataDir } from "./runtime-wish.mjs";

/** Beside the data it speaks of: who removes the data removes this too. @param {string} stateDir */
const listFile = (stateDir) => join(dataDir(stateDir), "practice-tables.json");

/** @param {string} stateDir @returns {string[]} */
function loadedTables(stateDir) {
  return existsSync(listFile(stateDir)) ? JSON.parse(readFileSync(listFile(stateDir), "utf8")) : [];
}

/**
 * @param {import("./client.mjs").Credentials} credentials
 * @param {{ stateDir: string, directory: string }} places
 * @returns {Promise<{ table: string, rows: number }[]>} what was loaded now
 */
export async function loadPracticeTables(credentials, { stateDir, directory }) {
  const before = loadedTables(stateDir);
  const missing = listTables(directory).filter((table) => !before.includes(table));
  if (missing.length === 0) return [];
  const loaded = await Promise.all(
    missing.map(async (table) => {
      const text = readFileSync(join(directory, `${table}.csv`), "utf8");
      const route = `POST /data/${table}?origin=practice`;
      const { status, body } = await call(credentials, route, { text, type: "text/csv" });
      if (status !== 200)
        throw new Error(`Practice table ${table}: ${status} ${body.detail ?? body.title ?? body}`);
      return { table, rows: Number(body.rows) };
    }),
  );
  mkdirSync(dirname(listFile(stateDir)), { recursive: true });
  writeFileSync(listFile(stateDir), JSON.stringify([...before, ...missing]));
  return loaded;
}
