// What is left of a request is a value only where it names something; else it is asked for.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { EXPENSES, MOSCOW, SEARCH, TENDERS, aField } from "./test-fields.ts";

const topic = { ru: "Прайс-лист на устрицы", en: "Oyster price list" };
const SORTS = [
  aField("kind", "text", { optional: true, words: ["стоят", "почем", "цены на", "price of"] }),
  aField("size", "text", { optional: true, words: ["размер", "номер", "№", "size"] }),
];

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, { ...MOSCOW, topic });

describe("a subject that names nothing", () => {
  check(TENDERS, [
    ["на какие торги от государства можно зайти", {}],
    ["тендеры, куда стоит податься", {}],
    ["any tenders we might take part in", {}],
    ["is there any contract I could bid on right now", {}],
    ["what tenders could a firm like ours go for", {}],
  ]);
  check(SEARCH, [
    ["нужно кое-что погуглить", {}],
    ["погугли одну вещь", {}],
    ["look up something interesting on the internet pls", {}],
  ]);
});

describe("a subject of common words that names something", () => {
  check(TENDERS, [
    ["тендеры на полезные ископаемые", { words: "полезные ископаемые" }],
    ["тендеры для малого бизнеса", { words: "малого бизнеса" }],
    ["tenders for books", { words: "books" }],
    ["tenders on business cards right now", { words: "business cards" }],
    ["тендеры на охрану прямо сейчас", { words: "охрану" }],
  ]);
  check(SEARCH, [
    ["google business news", { query: "business news" }],
    ["поищи, как продать бизнес", { query: "как продать бизнес" }],
  ]);
});

describe("what an amount was for", () => {
  check(EXPENSES, [
    ["spent 4,300 rub, note it pls", { amount: 4300 }],
    ["paid 560 for parking, jot it down", { amount: 560, category: "parking" }],
    ["расход 640 рублей, потом разберёмся", { amount: 640 }],
    ["bought stuff for the business", {}],
    ["потратил 4000 на дело", { amount: 4000 }],
    ["потратил 4000 на книги", { amount: 4000, category: "книги" }],
  ]);
});

describe("a sort of goods", () => {
  check(SORTS, [
    ["устрицы размер 3 почём отдаёте", { size: "3" }],
    ["почём продаёте", {}],
    ["почём крымские отдаёте", { kind: "крымские" }],
    ["почём отдашь крымских", { kind: "крымских" }],
    ["крымские №2", { kind: "крымские", size: "2" }],
    ["White Pearl size 1, per kilo", { kind: "White Pearl", size: "1" }],
    ["осталось №2", { size: "2" }],
    ["bigger than size 2", { size: "2" }],
  ]);
});

describe("who buys before what is bought", () => {
  check(TENDERS, [
    ["какие заводы сейчас покупают доработку 1С", { words: "доработку 1С" }],
    ["кто закупает 3D принтеры", { words: "3D принтеры" }],
    ["which ministries are buying 5G routers", { words: "5G routers" }],
    ["закупки на лицензии 1С:Касса", { words: "лицензии 1С:Касса" }],
  ]);
});
