import { expect, it } from "vitest";
import { aSkill, NOW } from "../../../test/builders.ts";
import { decideInput } from "../stages/input.ts";
import { findRecurrence } from "./recurrence.ts";

it("is no date of what is asked", () => {
  const skill = aSkill({ input: [{ name: "date", type: "date", ask: "When?", optional: true }] });
  const read = (query: string) => {
    const around = { now: NOW, tenant: { timeZone: "Europe/Moscow", currency: "RUB" } };
    const decided = decideInput(skill, { query, input: {}, files: [], locale: null }, around);
    return "values" in decided ? decided.values : null;
  };
  expect(read("every Monday at 9 show the dollar rate")).toEqual({ date: null });
  expect(read("show the dollar rate on Monday")).not.toEqual({ date: null });
});

it.each([
  ["каждый день в 9 утра присылай курс доллара", "0 9 * * *", "присылай курс доллара"],
  ["присылай курс доллара каждое утро", "0 9 * * *", "присылай курс доллара"],
  ["Каждый понедельник в 8:30 покажи курс юаня", "30 8 * * 1", "покажи курс юаня"],
  ["по пятницам в 6 вечера присылай тендеры", "0 18 * * 5", "присылай тендеры"],
  ["по будням, в 10 часов, показывай курс евро", "0 10 * * 1-5", "показывай курс евро"],
  ["курс евро ежедневно в 21:05", "5 21 * * *", "курс евро"],
  ["в 7 утра каждый вторник курс доллара", "0 7 * * 2", "курс доллара"],
  ["каждый месяц показывай расходы", "0 9 1 * *", "показывай расходы"],
  ["каждый час проверяй тендеры", "0 * * * *", "проверяй тендеры"],
  ["every Monday at 9 show the dollar rate", "0 9 * * 1", "show the dollar rate"],
  ["send me the dollar rate every morning", "0 9 * * *", "send me the dollar rate"],
  ["show the euro rate each weekday at 7:15 pm", "15 19 * * 1-5", "show the euro rate"],
  ["at 12 am every day show the rates", "0 0 * * *", "show the rates"],
  ["new tenders on Fridays at 5pm", "0 17 * * 5", "new tenders"],
  ["every week find seafood tenders", "0 9 * * 1", "find seafood tenders"],
])("%s", (text, cron, rest) => {
  expect(findRecurrence(text)).toEqual({ cron, rest });
});

it.each([
  "курс доллара в понедельник",
  "the dollar rate on Monday",
  "next Monday at 9",
  "покажи расходы за каждую статью",
  "everyday oysters",
  "удали все черновики",
  "",
])("%s is said once, or at no time", (text) => {
  expect(findRecurrence(text)).toBeNull();
});
