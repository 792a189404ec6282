// Days counted in several parts, and those before last: all of what is said, or nothing of it.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { DELETE_OLD, MOSCOW, REPORT, aField } from "./test-fields.ts";

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, MOSCOW);

describe("counted in parts", () => {
  check(DELETE_OLD, [
    ["delete drafts older than 2 weeks and 3 days", { before: "2026-11-04" }],
    ["удали черновики старше 2 недель и 3 дней", { before: "2026-11-04" }],
    ["удали черновики старше года и двух месяцев", { before: "2025-09-21" }],
    ["delete drafts older than 1 year, 2 months and 3 days", { before: "2025-09-18" }],
    ["delete drafts older than a year and a half", { before: "2025-05-21" }],
    ["delete drafts older than a week and a half", {}],
    ["удали черновики старше месяца с половиной", {}],
  ]);
  check(
    [aField("date", "date")],
    [
      ["через 2 недели и 3 дня", { date: "2026-12-08" }],
      ["1 month 2 days ago", { date: "2026-10-19" }],
      ["через неделю на 3 дня", { date: "2026-11-28" }],
    ],
  );
  check(REPORT, [["отчёт за последние 2 недели и 3 дня", {}]]);
});

describe("before last", () => {
  check(DELETE_OLD, [
    ["удали черновики до позапрошлого понедельника", {}],
    ["delete drafts before the Monday before last", {}],
    ["удали черновики до позапрошлого года", { before: "2024-01-01" }],
  ]);
  check(REPORT, [
    ["отчёт за позапрошлую неделю", { period: { from: "2026-11-02", to: "2026-11-08" } }],
    ["отчёт за позапрошлый месяц", { period: { from: "2026-09-01", to: "2026-09-30" } }],
    ["report for the week before last", { period: { from: "2026-11-02", to: "2026-11-08" } }],
    ["report for the weekend after next", { period: { from: "2026-12-05", to: "2026-12-06" } }],
    ["отчёт за позапрошлый декабрь", {}],
  ]);
});
