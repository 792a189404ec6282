// What a statement reaches, by SQLite's own bytecode: a name can be written in more ways than a text can be searched for, but
// every table is opened by the number of its first page, and every virtual one by its address.
import { toSmall } from "../../kernel/domain/statement-names.ts";
import type { Statement } from "./sql-work.ts";

/** Where the number of a first page stands in each instruction that opens or empties a table, and where its database. */
const OPENS: Readonly<Record<string, readonly [page: "p1" | "p2", database: "p2" | "p3"]>> = {
  OpenRead: ["p2", "p3"],
  OpenWrite: ["p2", "p3"],
  ReopenIdx: ["p2", "p3"],
  Clear: ["p1", "p2"],
};

const OWN =
  "select rootpage as page, tbl_name as name from sqlite_master where lower(tbl_name) in (select lower(name) from _tables)";
const LISTS = "select 1 from json_each('[]'), json_tree('[]')";

/** The imported tables that it reaches; null: it reaches more than those and lists that it was given: our bookkeeping, the schema, the settings. */
export function findReached(sql: SqlStorage, { text, values }: Statement): ReadonlySet<string> | null {
  const program = sql.exec(`explain ${text}`, ...values).toArray();
  const own = new Map(
    sql
      .exec(OWN)
      .toArray()
      .map(({ page, name }) => [page, toSmall(String(name))]),
  );
  const opened = program.flatMap((instruction) => {
    const [page, database] = OPENS[String(instruction["opcode"])] ?? [];
    if (page === undefined || database === undefined) return [];
    return [instruction[database] === 0 ? own.get(instruction[page] ?? null) : undefined];
  });
  const reached = new Set(opened.filter((name) => name !== undefined));
  if (opened.includes(undefined) || !hasOnlyLists(sql, program)) return null;
  return reached;
}

function hasOnlyLists(sql: SqlStorage, program: readonly Record<string, SqlStorageValue>[]): boolean {
  const virtual = toVirtual(program);
  if (virtual.size === 0) return true;
  const lists = toVirtual(sql.exec(`explain ${LISTS}`).toArray());
  return [...virtual].every((address) => lists.has(address));
}

function toVirtual(program: readonly Record<string, SqlStorageValue>[]): Set<SqlStorageValue> {
  return new Set(program.filter(({ opcode }) => opcode === "VOpen").map(({ p4 }) => p4 ?? null));
}
