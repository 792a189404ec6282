// Requests as business users write them, whole skills at a time: what is said is found, what is not said is asked for.
import { describe, expect, it } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import { parseParameters } from "./parse-parameters.ts";
import {
  ARTICLE,
  CONVERT,
  DELETE_OLD,
  EXPENSES,
  FLIGHTS,
  HOTELS,
  ITINERARY,
  LOGISTICS,
  MARGIN,
  MOSCOW,
  QUOTE,
  RATES,
  SEARCH,
  TENDERS,
} from "./test-fields.ts";

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, MOSCOW);

describe("margin of a batch", () => {
  check(MARGIN, [
    ["посчитай маржу на 40 кг устриц по 1900", { kg: 40, price: 1900 }],
    ["what do I earn on 40 kg of oysters at 1900 per kg", { kg: 40, price: 1900 }],
    ["посчитай маржу на 40 кг устриц", { kg: 40 }],
    ["маржа 40кг 1900р", { kg: 40, price: 1900 }],
    ["сколько заработаю если продам полтонны по 1 850 ₽/кг", { kg: 500, price: 1850 }],
    ["маржа на 1,5 т по 1.900,50 руб за кг", { kg: 1500, price: 1900.5 }],
    ["margin for 1.5 t at 1,900 per kilo", { kg: 1500, price: 1900 }],
    ["прибыль с 800 г по цене 2100 рублей за килограмм", { kg: 0.8, price: 2100 }],
    ["profit on twenty five kg @ 2k", { kg: 25, price: 2000 }],
    ["маржа: вес 40, цена 1900", { price: 1900, kg: 40 }],
    ["сколько выйдет с сорока килограммов, цена 1,9 тыс", { kg: 40, price: 1900 }],
    ["полторы тонны по 1700 руб./кг", { kg: 1500, price: 1700 }],
    ["цена за кг 1900, объём 60 кг", { kg: 60, price: 1900 }],
    ["маржа на устрицы", {}],
    ["прибыль на 30 и 40", {}],
    ["маржа 30 кг и 40 кг по 1900", { price: 1900 }],
    ["kg=40 price=1900", { kg: 40, price: 1900 }],
    ["маржа −40 кг по 1900", { price: 1900 }],
    ["маржа на ４０кг по 1900 ₽", { kg: 40, price: 1900 }],
    ["40\u00a0кг по 1\u2009900\u00a0₽ 🦪", { kg: 40, price: 1900 }],
    ["маржа на 40 кг по 25$", { kg: 40 }],
    ["my profit selling 40 kg for 80000 total", { kg: 40 }],
    ["margin on 40 kg, selling price 1900 rubles", { kg: 40, price: 1900 }],
    ["посчитай маржу 27 кг продажа 1 750", { kg: 27, price: 1750 }],
    ["₽1900 за кило, 12 кило", { kg: 12, price: 1900 }],
  ]);
});

describe("logistics", () => {
  check(LOGISTICS, [
    [
      "сколько стоит доставить 120 кг из Владивостока в Москву",
      { from: "Владивосток", to: "Москва", kg: 120 },
    ],
    [
      "доставка 1,2 т устриц в Нижний Новгород завтра",
      { to: "Нижний Новгород", kg: 1200, date: "2026-11-22" },
    ],
    [
      "ship 80 kg from Moscow to Sochi on December 5",
      { from: "Moscow", to: "Sochi", kg: 80, date: "2026-12-05" },
    ],
    ["логистика мурманск - санкт-петербург 300кг", { from: "Мурманск", to: "Санкт-Петербург", kg: 300 }],
    ["отправить полтонны в Екатеринбург 25 ноября", { to: "Екатеринбург", kg: 500, date: "2026-11-25" }],
    ["cost of shipping 45 kilos to Kazan next Monday", { to: "Kazan", kg: 45, date: "2026-11-23" }],
    ["перевезти 5 тонн в Казань", { to: "Казань" }],
    ["доставка до Ростова-на-Дону 40 кг", { to: "Ростов-на-Дону", kg: 40 }],
    [
      "из Питера в Набережные Челны 60 кг, отгрузка 01.12.2026",
      { from: "Санкт-Петербург", to: "Набережные Челны", kg: 60, date: "2026-12-01" },
    ],
    ["delivery Vladivostok to Novosibirsk 200 kg", { from: "Vladivostok", to: "Novosibirsk", kg: 200 }],
  ]);
});

describe("flights", () => {
  check(FLIGHTS, [
    ["билеты из Москвы в Сочи 5 декабря", { from: "Москва", to: "Сочи", date: "2026-12-05" }],
    [
      "from Moscow to Sochi on 5 December, back on 10 December",
      { from: "Moscow", to: "Sochi", date: "2026-12-05", return_date: "2026-12-10" },
    ],
    ["рейсы Москва Сочи на завтра", { from: "Москва", to: "Сочи", date: "2026-11-22" }],
    ["найди рейс из спб в казань в пятницу", { from: "Санкт-Петербург", to: "Казань", date: "2026-11-27" }],
    ["flights from moscow to istanbul next friday", { from: "Moscow", to: "Istanbul", date: "2026-11-27" }],
    ["билеты в Сочи", { to: "Сочи" }],
    [
      "из Екатеринбурга в Минеральные Воды 12.12.2026, обратно 20.12.2026",
      { from: "Екатеринбург", to: "Минеральные Воды", date: "2026-12-12", return_date: "2026-12-20" },
    ],
    ["cheap flight Kazan to Dubai 3 Jan 2027", { from: "Kazan", to: "Dubai", date: "2027-01-03" }],
    [
      "хочу улететь из Новосибирска в Бангкок через 2 недели",
      { from: "Новосибирск", to: "Бангкок", date: "2026-12-05" },
    ],
    ["перелёт Уфа → Калининград 30 ноября", { from: "Уфа", to: "Калининград", date: "2026-11-30" }],
    [
      "из москвы в сочи с 5 по 10 декабря",
      { from: "Москва", to: "Сочи", date: "2026-12-05", return_date: "2026-12-10" },
    ],
    [
      "из Сочи в Москву, вылет послезавтра, обратно в Сочи 30.11",
      { from: "Сочи", to: "Москва", date: "2026-11-23", return_date: "2026-11-30" },
    ],
    [
      "fly to Tbilisi from Moscow Dec 5 coming home Dec 12",
      { from: "Moscow", to: "Tbilisi", date: "2026-12-05", return_date: "2026-12-12" },
    ],
    ["билет Сочи Москва 3 числа", { from: "Сочи", to: "Москва", date: "2026-12-03" }],
    ["flight to Yerevan tomorrow", { to: "Yerevan", date: "2026-11-22" }],
    [
      "билеты из Нижнего Новгорода в Йошкар-Олу на 8 марта",
      { from: "Нижний Новгород", to: "Йошкар-Ола", date: "2027-03-08" },
    ],
  ]);
});

describe("hotels and itineraries", () => {
  check(HOTELS, [
    [
      "отель в Сочи с 1 по 5 декабря на двоих до 5000 за ночь",
      { city: "Сочи", dates: { from: "2026-12-01", to: "2026-12-05" }, guests: 2, max_price: 5000 },
    ],
    [
      "hotels in Kazan this weekend for two",
      { city: "Kazan", dates: { from: "2026-11-21", to: "2026-11-22" }, guests: 2 },
    ],
    [
      "гостиница в Петербурге 10-15 декабря для 3 гостей",
      { city: "Санкт-Петербург", dates: { from: "2026-12-10", to: "2026-12-15" }, guests: 3 },
    ],
    [
      "hotel in Moscow from 1 to 15 December under 8k a night, 4 guests",
      { city: "Moscow", dates: { from: "2026-12-01", to: "2026-12-15" }, max_price: 8000, guests: 4 },
    ],
    ["жильё в Анапе не дороже 3 500 ₽", { city: "Анапа", max_price: 3500 }],
    [
      "отель в Казани с 5 декабря на 3 ночи",
      { city: "Казань", dates: { from: "2026-12-05", to: "2026-12-08" } },
    ],
    [
      "hotels in Sochi for 2 adults December 20-27",
      { city: "Sochi", guests: 2, dates: { from: "2026-12-20", to: "2026-12-27" } },
    ],
    [
      "отель на выходные в Ярославле втроём",
      { city: "Ярославль", dates: { from: "2026-11-21", to: "2026-11-22" }, guests: 3 },
    ],
  ]);
  check(ITINERARY, [
    [
      "составь маршрут по Казани на 3 дня с 5 декабря, бюджет 60 тысяч",
      { city: "Казань", dates: { from: "2026-12-05", to: "2026-12-07" }, budget: 60000 },
    ],
    [
      "plan a trip to Sochi from 5 to 8 December with a budget of 100k",
      { city: "Sochi", dates: { from: "2026-12-05", to: "2026-12-08" }, budget: 100000 },
    ],
    [
      "план поездки в Суздаль на следующие выходные",
      { city: "Суздаль", dates: { from: "2026-11-28", to: "2026-11-29" } },
    ],
  ]);
});

describe("tenders", () => {
  check(TENDERS, [
    ["найди тендеры на офисную мебель до 3 миллионов", { words: "офисную мебель", max_price: 3_000_000 }],
    [
      "find tenders for office furniture under 3 million in Moscow",
      { words: "office furniture", max_price: 3_000_000, region: "Moscow" },
    ],
    [
      "покажи новые закупки по 44-ФЗ на ремонт дорог в Московской области",
      { law: "44-FZ", words: "ремонт дорог", region: "Московская область" },
    ],
    [
      "тендеры на уборку снега в Татарстане за последние 7 дней",
      { words: "уборку снега", region: "Татарстан", period: { from: "2026-11-15", to: "2026-11-21" } },
    ],
    ["тендеры по 44-ФЗ или 223-ФЗ на мебель", { words: "мебель" }],
    [
      "223 FZ tenders for frozen fish published this week",
      { law: "223-FZ", words: "frozen fish", period: { from: "2026-11-16", to: "2026-11-22" } },
    ],
    [
      "найди закупки «спецодежда зимняя» не дороже 1,5 млн ₽",
      { words: "спецодежда зимняя", max_price: 1_500_000 },
    ],
    ["тендеры на 100 ноутбуков", { words: "100 ноутбуков" }],
    [
      "какие есть тендеры на поставку морепродуктов в краснодарском крае",
      { words: "поставку морепродуктов", region: "Краснодарский край" },
    ],
    [
      "госзакупки медицинских перчаток от 1 до 2 млн рублей",
      { words: "медицинских перчаток", max_price: 2_000_000 },
    ],
    ["найди тендеры", {}],
    ["мониторинг закупок: бумага А4, до 300 тыс", { words: "бумага А4", max_price: 300_000 }],
    ["какие сейчас идут тендеры на закупку спецтехники", { words: "закупку спецтехники" }],
    [
      "Добрый день! Нужно найти закупки на изготовление полиграфии в Туле",
      { words: "изготовление полиграфии", region: "Тула" },
    ],
    ["есть что-нибудь новое на госзакупках по картриджам?", { words: "картриджам" }],
    ["тендеры IT разработка в Новосибирске", { words: "IT разработка", region: "Новосибирск" }],
    ["тендеры на охрану с начальной ценой не выше 5 000 000 руб.", { words: "охрану", max_price: 5_000_000 }],
    [
      "tenders: school meals, Kazan, max 2.5m",
      { words: "school meals", region: "Kazan", max_price: 2_500_000 },
    ],
    ["тендеры на канцтовары до 500 т.р.", { words: "канцтовары", max_price: 500_000 }],
    [
      "мне нужны закупки на вывоз мусора в Перми за октябрь",
      { words: "вывоз мусора", region: "Пермь", period: { from: "2026-10-01", to: "2026-10-31" } },
    ],
  ]);
});

describe("money", () => {
  check(CONVERT, [
    ["переведи 50 долларов в рубли", { amount: 50, from: "USD", to: "RUB" }],
    ["convert 100 EUR to USD", { amount: 100, from: "EUR", to: "USD" }],
    ["сколько будет 5 тысяч юаней в рублях", { amount: 5000, from: "CNY", to: "RUB" }],
    ["$50 в евро", { amount: 50, from: "USD", to: "EUR" }],
    ["100 баксов в тенге на вчера", { amount: 100, from: "USD", to: "KZT", date: "2026-11-20" }],
    ["how much is 10,000 JPY in rubles", { amount: 10_000, from: "JPY", to: "RUB" }],
    ["300 белорусских рублей в доллары", { amount: 300, from: "BYN", to: "USD" }],
    ["USD/EUR 250", { from: "USD", to: "EUR", amount: 250 }],
    ["сколько рублей в 200 евро", { amount: 200, from: "EUR", to: "RUB" }],
    ["convert 1.5 million rubles into dirhams", { amount: 1_500_000, from: "RUB", to: "AED" }],
    ["2 тыс. евро по курсу на 5 ноября 2026", { amount: 2000, from: "EUR", date: "2026-11-05" }],
  ]);
  check(RATES, [
    ["курс доллара", { currencies: ["USD"] }],
    ["rates of everything apart from the dollar", {}],
    ["курсы всех валют помимо доллара", {}],
    ["курс доллара и евро на завтра", { currencies: ["USD", "EUR"], date: "2026-11-22" }],
    [
      "exchange rates for EUR, CNY and JPY on 20.11.2026",
      { currencies: ["EUR", "CNY", "JPY"], date: "2026-11-20" },
    ],
    ["какой сегодня курс юаня", { currencies: ["CNY"], date: "2026-11-21" }],
    ["курсы валют", {}],
    ["what was the dollar rate yesterday", { currencies: ["USD"], date: "2026-11-20" }],
    ["try the rates", {}],
  ]);
  check(EXPENSES, [
    ["запиши расход 5000 на рекламу", { amount: 5000, category: "рекламу" }],
    ["потратил 1 250,50 ₽ на бензин вчера", { amount: 1250.5, category: "бензин", date: "2026-11-20" }],
    ["spent 3,400 on taxi", { amount: 3400, category: "taxi" }],
    ["заплатил 12 тыс за аренду 1 ноября", { amount: 12_000, category: "аренду", date: "2026-11-01" }],
    ["paid 800 rubles for lunch on Friday", { amount: 800, category: "lunch", date: "2026-11-20" }],
    ["покажи расходы", {}],
    ["на что уходят деньги", {}],
    ["расход 15000 аренда", { amount: 15_000, category: "аренда" }],
    ["внеси такси 450 руб", { amount: 450, category: "такси" }],
    ["put down 45k rent", { amount: 45_000, category: "rent" }],
    ["запиши 3000 рублей пожалуйста", { amount: 3000 }],
    ["запиши: вчера заплатил за лёд 3200", { amount: 3200, category: "лёд", date: "2026-11-20" }],
  ]);
});

describe("quotes and drafts", () => {
  check(QUOTE, [
    ["сделай КП для Бистро Волна на 20 кг по 2100", { customer: "Бистро Волна", kg: 20, price: 2100 }],
    ["quote for Café Pristan, 15 kg at 2,000 per kg", { customer: "Café Pristan", kg: 15, price: 2000 }],
    ["кп клиенту «Ресторан У моря» 30кг", { customer: "Ресторан У моря", kg: 30 }],
    ["подготовь КП на 25 кг для ООО Рога и Копыта", { customer: "ООО Рога и Копыта", kg: 25 }],
    ["сделай коммерческое предложение", {}],
    ["подготовь для отеля Марриотт кп на 45 кг", { customer: "отеля Марриотт", kg: 45 }],
    ["quote for Cafe Pristan asap", { customer: "Cafe Pristan" }],
    ["выпиши кп на ООО Север, 100 кг по 1700", { customer: "ООО Север", kg: 100, price: 1700 }],
    ["offer to Severny Ulov LLC, 10 kg", { customer: "Severny Ulov LLC", kg: 10 }],
    ["кп для ИП Петров А. П. на 10 кг", { customer: "ИП Петров А. П.", kg: 10 }],
    ["КП на 10 кг для ООО «Причал»", { kg: 10, customer: "ООО «Причал»" }],
    ["КП Бистро Волна 20 кг", { customer: "Бистро Волна", kg: 20 }],
    ["сделай кп ресторану Краб 15кг", { customer: "ресторану Краб", kg: 15 }],
    ["КП на Gigas 20 кг", { kg: 20 }],
    ["for whom is the quote", {}],
    ["my customer asked for a quote", {}],
    ["prepare a quote for Ivanov & Co: 40 kg", { customer: "Ivanov & Co", kg: 40 }],
  ]);
  check(DELETE_OLD, [
    ["delete draft quotes older than this year", { before: "2026-01-01" }],
    ["удали черновики старше 30 дней", { before: "2026-10-22" }],
    ["удали черновики КП до этого года", { before: "2026-01-01" }],
    ["delete drafts created before 2026", { before: "2026-01-01" }],
    ["удали черновики, созданные до 1 октября 2026", { before: "2026-10-01" }],
    // The other end is no value of this one: it is asked for.
    ["удали черновики КП новее 1 июня", {}],
    ["удали черновики КП не старше 1 июня", {}],
    ["delete draft quotes not older than 1 June 2026", {}],
    ["delete drafts newer than 1 June", {}],
    ["remove drafts older than a month", { before: "2026-10-21" }],
    ["удали старые черновики", {}],
  ]);
});

describe("search and articles", () => {
  check(SEARCH, [
    ["найди в интернете цены на устрицы в Китае", { query: "цены на устрицы в Китае" }],
    ["search the web for best crm for small business", { query: "best crm for small business" }],
    ["поищи про новые правила маркировки, 10 результатов", { query: "новые правила маркировки", count: 10 }],
    ["google «устричные фермы Приморья»", { query: "устричные фермы Приморья" }],
    ["узнай, кто производит льдогенераторы в России", { query: "кто производит льдогенераторы в России" }],
    ["google how to store live oysters", { query: "how to store live oysters" }],
    ["есть ли в сети что-то о новых тарифах СДЭК", { query: "новых тарифах СДЭК" }],
    ["top 5 results for oyster price index", { count: 5, query: "oyster price index" }],
    ["find top 3 oyster farms", { count: 3, query: "oyster farms" }],
    ["загугли обзор crm 2026", { query: "обзор crm 2026" }],
  ]);
  check(ARTICLE, [
    ["перескажи https://vc.ru/trade/12345 в 3 пунктах", { url: "https://vc.ru/trade/12345", points: 3 }],
    ["summarize https://example.com/a?b=1&c=2.", { url: "https://example.com/a?b=1&c=2" }],
    ["кратко изложи статью vc.ru/12345, 5 ключевых тезисов", { url: "https://vc.ru/12345", points: 5 }],
    [
      "give me 7 bullets from www.site.com/2026/11/21/post",
      { url: "https://www.site.com/2026/11/21/post", points: 7 },
    ],
    ["о чём статья", {}],
  ]);
});

it("shows the words of a quantity without what only joins it to the sentence", () => {
  const told = (query: string) =>
    parseParameters(query, MARGIN, MOSCOW).understood.map(({ name, words }) => `${name}: ${words}`);
  expect(told("посчитай маржу на 40 кг устриц по 1900")).toEqual(["kg: 40 кг", "price: по 1900"]);
  expect(told("what do I earn on 40 kg of oysters at 1900 per kg")).toEqual([
    "kg: 40 kg",
    "price: at 1900 per kg",
  ]);
});
