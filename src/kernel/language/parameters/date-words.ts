// The vocabulary of dates. Rules are in absolute-dates.ts, relative-dates.ts and periods.ts.
import { toStem } from "./phrase.ts";

function toMap<T>(rows: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)));
}

/** Whole forms, not stems: "мая" is May and "маем" is nothing. */
export const MONTHS = toMap<number>([
  [1, "январь января январе январю январем янв january jan"],
  [2, "февраль февраля феврале февралю фев февр february feb"],
  [3, "март марта марте марту мар march mar"],
  [4, "апрель апреля апреле апрелю апр april apr"],
  [5, "май мая мае маю may"],
  [6, "июнь июня июне июню june jun"],
  [7, "июль июля июле июлю july jul"],
  [8, "август августа августе августу авг august aug"],
  [9, "сентябрь сентября сентябре сентябрю сен сент september sep sept"],
  [10, "октябрь октября октябре октябрю окт october oct"],
  [11, "ноябрь ноября ноябре ноябрю ноя нояб november nov"],
  [12, "декабрь декабря декабре декабрю дек december dec"],
]);

/** Months that are also verbs: alone they need a preposition. */
export const AMBIGUOUS_MONTHS: ReadonlySet<string> = new Set([
  "may",
  "march",
  "mar",
  "jan",
  "sep",
  "мар",
  "мая",
]);

export const WEEKDAYS = toMap<number>([
  [0, "понедельник понедельника понедельнику понедельники пн monday mon"],
  [1, "вторник вторника вторнику вт tuesday tue tues"],
  [2, "среда среду среды среде ср wednesday wed"],
  [3, "четверг четверга четвергу чт thursday thu thurs"],
  [4, "пятница пятницу пятницы пятнице пт friday fri"],
  [5, "суббота субботу субботы субботе сб saturday sat"],
  [6, "воскресенье воскресенья воскресенью вс sunday"],
]);

/** Days from today. */
export const RELATIVE_DAYS = toMap<number>([
  [
    0,
    "сегодня сегодняшний сегодняшнего сегодняшнему сегодняшнее сегодняшняя сегодняшнюю седня today tonight today's",
  ],
  [1, "завтра завтрашний завтрашнего завтрашнему завтрашнее tomorrow tomorrow's tmrw tmr tmw tmrrw"],
  [2, "послезавтра послезавтрашний"],
  [-1, "вчера вчерашний вчерашнего вчерашнему вчерашнее вчерашняя вчерашнюю yesterday yesterday's"],
  [-2, "позавчера позавчерашний"],
]);

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year" | "weekend";

const UNIT_ROWS: readonly (readonly [CalendarUnit, string])[] = [
  ["day", "день дня дней дни дню сутки суток day days"],
  ["week", "неделя недели неделю неделе недель неделей week weeks week's"],
  ["month", "месяц месяца месяце месяцу месяцев мес month months month's"],
  ["quarter", "квартал квартала квартале кварталу кварталов quarter quarters"],
  ["year", "год года году годов лет year years year's"],
  ["weekend", "выходные выходных выходным уикенд уикэнд weekend"],
];

export const CALENDAR_UNITS = toMap<CalendarUnit>(UNIT_ROWS);

/** "потратил", "published": what is told has happened, so its dates are behind. */
export const PAST_WORDS: ReadonlySet<string> = new Set(
  "объявили объявлены объявленные опубликовали опубликованы опубликованные разместили размещены размещенные потратил потратила потратили заплатил заплатила заплатили купил купила купили оплатил оплатили был была было были published announced posted spent paid bought was were".split(
    " ",
  ),
);

/** 0 this, 1 next, -1 last, -2 the one before last; stems, because Russian adjectives have twenty forms. */
export const WHICH: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        0,
        "этот этого этом эта эту этой эти этих тек текущий текущего текущем текущая текущую текущей нынешний нынешнего ближайший ближайшая this current coming upcoming",
      ],
      [1, "след следующий следующая следующую следующее следующие будущий будущая next"],
      [-2, "позапрошлый позапрошлая"],
      [-1, "прош прошлый прошлая прошлую прошедший прошедшая предыдущий предыдущая last previous"],
    ] as const
  ).flatMap(([value, words]) => words.split(" ").flatMap((word) => [[toStem(word), value] as const])),
);

/** "последние 7 дней": a window that ends today, unlike "прошлая неделя". */
export const WINDOW_WORDS: ReadonlySet<string> = new Set(
  "последние последних последний последнего последняя последнюю last past previous прошедшие прошедших предыдущие предыдущих".split(
    " ",
  ),
);

const DAY_STEMS =
  "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат";
const DAYS_EN =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";

/** "третьего", "third": the day of a month in words, up to the twentieth. */
export const ORDINAL_DAYS: ReadonlyMap<string, number> = new Map([
  ...DAY_STEMS.split(" ").flatMap((stem, index) =>
    (stem === "треть" ? ["его", "е"] : ["ого", "ое"]).map((ending) => [stem + ending, index + 1] as const),
  ),
  ...DAYS_EN.split(" ").map((word, index) => [word, index + 1] as const),
  ["тридцатого", 30],
  ["тридцатое", 30],
  ["thirtieth", 30],
]);

/** "двадцать первого", "thirty-first". */
export const TENS_OF_DAYS = toMap<number>([
  [20, "двадцать twenty"],
  [30, "тридцать thirty"],
]);

export const ORDINALS = toMap<number>([
  [1, "первый первого первом первая первую первой i 1st first"],
  [2, "второй второго втором вторая вторую ii 2nd second"],
  [3, "третий третьего третьем третья третью третьей iii 3rd third"],
  [4, "четвертый четвертого четвертом четвертая четвертую четвертой iv 4th fourth"],
]);

/** A day, a month, a weekend: a word that only says when. */
export function isCalendarWord(word: string): boolean {
  return [MONTHS, WEEKDAYS, RELATIVE_DAYS, CALENDAR_UNITS].some((table) => table.has(word));
}
