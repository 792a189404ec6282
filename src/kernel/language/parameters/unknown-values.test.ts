// A day that is none and a currency that a skill does not know are told: the answer would be about another day, or other money.
import { describe, expect, test } from "vitest";
import type { InputField } from "../../domain/skill.ts";
import { parseParameters } from "./parse-parameters.ts";
import { MOSCOW } from "./test-fields.ts";

const field = (name: string, changes: Partial<InputField>): InputField => ({
  ...{ name, type: "date", ask: `${name}?`, optional: true },
  ...changes,
});
const RATE = [field("date", { words: ["past"] })];
const TRIP = [field("date", { optional: false }), field("return_date", { words: ["обратно", "back"] })];
const STAY = [field("dates", { type: "period", optional: false })];
const CODES = ["RUB", "USD", "EUR"].map((value) => ({ value, words: [] }));
const CONVERT = [
  field("amount", { type: "number", optional: false }),
  field("from", { type: "choice", oneOf: CODES, optional: false }),
  field("to", { type: "choice", oneOf: CODES, default: "RUB" }),
];

function unknownOf(query: string, fields: readonly InputField[], given: readonly InputField[] = []) {
  const { unclear } = parseParameters(query, fields, { ...MOSCOW, given });
  return unclear.filter(({ isUnknown }) => isUnknown).map(({ names, words }) => [...names, words]);
}

describe("a day that is none", () => {
  test.each([
    ["курс доллара на 31.02.2026", RATE, [["date", "31.02.2026"]]],
    ["курс доллара 31 апреля", RATE, [["date", "31 апреля"]]],
    ["the rate on 2026-02-30", RATE, [["date", "2026-02-30"]]],
    ["the rate on February 30", RATE, [["date", "February 30"]]],
    ["билеты на 29.02.2027", TRIP, [["date", "29.02.2027"]]],
    ["билеты на 1 мая обратно 31.06.2027", TRIP, [["return_date", "31.06.2027"]]],
    ["hotels 30-31 February", STAY, [["dates", "31 February"]]],
    ["the rate on 5/12/2026", RATE, [["date", "5/12/2026"]]],
  ])("is told: %s", (query, fields, told) => {
    expect(unknownOf(query, fields)).toEqual(told);
  });

  test.each([
    ["курс доллара на 28.02.2026", RATE],
    ["билеты на 29 февраля", TRIP],
    ["отель кроме мая", STAY],
    ["переведи 100 долларов 31.02.2026", CONVERT],
    ['найди "31.02.2026"', RATE],
  ])("is none of these: %s", (query, fields) => {
    expect(unknownOf(query, fields)).toEqual([]);
  });

  test("is nobody's where the day was given otherwise", () => {
    expect(unknownOf("билеты на 31.02.2027", [], TRIP)).toEqual([]);
  });
});

describe("a currency that the skill does not know", () => {
  test.each([
    ["переведи 100 долларов в тугрики", [["to", "тугрики"]]],
    ["сколько 100 евро в форинтах", [["to", "форинтах"]]],
    ["convert 100 dollars to bitcoin", [["to", "bitcoin"]]],
    ["сколько 500 тугриков в рублях", [["from", "тугриков"]]],
    [
      "500 тугриков в форинты",
      [
        ["from", "тугриков"],
        ["to", "форинты"],
      ],
    ],
  ])("is told: %s", (query, told) => {
    expect(unknownOf(query, CONVERT)).toEqual(told);
  });

  test.each(["переведи 100 долларов в рубли", "convert 100 euros", "сколько 100 долларов"])(
    "is none of these: %s",
    (query) => expect(unknownOf(query, CONVERT)).toEqual([]),
  );
});
