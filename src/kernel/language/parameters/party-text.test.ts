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
    ["предложение Петрову И. С., 40 кило", "Петрову И. С."],
    ["кп Соколову А.Н. на 25 кг", "Соколову А.Н."],
    ["offer for Mr. J. Smith, 12 kg", "Mr. J. Smith"],
    ["quote for The Fish House", "The Fish House"],
    ["offer for J. P. Morris & Sons: 40 kg", "J. P. Morris & Sons"],
    ["Make Oleg an offer for 15 kg", "Oleg"],
    ["кп: Sea Point, 33кг, 2150", "Sea Point"],
    ["offer: 0.2 t, Baltic Gourmet, 2,050 per kg", "Baltic Gourmet"],
    ["КП на имя Кузнецовой Анны, 10 кг", "Кузнецовой Анны"],
    ["кп для кафе «Лето»", "Лето"],
    ["кп для бистро лагуна", "бистро лагуна"],
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
    ["клиент из Казани хочет КП"],
    ["offer to our regular buyer"],
    ["quote for tomorrow, 40 kilos"],
    ["for the weekend: a price quote, 30kg"],
    ["quote for my biggest client"],
    ["quote for 30 kg to go out today"],
    ["предложение для встречи в пятницу"],
    ["предложение для них же"],
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
    ["а Дальрыбпром пройдёт", { company: "Дальрыбпром" }],
    ["Лагуна-М тянет закупку", { company: "Лагуна-М" }],
    ["чего не хватает компании Морской Дом", { company: "Морской Дом" }],
    ["check Delta Systems against tender no. 17", { company: "Delta Systems", tender: "17" }],
    ["can LLC Horizon take part", { company: "LLC Horizon" }],
    ["will Aqua-Farm LLC be let in", { company: "Aqua-Farm LLC" }],
    ["подходит ли ооо вектор", { company: "ооо вектор" }],
    ["could our LLC take part", {}],
    ["we're Nord-West Foods, can we go for it", { company: "Nord-West Foods" }],
    ["what would disqualify Alfa Trade", { company: "Alfa Trade" }],
    ["can Russian companies bid", {}],
    ["хватает ли у ИП документов", {}],
    ["is our firm OK for it", {}],
    ["закупка на 100 ноутбуков", {}],
    ["тендер по 44-ФЗ", {}],
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
