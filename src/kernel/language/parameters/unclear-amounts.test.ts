// An amount that was said and went nowhere is told, so that nothing is changed with half of what was asked.
import { describe, expect, test } from "vitest";
import type { InputField } from "../../domain/skill.ts";
import { parseParameters } from "./parse-parameters.ts";
import { EXPENSES, MOSCOW, QUOTE } from "./test-fields.ts";

const unclearOf = (query: string, fields: readonly InputField[], given: readonly InputField[] = []) =>
  parseParameters(query, fields, { ...MOSCOW, given }).unclear.map(({ words }) => words);

describe("an amount that no field took", () => {
  test.each([
    ["расход 500 и 300 на кофе", ["300"]],
    ["запиши расход 500р + 300р на такси", ["300р"]],
    ["расход 2 по 350 на кофе", ["350"]],
    ["потратил 12 на стулья по 350", ["350"]],
    ["запиши расход 1500-2000 на такси", ["1500", "2000"]],
    ["запиши расход 20% от 500 на такси", ["500"]],
    ["потратил 500 на такси и 300 на обед", ["300"]],
    ["потратил 200 рублей на 3 кофе по 200", ["200"]],
    ["заплатил за 3 кофе по 200", ["200"]],
    ["потратил 20 долларов на кофе", ["20 долларов"]],
    ["spent €20 on coffee", ["€20"]],
    ["spent 20% of 500 on taxi", ["500"]],
  ])("%s", (query, words) => {
    expect(unclearOf(query, EXPENSES)).toEqual(words);
  });

  test.each([
    ["сделай КП для Волны на 40 кг на 10% ниже 1900", ["10%", "1900"]],
    ["make a quote for Volna for 40 kg at 1900 less 10%", ["1900", "10%"]],
    ["КП для Волны 40 кг минус 5 кг", ["5 кг"]],
    ["сделай КП для Волны на 20 кг со скидкой 10%", ["10%"]],
    ["make a quote for Volna, 20 kg, 10% off", ["10%"]],
  ])("%s", (query, words) => {
    expect(unclearOf(query, QUOTE)).toEqual(words);
  });

  test("may be that of a field which has its value already", () => {
    const price = QUOTE.filter(({ name }) => name === "price");
    const open = QUOTE.filter(({ name }) => name !== "price");
    expect(unclearOf("КП для Волны на 40 кг на 10% ниже 1900", open, price)).toEqual([]);
  });
});

test.each([
  "запиши расход 500 на такси",
  "запиши расход 4500 за 3 месяца интернета",
  "оплатил счёт № 1041 на 4500",
  "spent 500 on one taxi",
  "потратил 1500 на ужин и такси",
])("all of it is clear: %s", (query) => {
  expect(unclearOf(query, EXPENSES)).toEqual([]);
});
