// The many forms one value has in the mouths of people, a table for each kind of form.
import { describe } from "vitest";
import { type SaidRow, checkSaid } from "../../../../test/request-check.ts";
import type { InputField } from "../../domain/skill.ts";
import {
  CONVERT,
  DELETE_OLD,
  EXPENSES,
  FLIGHTS,
  HOTELS,
  ITINERARY,
  LOGISTICS,
  MARGIN,
  MOSCOW,
  SEARCH,
  TENDERS,
  aField,
} from "./test-fields.ts";

const check = (fields: readonly InputField[], rows: readonly SaidRow[]): void =>
  checkSaid(fields, rows, MOSCOW);

describe("amounts in words and slang", () => {
  check(MARGIN, [
    ["прибыль с четверти тонны по две тысячи сто", { kg: 250, price: 2100 }],
    ["margin on a quarter of a ton at 2k", { kg: 250, price: 2000 }],
    ["три центнера по косарю", { kg: 300, price: 1000 }],
    ["берут по 1,8 тыс за кило 30 кг", { kg: 30, price: 1800 }],
    ["стоит ли торговать при 1450 за кг", { price: 1450 }],
    ["can we go down to 1500", { price: 1500 }],
    ["прибыль с двух с половиной тонн", { kg: 2500 }],
    ["сколько останется с 12 кг for 2050", { kg: 12, price: 2050 }],
  ]);
  check(EXPENSES, [
    ["потратил три тысячи двести на краску", { amount: 3200, category: "краску" }],
    ["потратил полтора ляма на ремонт", { amount: 1_500_000, category: "ремонт" }],
    ["заплатил лимон за фургон", { category: "фургон" }],
    ["расход два мешка соли за 1800", { amount: 1800, category: "два мешка соли" }],
    ["дюбели 350", { amount: 350, category: "дюбели" }],
    ["cardboard boxes 22k", { amount: 22_000, category: "cardboard boxes" }],
    ["заплатил грузчикам 7000 наличкой", { amount: 7000, category: "грузчикам" }],
    ["18 тысяч, упаковка, 12.11", { amount: 18_000, category: "упаковка", date: "2026-11-12" }],
    ["хостинг 2 990 р 18.11", { amount: 2990, category: "хостинг", date: "2026-11-18" }],
    ["сколько потратили на этой неделе", {}],
    ["траты за прошлый месяц", {}],
  ]);
});

describe("limits", () => {
  check(TENDERS, [
    ["tenders for paint, not above 10 mln", { words: "paint", max_price: 10_000_000 }],
    ["тендеры на краску не дороже миллиона", { words: "краску", max_price: 1_000_000 }],
    ["tenders for paint no higher than 300k", { words: "paint", max_price: 300_000 }],
  ]);
  check(HOTELS, [
    ["номер в Пскове не дороже 6 тыс сутки", { city: "Псков", max_price: 6000 }],
    ["hotel in Pskov, 5000 rubles night", { city: "Pskov", max_price: 5000 }],
    ["жильё в Пскове вшестером", { city: "Псков", guests: 6 }],
    ["rooms for 4 workers in Pskov", { city: "Pskov", guests: 4 }],
  ]);
});

describe("days", () => {
  check(
    [aField("date", "date")],
    [
      ["третьего декабря", { date: "2026-12-03" }],
      ["двадцать первого января", { date: "2027-01-21" }],
      ["the twenty-first of January", { date: "2027-01-21" }],
      ["вылет второго из Москвы", { date: "2026-12-02" }],
      ["at last Wednesday's rate", { date: "2026-11-18" }],
      ["tmrw", { date: "2026-11-22" }],
      ["последняя пятница октября", { date: "2027-10-29" }],
      ["the first Monday of December", { date: "2026-12-07" }],
      ["the 5-figure plan", {}],
      ["в след. пятницу", { date: "2026-11-27" }],
      ["moscow-dubai 12/12", { date: "2026-12-12" }],
      ["on 12/25", { date: "2026-12-25" }],
      ["on 05/12", {}],
      ["вылет 05/12", { date: "2026-12-05" }],
      ["24/7", {}],
      ["с 1 по 10 октября", {}],
      ["второго сорта", {}],
      ["первого клиента", {}],
    ],
  );
  check(
    DELETE_OLD.map((field) => ({ ...field, words: ["past", ...(field.words ?? [])] })),
    [
      ["которым больше полугода", { before: "2026-05-21" }],
      ["more than 90 days old", { before: "2026-08-23" }],
    ],
  );
  check(FLIGHTS, [
    ["на 20 декабря, обратно 27", { date: "2026-12-20", return_date: "2026-12-27" }],
    ["on 20 December returning on the 27th", { date: "2026-12-20", return_date: "2026-12-27" }],
    ["12 января, обратно через неделю", { date: "2027-01-12", return_date: "2027-01-19" }],
    ["в пятницу, обратно в воскресенье", { date: "2026-11-27", return_date: "2026-11-29" }],
    [
      "be in Kazan by Friday, leaving Moscow on Thursday",
      { from: "Moscow", to: "Kazan", date: "2026-11-26" },
    ],
  ]);
  check(HOTELS, [
    ["в Пскове с пт на вс", { city: "Псков", dates: { from: "2026-11-27", to: "2026-11-29" } }],
    ["Pskov from Thursday to Saturday", { city: "Pskov", dates: { from: "2026-11-26", to: "2026-11-28" } }],
    ["Псков на след неделе", { city: "Псков", dates: { from: "2026-11-23", to: "2026-11-29" } }],
    ["на неделю с 1 декабря, Псков", { city: "Псков", dates: { from: "2026-12-01", to: "2026-12-07" } }],
    [
      "Псков, заезд 2 января, улетаем 6-го",
      { city: "Псков", dates: { from: "2027-01-02", to: "2027-01-06" } },
    ],
    ["Псков, 28 и 29 ноября", { city: "Псков", dates: { from: "2026-11-28", to: "2026-11-29" } }],
    ["Pskov, first weekend of June", { city: "Pskov", dates: { from: "2027-06-05", to: "2027-06-06" } }],
    ["Псков в середине декабря", { city: "Псков" }],
    ["неделю в Пскове с понедельника", { city: "Псков", dates: { from: "2026-11-23", to: "2026-11-29" } }],
    ["Pskov for 10 engineers", { city: "Pskov", guests: 10 }],
    ["Псков на сутки 25.11", { city: "Псков", dates: { from: "2026-11-25", to: "2026-11-26" } }],
    ["гостиница в Пскове с 20 по 22", { city: "Псков", dates: { from: "2026-12-20", to: "2026-12-22" } }],
    [
      "hotel in Pskov from the 5th to the 7th",
      { city: "Pskov", dates: { from: "2026-12-05", to: "2026-12-07" } },
    ],
    [
      "отель в Пскове в субботу и воскресенье",
      { city: "Псков", dates: { from: "2026-11-21", to: "2026-11-22" } },
    ],
  ]);
  check(TENDERS, [
    [
      "закупки льда с начала ноября, опубликованы",
      { words: "льда", period: { from: "2026-11-01", to: "2026-11-21" } },
    ],
  ]);
  check(ITINERARY, [
    ["things to see in Pskov in three days", { city: "Pskov" }],
    ["на 3 дня в Пскове с 12 декабря", { city: "Псков", dates: { from: "2026-12-12", to: "2026-12-14" } }],
  ]);
});

describe("places", () => {
  check(FLIGHTS, [
    ["авиабилеты Псков", { to: "Псков" }],
    ["из Владика в Екат", { from: "Владивосток", to: "Екатеринбург" }],
    ["из Ростова в Челны", { from: "Ростов-на-Дону", to: "Набережные Челны" }],
    ["SVO - KGD 8 March", { from: "Moscow", to: "Kaliningrad", date: "2027-03-08" }],
    ["led ist", {}],
    ["в Тюмени надо быть, я в Самаре", { from: "Самара", to: "Тюмень" }],
    ["Мск - Гадюкино", { from: "Москва" }],
  ]);
  check(LOGISTICS, [
    ["доставка Псков 50 кг", { to: "Псков", kg: 50 }],
    ["ship a ton to Pskov", { to: "Pskov", kg: 1000 }],
    ["отправить тонну в Псков", { to: "Псков", kg: 1000 }],
    ["по 20 кг в Москву и Питер", { kg: 20 }],
    ["40 кг в Псков, нужно к субботе", { kg: 40, to: "Псков" }],
    ["в Псков 40 кг, отправка до субботы", { kg: 40, to: "Псков", date: "2026-11-21" }],
    ["доставка по России", {}],
    ["до Н. Новгорода 40 кг", { to: "Нижний Новгород", kg: 40 }],
  ]);
  check(CONVERT, [
    ["1.2m tenge in dollars", { amount: 1_200_000, from: "KZT", to: "USD" }],
    ["три с половиной тысячи дирхамов в рубли", { amount: 3500, from: "AED", to: "RUB" }],
  ]);
  check(TENDERS, [
    ["тендеры на мусор в Липецкой области", { words: "мусор", region: "Липецкая область" }],
    ["tenders for coal in Leningrad oblast", { words: "coal", region: "Leningrad oblast" }],
    ["tenders for coal in Rostov region", { words: "coal", region: "Rostov region" }],
    ["тендеры на щебень, ленобласть", { words: "щебень", region: "Ленинградская область" }],
  ]);
});

describe("sides of a conversion", () => {
  check(CONVERT, [
    ["инвойс пришёл в баксах, пересчитай", { from: "USD" }],
    ["the bill is in yuan, what's that in rubles", { from: "CNY", to: "RUB" }],
    ["зарплата пришла в долларах, переведи", { from: "USD" }],
    ["нам платят в юанях, пересчитай на рубли", { from: "CNY", to: "RUB" }],
    ["пересчитай инвойс в баксы", { to: "USD" }],
    ["сколько цена в баксах", { to: "USD" }],
    ["how many dirhams do I get for five hundred pounds", { amount: 500, from: "GBP", to: "AED" }],
    ["сколько лир дадут за тысячу долларов", { amount: 1000, from: "USD", to: "TRY" }],
  ]);
});

describe("how many people", () => {
  check(HOTELS, [
    ["hotel in Pskov for 6 of us", { city: "Pskov", guests: 6 }],
    ["hotel in Pskov for the six of us", { city: "Pskov", guests: 6 }],
    ["hotel in Pskov for me and three friends", { city: "Pskov", guests: 4 }],
    ["hotel in Pskov for a group of 9", { city: "Pskov", guests: 9 }],
    ["жильё в Пскове, нас шестеро", { city: "Псков", guests: 6 }],
    ["жильё в Пскове, нас будет 3", { city: "Псков", guests: 3 }],
    ["жильё в Пскове на 6 человек", { city: "Псков", guests: 6 }],
  ]);
});

describe("slips in the words of dates", () => {
  check(
    [aField("date", "date")],
    [
      ["tommorow", { date: "2026-11-22" }],
      ["tommorrow", { date: "2026-11-22" }],
      ["сегоня", { date: "2026-11-21" }],
      ["завтро", { date: "2026-11-22" }],
      ["посслезавтра", { date: "2026-11-23" }],
      ["в пятницо", { date: "2026-11-27" }],
      ["on wendesday", { date: "2026-11-25" }],
      ["3 дикабря", { date: "2026-12-03" }],
      ["12 decmber", { date: "2026-12-12" }],
      ["с завтраком", {}],
      ["завтрак", {}],
      ["четверо", {}],
      ["четверть", {}],
      ["sundry", {}],
    ],
  );
});

describe("the subject of a search", () => {
  check(SEARCH, [
    ["найди 7 статей в сети на тему выпечка хлеба", { query: "выпечка хлеба" }],
    ["пробей в яндексе закон о рекламе", { query: "закон о рекламе" }],
    ["find websites on crane rental", { query: "crane rental" }],
    ["how to get a licence, google it", { query: "how to get a licence" }],
    ["google node 22 release notes", { query: "node 22 release notes" }],
    ["что пишут про краны, три ссылки", { query: "краны", count: 3 }],
    ["надо кое-что найти в интернете", {}],
  ]);
  check(TENDERS, [
    ["tendrs for asphalt", { words: "asphalt" }],
    ["any state orders for fillet", { words: "fillet" }],
    ["тендеры на разработку сайтов", { words: "разработку сайтов" }],
    ["кинь свежие торги", {}],
  ]);
});
