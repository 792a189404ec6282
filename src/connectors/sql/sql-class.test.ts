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
    ['select "delete", `drop`, [update] from "Old quotes"', "read", ["Old quotes"]],
    [
      "with recent as (select * from quotes) select * from recent, customers",
      "read",
      ["quotes", "customers"],
    ],
    ["insert into quotes (number) values (?)", "write", ["quotes"]],
    ["insert or replace into quotes (number) select number from old", "write", ["quotes"]],
    ["replace into quotes values (1)", "write", ["quotes"]],
    ["update or ignore quotes set a = (select max(b) from other)", "write", ["quotes"]],
    ["delete from quotes where status = 'draft' and number in (?, ?)", "delete", ["quotes"]],
    ["select 1;  -- the end", "read", []],
    ["select * from t where a = ${{ input.x ? 1 : 'select ; delete' }}", "read", ["t"]],
    [
      "insert into t select value ->> 'day' from json_each(?) where x not in (select y from t)",
      "write",
      ["t"],
    ],
    ["select replace(account, '.', '') as account from settings limit 1", "read", ["settings"]],
    ["select * from quotes where note = 'it''s; delete'", "read", ["quotes"]],
    ["insert into t (a) values (1) on conflict (a) do update set a = 2", "write", ["t"]],
    ["select value from json_each(?) where x not in (select y from expenses)", "read", ["expenses"]],
    ["select * from (select * from inner_table) x", "read", ["inner_table"]],
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
    ["select '", "read"],
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
