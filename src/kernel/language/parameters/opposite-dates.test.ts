// Words that turn a date round: what is said of the other side of it, or of what is to stay, is no value.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { DELETE_OLD, MOSCOW, aField } from "./test-fields.ts";

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
