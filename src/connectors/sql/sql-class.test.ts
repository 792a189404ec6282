import { describe, expect, it } from "vitest";
import { parseSql } from "./sql-class.ts";

describe("what a statement means", () => {
  it.each([
    ["select * from batches order by received_at desc limit 1", "read", ["batches"]],
    ["SELECT a.x FROM a JOIN b ON a.id = b.id", "read", ["a", "b"]],
    [
      "select a.iata, b.iata from cities a, cities b, settings s where a.ru = ?",
      "read",
      ["cities", "settings"],
    ],
    ["select 1", "read", []],
    ["values (1), (2)", "read", []],
    ["-- delete from quotes\n/* drop table x */ select 1 from t", "read", ["t"]],
    ["select 'delete from quotes; drop table x' from t", "read", ["t"]],
    ['select "delete", `drop`, [update] from "Old quotes"', "read", ["old quotes"]],
    [
      "with recent as (select * from quotes) select * from recent, customers",
      "read",
      ["quotes", "customers"],
    ],
    ["insert into quotes (number) values (?)", "write", ["quotes"]],
    ["insert or replace into quotes (number) select number from old", "write", ["quotes", "old"]],
    ["replace into quotes values (1)", "write", ["quotes"]],
    ["update or ignore quotes set a = (select max(b) from other)", "write", ["quotes", "other"]],
    ["delete from quotes where status = 'draft' and number in (?, ?)", "delete", ["quotes"]],
    ["select 1;  -- the end", "read", []],
    ["select * from t where a = ${{ input.x ? 1 : 'select ; delete' }}", "read", ["t"]],
    [
      "insert into t select value ->> 'day' from json_each(?) where x not in (select y from t) and z in payees",
      "write",
      ["t", "payees"],
    ],
    ["select replace(account, '.', '') as account from settings limit 1", "read", ["settings"]],
    ["select * from quotes where note = 'it''s; delete'", "read", ["quotes"]],
    ["insert into t (a) values (1) on conflict (a) do update set a = 2", "write", ["t"]],
    ["select value from json_each(?) where x not in (select y from expenses)", "read", ["expenses"]],
    ["select * from (select * from inner_table) x", "read", ["inner_table"]],
    ["insert into t (a) values (1) returning (select max(x) from payees)", "write", ["t", "payees"]],
    ["update t set a = 1 from payees p, b where p.id = t.id", "write", ["t", "payees", "b"]],
    ["insert into t with n as (select x from payees) select x from n", "write", ["t", "payees"]],
    ["delete from t where 'x' in 'payees' and y not in main.[b]", "delete", ["t", "payees", "b"]],
    ["select * from (payees)", "read", ["payees"]],
    ["select * from ((a) left join b on true), (select 1 from c), d", "read", ["a", "b", "c", "d"]],
    ["select a is not distinct from payees from t", "read", ["t"]],
    ["select 1 from a window, b", "read", ["a", "b"]],
    ["select row_number() over w from a window w as (order by x), v as (order by y)", "read", ["a"]],
    // A name that the statement gives itself means that where it is given, and nowhere else.
    ["with payees as (select 1) select * from main.payees", "read", ["payees"]],
    ["select * from (with payees as (select 1) select * from payees), payees", "read", ["payees"]],
    ["select * from (with b(x) as not materialized (select 1) select * from b) x", "read", []],
    ["select a from payees union select b from quotes where x in (?, ?)", "read", ["payees", "quotes"]],
    // Only these letters have small ones in SQLite.
    ["select * from КЛИЕНТЫ, Payees", "read", ["КЛИЕНТЫ", "payees"]],
    ["update Клиенты set a = 1", "write", ["Клиенты"]],
  ])("%s", (text, means, tables) => {
    expect(parseSql(text)).toMatchObject({ means, tables });
  });

  it.each([
    ["", "empty"],
    ["  -- only a comment", "empty"],
    ["create table x (a)", "keyword"],
    ["drop table quotes", "keyword"],
    ["pragma table_info(x)", "keyword"],
    ["attach 'file' as other", "keyword"],
    ["alter table x add y", "keyword"],
    ["begin", "keyword"],
    ["explain select 1", "keyword"],
    ["vacuum", "keyword"],
    ["(select 1)", "keyword"],
    ["with a as (select 1)", "keyword"],
    ["select 1; delete from quotes", "several"],
    ["select 1;; select 2", "several"],
    ["select '", "unclear"],
    ['select * from "payees', "unclear"],
    ["select * from other.payees", "unclear"],
    ["select * from temp.payees", "unclear"],
    ["select * from ${{ input.table }}", "unclear"],
    ["select * from ?", "unclear"],
    ["select * from generate_series(1, 9)", "unclear"],
    ["select * from 'pragma_table_info'('_done') as json_each", "unclear"],
    ["select * from main.json_each('[]')", "unclear"],
    ["select * from '_done'", "unclear"],
    ["select * from t where a = :name", "unclear"],
    ["select * from t where a = $name(select)", "unclear"],
    ["select * from \ufeffpayees", "unclear"],
    ["select * from\vpayees", "unclear"],
    ["select 1 \0 from payees", "unclear"],
    // What a person could not be shown, or could never end.
    ["with recursive n(i) as (values (1) union all select i + 1 from n) select i from n", "keyword"],
    ["with a as (select 1) delete from quotes where id in (select * from a)", "keyword"],
    ["with replace as (select 1) delete from quotes", "keyword"],
    ["delete from [quotes]", "keyword"],
    ["delete from `quotes`", "keyword"],
    ["delete from 'quotes'", "keyword"],
    ["delete from main.quotes", "keyword"],
    ["select * from _done", "keyword"],
    ["update _tables set origin = 'own'", "keyword"],
    ["select * from sqlite_master", "keyword"],
    ['select * from "pragma_table_list"', "keyword"],
  ])("%s is not run as anything else", (text, why) => {
    const meaning = parseSql(text);
    expect(meaning.means === "nothing" ? meaning.why : meaning.means).toBe(why);
  });

  it.each([
    ["delete from quotes -- old ones", "delete from quotes"],
    ["delete from quotes /* and more", "delete from quotes"],
    ["/* first */ update quotes set a = '-- kept';", "update quotes set a = '-- kept'"],
  ])("%s is run without what could hide a part of it", (text, statement) => {
    expect(parseSql(text)).toMatchObject({ statement });
  });
});

describe("however a table is named", () => {
  const SPACES = [" ", "\n", "\t", "\f", "\r\n", "/* , x */", " -- from x\n", "/**/"];
  const NAMES = ["payees", "Payees", "PAYEES", "pAyEeS"];
  const QUOTED = NAMES.flatMap((name) => [name, `"${name}"`, `[${name}]`, `\`${name}\``, `'${name}'`]);
  const WAYS = QUOTED.flatMap((name) => [name, `main.${name}`, `"MAIN" . ${name}`, `[main]./**/${name}`]);
  const READS = ["select a from @", "SELECT a FROM (@) p", "select a Join @ on 1", "select 1 where x iN @"];
  const within = (read: string) => [
    `insert into quotes (a) ${read}`,
    `update quotes set a = (${read})`,
    `delete from "Quotes" where a not in (${read})`,
    `replace into quotes (a) values (1) returning (${read})`,
  ];

  it.each(READS)("its one name is told: %s", (read) => {
    for (const way of WAYS)
      for (const space of SPACES) {
        const put = (text: string) => text.replaceAll(" ", space).replace("@", way);
        const told = [read, ...within(read)].map(put).map((text) => ({ text, ...parseSql(text) }));
        const [alone, ...writes] = told;
        expect(alone).toMatchObject({ table: null, tables: ["payees"] });
        for (const write of writes)
          expect(write).toMatchObject({ text: write.text, table: "quotes", tables: ["quotes", "payees"] });
      }
  });
});
