// Numbers that say nothing alone: the price of 100 g, a share of a price, either of two, so many times so much.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { EXPENSES, MARGIN, MOSCOW, QUOTE, aField } from "./test-fields.ts";

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, MOSCOW);

describe("the price of so much", () => {
  check(QUOTE, [
    ["make a quote for Volna for 40 kg at 1900 per 100 g", { customer: "Volna", kg: 40, price: 19_000 }],
    ["make a quote for Volna for 40 kg at 1900/100g", { customer: "Volna", kg: 40, price: 19_000 }],
    ["кп для Волны на 40 кг по 190 за 100 грамм", { customer: "Волны", kg: 40, price: 1900 }],
    ["кп для Волны на 40 кг по 950 за 500 г", { customer: "Волны", kg: 40, price: 1900 }],
  ]);
  check(MARGIN, [
    ["маржа 40 кг, 9500 за 5 кг", {}],
    ["маржа 40 кг, 9500 per 5 kg", { kg: 40, price: 1900 }],
    ["маржа 76000 за 40 кг", { kg: 40 }],
  ]);
});

describe("about so many", () => {
  check(QUOTE, [
    ["make a quote for Volna for 40-ish kg at 1900", { customer: "Volna", kg: 40, price: 1900 }],
    ["make a quote for Volna for 40ish kg at 1900", { customer: "Volna", kg: 40, price: 1900 }],
    ["make a quote for Volna at 1900", { customer: "Volna", price: 1900 }],
  ]);
});

describe("a share of a number is asked for", () => {
  check(QUOTE, [
    ["make a quote for Volna for 40 kg at 10% below 1900", { customer: "Volna", kg: 40 }],
    ["make a quote for Volna for 40 kg at 10% off 1900", { customer: "Volna", kg: 40 }],
    ["make a quote for Volna for 40 kg at 1900 minus 10%", { customer: "Volna", kg: 40 }],
    ["кп для Волны на 40 кг на 10% ниже 1900", { customer: "Волны", kg: 40 }],
    ["кп для Волны на 40 кг по 1900 минус 10%", { customer: "Волны", kg: 40 }],
  ]);
  check(MARGIN, [["маржа на 40 кг по 1900 со скидкой 10%", { kg: 40 }]]);
  check(
    [...MARGIN, aField("discount", "number", { unit: "%", words: ["скидка"] })],
    [["маржа на 40 кг по 1900 со скидкой 10%", { kg: 40, price: 1900, discount: 10 }]],
  );
});

describe("less or more of something is asked for", () => {
  check(QUOTE, [["сделай КП для Волны минус 40 кг по 1900", { customer: "Волны", price: 1900 }]]);
  check(MARGIN, [
    ["маржа 40 кг минус 5 кг по 1900", { price: 1900 }],
    ["маржа 40 кг плюс 5 кг по 1900", { price: 1900 }],
    ["маржа плюс минус 40 кг по 1900", { kg: 40, price: 1900 }],
  ]);
});

describe("either of two is asked for", () => {
  check(EXPENSES, [
    ["запиши расход 1500-2000 на такси", { category: "такси" }],
    ["запиши расход от 1500 до 2000 на такси", { category: "такси" }],
    ["запиши расход 1500 или 2000 на такси", { category: "такси" }],
    ["spent 1500 or 2000 on taxi", { category: "taxi" }],
  ]);
});

describe("so many times so much", () => {
  check(EXPENSES, [
    ["запиши расход 3 раза по 500 на такси", { amount: 1500, category: "такси" }],
    ["запиши расход три раза по 500 руб на такси", { amount: 1500, category: "такси" }],
    ["spent 3 times 500 on taxi", { amount: 1500, category: "taxi" }],
    ["потратил 500 рублей 3 раза на такси", { category: "такси" }],
  ]);
});
