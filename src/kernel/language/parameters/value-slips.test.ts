// Words of values with a slip in them are read as they were meant; words that only look like one are left alone.
import { describe, expect, it } from "vitest";
import { toFieldPlan } from "./field-plans.ts";
import { parseParameters } from "./parse-parameters.ts";
import { parseSentence } from "./sentence.ts";
import { CONVERT, EXPENSES, FLIGHTS, HOTELS, LOGISTICS, MOSCOW, RATES, TENDERS } from "./test-fields.ts";
import { mendValues } from "./value-slips.ts";

const read = (query: string, fields: typeof HOTELS): unknown => {
  const { understood } = parseParameters(query, fields, MOSCOW);
  return Object.fromEntries(understood.map(({ name, value }) => [name, value]));
};

describe("a slip in", () => {
  it.each([
    ["500 долларв в рублях", CONVERT, { amount: 500, from: "USD", to: "RUB" }],
    ["convert 200 euors to rubles", CONVERT, { amount: 200, from: "EUR", to: "RUB" }],
    ["2 тысчи юаней в рублях", CONVERT, { amount: 2000, from: "CNY", to: "RUB" }],
    ["полтара миллиона рублей в юани", CONVERT, { amount: 1_500_000, from: "RUB", to: "CNY" }],
    ["курс доларра", RATES, { currencies: ["USD"] }],
    ["40 киллограм в Екатеринбруг", LOGISTICS, { kg: 40, to: "Екатеринбург" }],
    ["ship 50 kg to Novosibrsk", LOGISTICS, { kg: 50, to: "Novosibirsk" }],
    ["билеты Москва Стмабул", FLIGHTS, { from: "Москва", to: "Стамбул" }],
    ["отель в Яролавле на 3-х чловек", HOTELS, { city: "Ярославль", guests: 3 }],
    ["hotel in Sochy, 2 guets", HOTELS, { city: "Sochi", guests: 2 }],
    [
      "закупки мебели в Татрстане до 3 милионов",
      TENDERS,
      { words: "мебели", region: "Татарстан", max_price: 3_000_000 },
    ],
  ] as const)("%s", (query, fields, said) => {
    expect(read(query, [...fields])).toEqual(said);
  });
});

it("shows the words as they were written", () => {
  const { understood } = parseParameters("40 кг в Екатеринбруг", LOGISTICS, MOSCOW);
  expect(understood.map(({ words }) => words)).toContain("в Екатеринбруг");
});

describe("no slip", () => {
  it.each([
    ["отель в Липецкой области", HOTELS],
    ["покажи отчёт по тратам", EXPENSES],
    ["почисти старые черновики", EXPENSES],
    ["в казнь", HOTELS],
    ["запиши расход на рубероид", EXPENSES],
    ["рейс из Минеральных Вод", FLIGHTS],
  ] as const)("in %s", (query, fields) => {
    const sentence = parseSentence(query);
    expect(mendValues(sentence, fields.map(toFieldPlan))).toBe(sentence);
  });
});
