// The store object: what SQLite itself says of a statement, held to what was claimed and agreed.
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { parseSql } from "../../src/connectors/sql/sql-class.ts";
import type { Entity } from "../../src/kernel/domain/effect.ts";
import type { SqlStatement } from "../../src/kernel/ports/tenant-store.ts";
import { aTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  const rows = Array.from({ length: 5 }, (_, n) => ({ number: n + 1, status: n < 3 ? "draft" : "sent" }));
  await tenant.tables.importTable("quotes", rows, "own");
});

const DELETE = "delete from quotes where status = 'draft'";

function aStatement(text: string, changes: Partial<SqlStatement> = {}): SqlStatement {
  const word = text.trim().slice(0, 6);
  const meant = word === "delete" ? "delete" : word === "select" ? "read" : "write";
  const { table, tables } = toTables(text);
  return {
    text,
    values: [],
    class: meant,
    table: meant === "read" ? null : table,
    tables,
    maxRows: null,
    ...changes,
  };
}

function toTables(text: string): Pick<SqlStatement, "table" | "tables"> {
  const meaning = parseSql(text);
  return meaning.means === "nothing" ? { table: null, tables: [] } : meaning;
}

async function numbers(): Promise<unknown[]> {
  const answer = await tenant.tables.run(aStatement("select number from quotes order by number"), null, null);
  return "refused" in answer ? [] : answer.rows.map((row) => row["number"]);
}

async function planned(text: string): Promise<readonly Entity[]> {
  const preview = await tenant.tables.preview(aStatement(text));
  if ("refused" in preview) throw new Error(preview.refused);
  return preview.entities;
}

describe("a statement that claims to read", () => {
  it.each([
    "update quotes set status = 'gone' returning number",
    "delete from quotes returning number",
    "insert into quotes (number) values (9) returning number",
  ])("and writes is undone: %s", async (text) => {
    expect(await tenant.tables.run(aStatement(text, { class: "read" }), null, null)).toEqual({
      refused: "not_a_read",
    });
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("sees bound values as values, never as text", async () => {
    const values = ["draft' or 1=1 --"];
    const answer = await tenant.tables.run(
      aStatement("select number from quotes where status = ?", { values }),
      null,
      null,
    );
    expect(answer).toMatchObject({ rows: [] });
  });
});

describe("a statement that would take very long", () => {
  const run = (text: string, values: readonly unknown[] = []) =>
    tenant.tables.run(aStatement(text, { class: "read", values }), null, null);
  const LIST = JSON.stringify(Array.from({ length: 30_000 }, () => 1));

  beforeEach(async () => {
    const rows = Array.from({ length: 600 }, (_, n) => ({ id: n, day: n % 30 }));
    await tenant.tables.importTable("sales", rows, "own");
  });

  it.each([
    ["a cross join", "select count(*) from sales a, sales b, sales c"],
    [
      "a join on nothing equal",
      "select count(*) from sales a join sales b join sales as c on a.id > b.id + c.id",
    ],
    [
      "a question for each row of two",
      "select (select max(id) from sales c where c.id > a.id) from sales a, sales b",
    ],
    ["tables of its own", "with n as (select distinct id from sales) select count(*) from n, n m, sales s"],
    ["a branch", "select 1 union all select count(*) from sales a, sales b, sales c"],
    ["a cross join in brackets", "select count(*) from (sales), (sales) b, (sales) c"],
    ["a list that is given", "select count(*) from json_each(?1) a, json_each(?1) b"],
  ])("is refused before it runs: %s", async (_, text) => {
    expect(await run(text, text.includes("?1") ? [LIST] : [])).toMatchObject({
      refused: "sql_error",
      message: expect.stringContaining("more than 100 million: join tables on equal columns"),
    });
  });

  it("is refused where it could go on for ever, whatever it is called", async () => {
    const text = "with n(i) as (values (1) union all select i + 1 from n) select count(*) from n";
    expect(await run(text)).toMatchObject({ message: expect.stringContaining("may never end") });
    const write = `insert into quotes (number) ${text.replace("count(*)", "max(i)")}`;
    for (const what of [
      await tenant.tables.preview(aStatement(write)),
      await tenant.tables.run(aStatement(write), "k", null),
    ])
      expect(what).toMatchObject({ message: expect.stringContaining("may never end") });
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    "select sum(a.day) as n from sales a join sales b on a.id = b.id join sales c on b.id = c.id join sales d on d.id = c.id",
    "with total as (select sum(day) as days from sales) select sum(day * 1.0 / days) as n from sales, total",
    "select count(*) as n from sales, quotes q, json_each('[1, 2]')",
    "select count(*) as n from sales where day in (select day from sales where id < 10)",
  ])("is none of these: %s", async (text) => {
    expect(await run(text)).toMatchObject({ rows: [{ n: expect.any(Number) }] });
  });

  it.each([
    ["a text", "select length(randomblob(100000000))", "sql_error"],
    ["zeros", "select length(zeroblob(1000000000))", "sql_error"],
    ["a pattern", `select 'x' like '${"%a".repeat(50)}'`, "sql_error"],
    // This database has no such function, and looks for a table.
    ["a series", "select count(*) from generate_series(1, 1000000000)", "no_table"],
  ])("is refused by the database: %s", async (_, text, refused) => {
    expect(await run(text)).toMatchObject({ refused });
  });
});

describe("what is no table of the tenant", () => {
  const READS = [
    "select * from '_done'",
    "select * from ('_tables')",
    'select * from "_done"',
    "select * from [_done]",
    "select * from `_done`",
    "select * from main.'_done'",
    "select * from 'main'.'sqlite_master'",
    "select * from sqlite_schema",
    "select * from temp.sqlite_master",
    "select * from quotes, '_tables' as t",
    "select * from quotes join/**/'_tables' on 1",
    "select * from pragma_table_list",
    "select * from 'pragma_table_info'('_done') as json_each",
    "select 1 from quotes where exists (select 1 from '_done')",
    "with quotes as (select key from '_done') select * from quotes",
    "with a as (select 1) select (select max(key) from ('_done') b, a)",
  ];

  it.each(READS)("is not read: %s", async (text) => {
    expect(await tenant.tables.run(aStatement(text, { class: "read" }), null, null)).toMatchObject({
      refused: "sql_error",
    });
  });

  it.each([
    "update quotes set status = (select group_concat(name) from 'sqlite_master')",
    "insert into quotes (status) select key from '_done'",
    "delete from '_done'",
    "delete from '_done' where key = 'k'",
    "insert into '_done' values ('k', 'forged')",
    "update '_tables' set origin = 'own'",
  ])("is neither written nor copied: %s", async (text) => {
    const statement = aStatement(text, { class: "write" });
    for (const what of [
      await tenant.tables.run(statement, "k1", null),
      await tenant.tables.preview(statement),
    ])
      expect(what).toMatchObject({ refused: "sql_error" });
  });

  it.each([
    "select '_done' as n, 'sqlite_master' as m from quotes",
    "select n from (select '_tables' as n from 'quotes')",
    "select q.number as n from quotes q where number in (select value from json_each('[1, 2]'))",
    "select count(*) as n from json_tree('[1]')",
    "with a as (select 1 as n) select n from a order by n",
    "select distinct status as n from quotes group by status order by max(number)",
  ])("is not taken for one: %s", async (text) => {
    expect(await tenant.tables.run(aStatement(text, { class: "read" }), null, null)).toHaveProperty("rows");
  });

  it("is no table that a statement does not say it touches", async () => {
    await tenant.tables.importTable("Payees", [{ account: 1 }], "own");
    const all = ["select * from 'payees'", "update quotes set status = (select max(account) from PAYEES)"];
    for (const text of all) {
      const told = aStatement(text);
      expect(await tenant.tables.run(told, null, null)).toHaveProperty("rows");
      expect(await tenant.tables.run({ ...told, tables: ["quotes"] }, null, null)).toEqual({
        refused: "untold_table",
        table: "payees",
      });
    }
  });

  it("is looked at anew when tables have come and gone", async () => {
    const read = aStatement("select count(*) as n from quotes");
    for (const n of [1, 2, 3]) {
      await tenant.tables.importTable(`other${n}`, [{ n }], "own");
      await tenant.tables.importTable(
        "quotes",
        Array.from({ length: n }, () => ({ number: n })),
        "own",
      );
      expect(await tenant.tables.run(read, null, null)).toMatchObject({ rows: [{ n }] });
    }
  });
});

describe("a preview", () => {
  it("names what would be touched and leaves no trace", async () => {
    const entities = await planned(DELETE);
    expect(entities.map(({ id }) => id)).toEqual(["quotes:1", "quotes:2", "quotes:3"]);
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("shows an update before and after", async () => {
    const [first] = await planned("update quotes set status = 'paid' where number = 4");
    expect(first).toMatchObject({ before: { status: "sent" }, after: { number: 4, status: "paid" } });
    expect(await planned("update quotes set status = 'paid' where number = 4")).toHaveLength(1);
  });
});

describe("a write with a key", () => {
  it("is done once, also by twenty at once and after an eviction, with the same answer", async () => {
    const insert = aStatement("insert into quotes (number, status) values (7, 'new')");
    const write = () => tenant.tables.run(insert, "run_0_a:one:1", null);
    const answers = await Promise.all(Array.from({ length: 20 }, write));
    await evictDurableObject(tenant.store);
    answers.push(await write());
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await numbers()).filter((number) => number === 7)).toHaveLength(1);
  });

  it("that was refused leaves its key free", async () => {
    const broken = aStatement("insert into quotes (nothing) values (1)");
    expect(await tenant.tables.run(broken, "k", null)).toMatchObject({ refused: "sql_error" });
    const right = aStatement("insert into quotes (number) values (8)");
    expect(await tenant.tables.run(right, "k", null)).toMatchObject({ changes: 1 });
  });

  it("touches no more rows than it may", async () => {
    const answer = await tenant.tables.run(aStatement(DELETE, { maxRows: 2 }), "k", null);
    expect(answer).toEqual({ refused: "too_many_rows", rows: 3 });
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a write that was agreed to", () => {
  it("skips the rows that were left out, and leaves no trigger behind", async () => {
    const entities = await planned(DELETE);
    const agreed = { entities, excluded: ["quotes:2"] };
    expect(await tenant.tables.run(aStatement(DELETE), "k", agreed)).toMatchObject({ changes: 2 });
    expect(await numbers()).toEqual([2, 4, 5]);
    expect(await tenant.tables.run(aStatement(DELETE), "k2", null)).toMatchObject({ changes: 1 });
  });

  it("is not done at all when all it would add was left out", async () => {
    const statement = "insert into quotes (number) values (8), (9)";
    const entities = await planned(statement);
    const agreed = { entities, excluded: entities.map(({ id }) => id) };
    expect(await tenant.tables.run(aStatement(statement), "k", agreed)).toMatchObject({ changes: 0 });
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("is held to it whatever it returns", async () => {
    const statement = `${DELETE} returning number as gone`;
    const entities = await planned(statement);
    expect(entities).toMatchObject([{ id: "quotes:1", before: { number: 1 } }, { id: "quotes:2" }, {}]);
    const done = await tenant.tables.run(aStatement(statement), "k", { entities, excluded: ["quotes:2"] });
    expect(done).toMatchObject({ changes: 2, rows: [{ gone: 1 }, {}] });
    expect(await numbers()).toEqual([2, 4, 5]);
  });

  it.each([
    ["a row was added", "insert into quotes (number, status) values (6, 'draft')"],
    ["a row is gone", "delete from quotes where number = 1"],
    ["a row is not what it was", "update quotes set status = 'draft', number = 11 where number = 1"],
  ])("stops, with nothing done, when %s", async (_, meanwhile) => {
    const entities = await planned(DELETE);
    await tenant.tables.run(aStatement(meanwhile), null, null);
    const before = await numbers();
    const answer = await tenant.tables.run(aStatement(DELETE), "k", { entities, excluded: [] });
    expect(answer).toMatchObject({ refused: "drift" });
    expect(await numbers()).toEqual(before);
  });
});

it("keeps its own bookkeeping from an imported table", async () => {
  const broken = await tenant.tables.importTable("a b; drop", [{ x: 1 }], "own");
  expect(broken).toMatchObject({ refused: "sql_error" });
  const wrong = await tenant.tables.importTable("quotes", [{ "x); drop table quotes; --": 1 }], "own");
  expect(wrong).toMatchObject({ refused: "sql_error" });
  expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
});
