// What a statement reaches, by SQLite's own bytecode: a name can be written in more ways than a text can be searched for, but
// every table is opened by the number of its first page, and every virtual one by its address.
import type { Statement } from "./sql-work.ts";

/** Where the number of a first page stands in each instruction that opens or empties a table, and where its database. */
const OPENS: Readonly<Record<string, readonly [page: "p1" | "p2", database: "p2" | "p3"]>> = {
  OpenRead: ["p2", "p3"],
  OpenWrite: ["p2", "p3"],
  ReopenIdx: ["p2", "p3"],
  Clear: ["p1", "p2"],
};

const OWN =
  "select rootpage as page from sqlite_master where lower(tbl_name) in (select lower(name) from _tables)";
const LISTS = "select 1 from json_each('[]'), json_tree('[]')";

/** Whether it reaches more than imported tables and lists that it was given: our bookkeeping, the schema, the settings. */
export function isReachingOut(sql: SqlStorage, { text, values }: Statement): boolean {
  const program = sql.exec(`explain ${text}`, ...values).toArray();
  const own = new Set(
    sql
      .exec(OWN)
      .toArray()
      .map(({ page }) => page),
  );
  const isOpenedOutside = program.some((instruction) => {
    const [page, database] = OPENS[String(instruction["opcode"])] ?? [];
    if (page === undefined || database === undefined) return false;
    return instruction[database] !== 0 || !own.has(instruction[page] ?? null);
  });
  const virtual = toVirtual(program);
  if (isOpenedOutside || virtual.size === 0) return isOpenedOutside;
  const lists = toVirtual(sql.exec(`explain ${LISTS}`).toArray());
  return [...virtual].some((address) => !lists.has(address));
}

function toVirtual(program: readonly Record<string, SqlStorageValue>[]): Set<SqlStorageValue> {
  return new Set(program.filter(({ opcode }) => opcode === "VOpen").map(({ p4 }) => p4 ?? null));
}
