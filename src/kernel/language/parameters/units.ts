// Units of measure as people write them, and the conversion into the unit a field is kept in.
import { toStem } from "./phrase.ts";
import { toNormal } from "./sentence.ts";

export interface Unit {
  readonly name: string;
  readonly dimension: string;
  /** How many of the dimension's base unit one of these is. */
  readonly factor: number;
}

type Row = readonly [name: string, dimension: string, factor: number, words: string];

const ROWS: readonly Row[] = [
  ["mg", "mass", 1e-6, "мг mg миллиграмм"],
  ["g", "mass", 1e-3, "г гр грамм g gr gram"],
  ["kg", "mass", 1, "кг кило килограмм килограма kg kgs kilo kilogram kilogramme"],
  ["centner", "mass", 100, "центнер центнера центнеров"],
  ["t", "mass", 1000, "т тн тон тонна тонну тонн тонной t ton tonne"],
  ["lb", "mass", 0.45359237, "lb lbs"],
  ["ml", "volume", 1e-3, "мл ml миллилитр millilitre milliliter"],
  ["l", "volume", 1, "л литр l liter litre"],
  ["mm", "length", 1e-3, "мм mm миллиметр"],
  ["cm", "length", 1e-2, "см cm сантиметр centimeter centimetre"],
  ["m", "length", 1, "м m метр metre meter"],
  ["km", "length", 1000, "км km километр kilometre kilometer"],
  ["pcs", "count", 1, "шт штука штук pcs pc piece единица ед"],
  ["dozen", "count", 12, "дюжина дюжин dozen"],
  [
    "people",
    "people",
    1,
    "человек чел человека людей гость гостя персона персон взрослый пассажир рабочий коллега коллег сотрудник работник друг друзей турист водитель person people ppl guest pax adult traveller traveler passenger worker colleague coworker employee friend tourist driver",
  ],
  ["children", "children", 1, "ребенок ребенка детей дети child children kid"],
  ["night", "night", 1, "ночь ночи ночей night"],
  ["minute", "minute", 1, "мин минута минут minute mins"],
  ["time", "time", 1, "раз раза times"],
  ["hour", "hour", 1, "ч час часа часов hour hr hrs"],
  ["day", "day", 1, "день дня дней дни day дневный"],
  ["24 hours", "day", 1, "сутки суток сут"],
  ["week", "day", 7, "неделя недель week"],
  ["month", "month", 1, "месяц месяцев мес month"],
  ["year", "month", 12, "год года лет year"],
  ["page", "page", 1, "стр страница страниц page"],
  ["star", "star", 1, "звезда звезды звезд star звездный"],
  ["box", "box", 1, "ящик коробка коробок box"],
  ["percent", "percent", 1, "% процент percent pct"],
];

export const UNIT_WORDS: readonly string[] = ROWS.flatMap(([, , , words]) => words.split(" "));

const byWord = new Map<string, Unit>();
const byStem = new Map<string, Unit>();
for (const [name, dimension, factor, words] of ROWS) {
  const unit = { name, dimension, factor };
  byWord.set(name, unit);
  for (const word of words.split(" ")) {
    byWord.set(word, unit);
    if (word.length > 3 || /^[a-z]{3}$/.test(word)) byStem.set(toStem(word), unit);
  }
}

/** Expects a normalised word ("кг", "килограммов", "guests"). */
export function parseUnit(word: string): Unit | undefined {
  return byWord.get(word) ?? byStem.get(toStem(word));
}

/** The unit a field declares; one that the table lacks ("bottle") is a dimension of its own. */
export function toFieldUnit(declared: string): Unit {
  const word = toNormal(declared).trim();
  return parseUnit(word) ?? { name: word, dimension: word, factor: 1 };
}

/** Twelve significant digits absorb binary noise: 1.1 t is 1100 kg, not 1100.0000000000002. */
export function toRounded(amount: number): number {
  return Number(amount.toPrecision(12));
}
