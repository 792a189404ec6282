// Numbers as people say them on the street, and numbers that are nobody's value.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { CONVERT, EXPENSES, HOTELS, ITINERARY, MARGIN, MOSCOW, SEARCH, TENDERS } from "./test-fields.ts";

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, MOSCOW);

describe("numbers of the street", () => {
  check(MARGIN, [
    ["margin if 300 kilos go at nineteen hundred rubles per kg", { kg: 300, price: 1900 }],
    ["отдаём по две сто за кило, 55 кг", { kg: 55, price: 2100 }],
    ["навар с полутора тонн по тысяче восемьсот", { kg: 1500, price: 1800 }],
    ["тонна по 1800 за кг", { kg: 1000, price: 1800 }],
    ["пять сотен за кило, 20 кг", { kg: 20, price: 500 }],
    ["3 ящика по 20 кг, 1900 за кило", { kg: 60, price: 1900 }],
    ["5 boxes of 12 kg at 2k", { kg: 60, price: 2000 }],
    ["тонн 5 по 1900", { kg: 5000, price: 1900 }],
    ["1900 за тонну", { price: 1.9 }],
    ["33 кг, 2150", { kg: 33, price: 2150 }],
  ]);
  check(CONVERT, [
    ["fifteen hundred euro to rubles", { amount: 1500, from: "EUR", to: "RUB" }],
    ["what is 3 grand in euros", { amount: 3000, to: "EUR" }],
    ["$1.2m into rubles", { amount: 1_200_000, from: "USD", to: "RUB" }],
    ["сколько баксов выйдет из 300 косарей", { amount: 300_000, to: "USD" }],
    ["200 зелёных в рубли", { amount: 200, from: "USD", to: "RUB" }],
    ["45 тыщ деревянных — это сколько юаней", { amount: 45_000, from: "RUB", to: "CNY" }],
    ["тридцать штук баксов в рубли", { amount: 30_000, from: "USD", to: "RUB" }],
    ["сотка баксов в тенге", { amount: 100, from: "USD", to: "KZT" }],
  ]);
  check(ITINERARY, [
    ["план по Пскову, бюджет тысяч 150", { city: "Псков", budget: 150_000 }],
    ["план по Пскову, тыщ на 70", { city: "Псков", budget: 70_000 }],
    ["план по Пскову, бюджет в районе 60 тысяч", { city: "Псков", budget: 60_000 }],
  ]);
  check(HOTELS, [
    ["отель в Пскове не дороже 5500 сутки", { city: "Псков", max_price: 5500 }],
    ["номер в Пскове на одного", { city: "Псков", guests: 1 }],
    ["номер в Пскове на 2-х", { city: "Псков", guests: 2 }],
    ["Pskov, 6500 tops", { city: "Pskov", max_price: 6500 }],
    ["room for four ppl in Pskov", { city: "Pskov", guests: 4 }],
  ]);
  check(EXPENSES, [
    ["ещё 450 кофе", { amount: 450, category: "кофе" }],
    ["коммуналка 8 400 позавчера", { amount: 8400, category: "коммуналка", date: "2026-11-19" }],
    ["100 саморезов", {}],
  ]);
});

describe("numbers that are no values", () => {
  check(MARGIN, [
    ["worth selling at 1650/kg? variant 3", { price: 1650 }],
    ["прибыль с 75 кг, вариант 2", { kg: 75 }],
    ["маржа по 1900, 2 раз прошу", { price: 1900 }],
    ["маржа по 1900, жду до 10 утра", { price: 1900 }],
    ["margin at 1900, call me at 9 pm", { price: 1900 }],
    ["маржа по 1900, заказ 5518", { price: 1900 }],
    ["прибыль с 100 кг минус 20 тысяч доставка", { kg: 100 }],
  ]);
  check(HOTELS, [
    ["отель в Пскове до 30 тысяч за 5 ночей", { city: "Псков" }],
    ["hotel in Pskov, 15k for 3 nights", { city: "Pskov" }],
  ]);
  check(ITINERARY, [
    ["план по Пскову, 20 тысяч на человека", { city: "Псков" }],
    ["Pskov, 30k per person", { city: "Pskov" }],
    ["Псков, по 10 тысяч в день", { city: "Псков" }],
  ]);
  check(SEARCH, [
    ["find articles about Postgres 17", { query: "Postgres 17" }],
    ["articles on 5 ways to pack crabs", { query: "5 ways to pack crabs" }],
    ["links on crabs, 10", { query: "crabs", count: 10 }],
    ["ссылки, штук 7, про лёд", { query: "лёд", count: 7 }],
  ]);
  check(EXPENSES, [
    ["у нас бюджет 200 тысяч, сколько уже потратили", {}],
    ["укладываемся ли мы в 300 тысяч", {}],
    ["have we gone over 200k yet", {}],
    ["купили канцелярии на 15 тысяч", { amount: 15_000, category: "канцелярии" }],
  ]);
  check(EXPENSES, [
    ["в офис 12 потратили 900 рублей", { amount: 900 }],
    ["в офис 12 купили воды на 900 рублей", { amount: 900, category: "воды" }],
  ]);
  check(TENDERS, [
    ["закупки краски по 223", { words: "краски", law: "223-FZ" }],
    ["закупки краски по 44 тысячи", { words: "краски", max_price: 44_000 }],
  ]);
});
