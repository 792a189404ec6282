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
    ["госзакупки по нашему профилю", {}],
    ["закупки, где мало конкурентов", {}],
    ["tenders a seafood company could win", {}],
    ["хочу начать работать с государством", {}],
    ["госконтракт рублей на миллион", { max_price: 1_000_000 }],
    ["тендеры по всей России", {}],
    ["tenders for fish closing next week", { words: "fish" }],
    ["тендеры на рыбу, срок подачи на следующей неделе", { words: "рыбу" }],
    ["закупки питания на 2027 год", { words: "питания" }],
    ["we want to sell office paper to the state", { words: "office paper" }],
    ["хочу продать мидии государству", { words: "мидии" }],
    ["search tenders, budget at least 1 million, IT services", { words: "IT services" }],
  ]);
  check(SEARCH, [
    ["нужно кое-что погуглить", {}],
    ["погугли одну вещь", {}],
    ["look up something interesting on the internet pls", {}],
    ["погугли за меня, мне некогда", {}],
    ["поищи в интернете кое-какую информацию", {}],
  ]);
});

describe("a subject of common words that names something", () => {
  check(TENDERS, [
    ["тендеры на полезные ископаемые", { words: "полезные ископаемые" }],
    ["тендеры для малого бизнеса", { words: "малого бизнеса" }],
    ["tenders for books", { words: "books" }],
    ["tenders on business cards right now", { words: "business cards" }],
    ["тендеры на охрану прямо сейчас", { words: "охрану" }],
    ["тендеры на ремонт детской площадки", { words: "ремонт детской площадки" }],
    ["закупки: прокладка сети", { words: "прокладка сети" }],
    ["bids open for website development", { words: "website development" }],
    ["глянь, что госы берут из морепродуктов", { words: "морепродуктов" }],
    ["Коллеги, нужны тендеры на лёд, желательно побыстрее", { words: "лёд" }],
    ["картриджи HP 12A, закупки", { words: "картриджи HP 12A" }],
  ]);
  check(SEARCH, [
    ["google business news", { query: "business news" }],
    ["search the web: A4 paper weight", { query: "A4 paper weight" }],
    ["I'd like to read up on biofouling, 6 links please", { query: "biofouling", count: 6 }],
    ["find me anything about AI agents", { query: "AI agents" }],
    ["do a quick web search on crane rental", { query: "crane rental" }],
    ["find recent news about TypeScript 7", { query: "recent news about TypeScript 7" }],
    ["погули новости рынка", { query: "новости рынка" }],
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
    ["топливо для катера, 9к", { amount: 9000, category: "топливо для катера" }],
    [
      "Groceries for the office kitchen, 2,140",
      { amount: 2140, category: "Groceries for the office kitchen" },
    ],
    ["минус 4к - подписка на 1С", { amount: 4000, category: "подписка на 1С" }],
    ["купили ведра и щётки, вышло 3 870", { amount: 3870, category: "ведра и щётки" }],
    ["75k went to the diving crew", { amount: 75_000, category: "diving crew" }],
    ["взнос в ассоциацию 50 тысяч, проведи", { amount: 50_000, category: "взнос в ассоциацию" }],
    ["обед на троих 4 200", { amount: 4200, category: "обед на троих" }],
    ["мыло 300", { amount: 300, category: "мыло" }],
    ["билеты в кино 900", { amount: 900, category: "билеты в кино" }],
    ["paid 1,200 for a customs form this morning", { amount: 1200, category: "customs form" }],
    ["потратил на себя 2000", { amount: 2000 }],
    ["вчера просадил 5 тысяч", { amount: 5000, date: "2026-11-20" }],
    ["кошелёк похудел на 2 тысячи", { amount: 2000 }],
    ["снял с карты 10 тысяч, запиши как расход", { amount: 10_000 }],
    ["record another 5,000 rub expense", { amount: 5000 }],
    ["заплатил наличкой 4500", { amount: 4500 }],
    ["на рекламу 50к в месяц", { category: "рекламу" }],
  ]);
});

describe("a sort of goods", () => {
  check(SORTS, [
    ["устрицы размер 3 почём отдаёте", { size: "3" }],
    ["почём продаёте", {}],
    ["почём мурманские 1", { kind: "мурманские", size: "1" }],
    ["почём японские тройка", { kind: "японские", size: "3" }],
    ["цены на крымские первый номер", { kind: "крымские", size: "1" }],
    ["rates for Black Pearl oysters", { kind: "Black Pearl" }],
    ["расценки по хасанской устрице", { kind: "хасанской" }],
    ["Tsarskaya size 2", { kind: "Tsarskaya", size: "2" }],
    ["магаданские у нас почём", { kind: "магаданские" }],
    ["Belon, size 3", { kind: "Belon", size: "3" }],
    ["спешл номер ноль", { size: "0" }],
    ["цены на ноябрь", {}],
    ["price of the Moscow client", {}],
    ["цены на свежие", {}],
    ["почём на складе", {}],
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
