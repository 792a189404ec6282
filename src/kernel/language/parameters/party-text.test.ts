// Who is meant: names of companies and people, and what only looks like one.
import { describe, expect, it } from "vitest";
import { parseParameters } from "./parse-parameters.ts";
import { MOSCOW, QUOTE, aField } from "./test-fields.ts";

const topic = { ru: "Предложение цены на устрицы", en: "A price quote for oysters" };

function findCustomer(query: string): unknown {
  return parseParameters(query, QUOTE, { ...MOSCOW, topic }).values["customer"];
}

describe("a customer", () => {
  it.each([
    ["Морской двор хочет предложение", "Морской двор"],
    ["ресторан Волна ждёт предложение на 40 кг", "ресторан Волна"],
    ["новый заказчик, ресторан Гавань, 24 кг", "ресторан Гавань"],
    ["Chekhov Bistro wants a quote", "Chekhov Bistro"],
    ["new buyer, Haven restaurant, 24 kg", "Haven restaurant"],
    ["кп: Трактир Якорь, 42 кг", "Трактир Якорь"],
    ["quote for the Oyster Bar", "Oyster Bar"],
    ["кп для Прибоя с НДС", "Прибоя"],
    ["кп для Кафе на Тверской", "Кафе на Тверской"],
  ])("%s: %s", (query, name) => {
    expect(findCustomer(query)).toBe(name);
  });

  it.each([
    ["need a quote for oysters asap, the client is waiting"],
    ["клиент ждёт кп, 10 кг"],
    ["клиент запросил КП"],
    ["quote for a new client"],
    ["кп для покупателя на 30 кг"],
    ["prepare a quote to send by Friday"],
    ["Клиент хочет предложение"],
  ])("nobody in: %s", (query) => {
    expect(findCustomer(query)).toBeUndefined();
  });
});

describe("a company and the number of its tender", () => {
  const fields = [
    aField("company", "text", { optional: true, words: ["ооо", "ип", "llc"] }),
    aField("tender", "text", {
      optional: true,
      words: ["закупка", "тендер", "извещение", "tender", "notice"],
    }),
  ];
  it.each([
    ["does StroyGrad qualify", { company: "StroyGrad" }],
    ["would Baltic Trade be admitted", { company: "Baltic Trade" }],
    ["is Orlov's company eligible", { company: "Orlov" }],
    ["проходит ли Вертикаль по требованиям", { company: "Вертикаль" }],
    ["are we eligible for tender no. 17", { tender: "17" }],
    ["тендер № 0120300009926000051", { tender: "0120300009926000051" }],
    ["do we qualify for this tender", {}],
    ["подходим ли мы под тендер на мебель", {}],
    ["can I bid", {}],
  ])("%s", (query, said) => {
    const { values } = parseParameters(query, fields, MOSCOW);
    expect(values).toEqual(said);
  });
});

describe("a kind of goods", () => {
  const fields = [
    aField("kind", "text", {
      optional: true,
      words: ["стоят", "почем", "цены на", "how much are", "price of"],
    }),
    aField("size", "text", { optional: true, words: ["размер", "номер", "size", "number"] }),
  ];
  it.each([
    ["почём у нас крымские?", { kind: "крымские" }],
    ["how much are Khasan oysters right now", { kind: "Khasan" }],
    ["price of a kilo of Pacific oysters", { kind: "Pacific" }],
    ["цены на тихоокеанские моллюски", { kind: "тихоокеанские" }],
    ["сколько стоят устрицы", {}],
    ["цены на сегодня", {}],
    ["цены на размер два", { size: "2" }],
    ["какой размер есть в продаже", {}],
  ])("%s", (query, said) => {
    const { values } = parseParameters(query, fields, { ...MOSCOW, topic });
    expect(values).toEqual(said);
  });
});
