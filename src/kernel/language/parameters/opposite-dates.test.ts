// Words that turn a date round: what is said of the other side of it, or of what is to stay, is no value.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { DELETE_OLD, FLIGHTS, HOTELS, MOSCOW, aField } from "./test-fields.ts";

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, MOSCOW);

const JUNE = "2026-06-01";

describe("the other side of a limit is asked for", () => {
  check(
    DELETE_OLD,
    [
      "удали черновики КП новее 1 июня 2026",
      "удали черновики не старше 1 июня 2026",
      "удали черновики не старше, чем 1 июня 2026",
      "удали черновики не до 1 июня 2026",
      "удали черновики после 1 июня 2026",
      "удали черновики от 1 июня 2026 и позже",
      "удали черновики, созданные 1 июня 2026 или позднее",
      "удали черновики не старше 30 дней",
      "delete draft quotes not older than 1 June 2026",
      "delete draft quotes no older than the 1st of June 2026",
      "delete drafts newer than 1 June 2026",
      "delete drafts not created before 1 June 2026",
      "delete drafts that aren't older than 1 June 2026",
      "delete drafts that weren’t created before 1 June 2026",
      "delete drafts of 1 June 2026 or later",
      "delete drafts of 1 June 2026 onwards",
      "delete drafts not older than 30 days",
    ].map((query) => [query, {}] as const),
  );
  check(
    [aField("after", "date")],
    [
      "покажи КП старше 1 июня 2026",
      "quotes not newer than 1 June 2026",
      "quotes of 1 June 2026 or earlier",
    ].map((query) => [query, {}] as const),
  );
});

describe("what is to stay is no value", () => {
  check(
    DELETE_OLD,
    [
      "удали черновики КП, кроме созданных до 1 июня 2026",
      "удали все черновики, за исключением тех, что до 1 июня 2026",
      "delete all drafts except those created before 1 June 2026",
      "delete drafts, but not before 1 June 2026",
      "удали все черновики КП, оставь созданные до 1 июня",
      "удали черновики КП, но не трогай старше 1 июня",
      "удали черновики КП без тех, что до 1 июня",
      "delete all draft quotes but keep those older than 1 June",
      "delete draft quotes, leaving those before 1 June",
      "delete drafts, don't touch those older than 1 June",
      "delete draft quotes other than those before 1 June",
      "list drafts except quotes made before 1 June",
      "list drafts apart from quotes made before 1 June",
      "list drafts but not the quotes made before 1 June",
      "list drafts other than quotes made before 1 June",
    ].map((query) => [query, {}] as const),
  );
});

describe("a stretch is no limit", () => {
  check(
    DELETE_OLD,
    [
      "удали черновики старше 1 июня, но не старше 1 марта",
      "delete drafts created after 1 March and before 1 June 2026",
    ].map((query) => [query, {}] as const),
  );
});

describe("its own side is taken", () => {
  check(DELETE_OLD, [
    ["удали черновики не новее 1 июня 2026", { before: JUNE }],
    ["удали черновики не позже 1 июня 2026", { before: JUNE }],
    ["удали черновики от 1 июня 2026 и старше", { before: JUNE }],
    ["delete drafts not newer than 1 June 2026", { before: JUNE }],
    ["delete drafts older than the 1st of June 2026", { before: JUNE }],
  ]);
  check(
    [aField("after", "date")],
    [
      ["покажи КП новее 1 июня 2026", { after: JUNE }],
      ["quotes not older than 1 June 2026", { after: JUNE }],
      ["quotes of 1 June 2026 or later", { after: JUNE }],
    ],
  );
});

describe("who leaves somewhere excludes nothing", () => {
  check(FLIGHTS, [
    ["flights to Sochi leaving Moscow on 5 December", { from: "Moscow", to: "Sochi", date: "2026-12-05" }],
  ]);
  check(HOTELS, [
    [
      "отель в Сочи без завтрака с 5 по 10 декабря",
      { city: "Сочи", dates: { from: "2026-12-05", to: "2026-12-10" } },
    ],
  ]);
});
