import { expect, it } from "vitest";
import { toRepeatCommand } from "./repeat-command.ts";

it("names the skill, the rhythm and the values that hold every time", () => {
  const understood = [
    { name: "currencies", value: ["USD", "EUR"] },
    { name: "kg", value: 40 },
    { name: "city", value: "Нижний Новгород" },
    { name: "date", value: "2026-11-21" },
    { name: "dates", value: { from: "2026-11-21", to: "2026-11-22" } },
    { name: "note", value: "$(rm)" },
  ];
  expect(toRepeatCommand("finance/rates", "0 9 * * 1", understood)).toBe(
    'npx skillos schedule add finance/rates --cron "0 9 * * 1" --set currencies=USD,EUR --set kg=40 --set "city=Нижний Новгород"',
  );
});
