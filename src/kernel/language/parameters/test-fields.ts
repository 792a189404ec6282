// Fields as skill authors write them, for the tests of this folder.
import type { InputField } from "../../domain/skill.ts";
import type { ParameterContext } from "./found.ts";

/** Saturday, 21 November 2026, 12:00 in Moscow. */
export const NOW = 1_795_251_600_000;
export const MOSCOW: ParameterContext = {
  now: NOW,
  timeZone: "Europe/Moscow",
  locale: "ru",
  currency: "RUB",
};

export function aField(name: string, type: InputField["type"], more: Partial<InputField> = {}): InputField {
  return { name, type, ask: `${name}?`, optional: false, ...more };
}

const CODES = ["RUB", "USD", "EUR", "CNY", "GBP", "JPY", "KZT", "BYN", "TRY", "AED"].map((value) => ({
  value,
  words: [],
}));
const OPTIONAL = { optional: true };

export const MARGIN = [
  aField("kg", "number", { unit: "kg", above: 0 }),
  aField("price", "money", { per: "kg", above: 0, words: ["цена", "price"] }),
];
export const LOGISTICS = [
  aField("from", "place", { default: "Владивосток" }),
  aField("to", "place"),
  aField("kg", "number", { unit: "kg", above: 0, max: 2000 }),
  aField("date", "date", { ...OPTIONAL, words: ["отправка", "отгрузка", "shipping"] }),
];
export const FLIGHTS = [
  aField("from", "place"),
  aField("to", "place"),
  aField("date", "date", { words: ["вылет", "туда", "departure", "leaving"] }),
  aField("return_date", "date", { ...OPTIONAL, words: ["обратно", "возвращение", "return", "back"] }),
];
export const HOTELS = [
  aField("city", "place"),
  aField("dates", "period", { words: ["заезд", "check-in", "stay"] }),
  aField("guests", "integer", { unit: "people", min: 1, max: 20, default: 2, words: ["гостей", "guests"] }),
  aField("max_price", "money", {
    ...OPTIONAL,
    per: "night",
    above: 0,
    words: ["цена", "бюджет", "price", "budget"],
  }),
];
export const TENDERS = [
  aField("words", "text", { words: ["на", "по", "про", "for", "about"] }),
  aField("region", "place", { ...OPTIONAL, words: ["регион", "область", "край", "region"] }),
  aField("max_price", "money", { ...OPTIONAL, above: 0, words: ["цена", "сумма", "price"] }),
  aField("law", "choice", {
    ...OPTIONAL,
    oneOf: [
      { value: "44-FZ", words: ["44-фз", "по 44", "44-fz", "law 44"] },
      { value: "223-FZ", words: ["223-фз", "по 223", "223-fz", "law 223"] },
    ],
  }),
  aField("period", "period", { ...OPTIONAL, words: ["размещены", "опубликованы", "published"] }),
];
export const CONVERT = [
  aField("amount", "number", { above: 0, words: ["сумма", "amount"] }),
  aField("from", "choice", { oneOf: CODES }),
  aField("to", "choice", { oneOf: CODES, default: "RUB" }),
  aField("date", "date", OPTIONAL),
];
export const RATES = [
  aField("currencies", "choice", {
    many: true,
    default: ["USD", "EUR", "CNY"],
    oneOf: CODES.slice(1),
    words: ["курс", "валюта", "rate", "currency"],
  }),
  aField("date", "date", OPTIONAL),
];
export const EXPENSES = [
  aField("amount", "money", {
    ...OPTIONAL,
    above: 0,
    words: ["расход", "потратил", "заплатил", "spent", "paid", "expense"],
  }),
  aField("category", "text", {
    ...OPTIONAL,
    words: ["на", "за", "статья", "категория", "on", "for", "category"],
  }),
  aField("date", "date", { ...OPTIONAL, words: ["past"] }),
];
export const QUOTE = [
  aField("customer", "text", {
    words: ["для", "клиент", "клиенту", "заказчик", "for", "customer", "client"],
  }),
  aField("kg", "number", { unit: "kg", above: 0 }),
  aField("price", "money", { ...OPTIONAL, per: "kg", above: 0, words: ["цена", "price"] }),
];
export const SEARCH = [
  aField("query", "text", { words: ["про", "о", "об", "about", "for"] }),
  aField("count", "integer", {
    min: 1,
    max: 20,
    default: 5,
    words: ["результатов", "ссылок", "results", "links", "top"],
  }),
];
export const ARTICLE = [
  aField("url", "url", { words: ["ссылка", "статья", "link", "article"] }),
  aField("points", "integer", {
    min: 1,
    max: 15,
    default: 5,
    words: ["пунктов", "тезисов", "points", "bullets"],
  }),
];
export const DELETE_OLD = [aField("before", "date", { words: ["старше", "созданные", "older", "created"] })];
export const REPORT = [aField("period", "period")];
export const ITINERARY = [
  aField("city", "place"),
  aField("dates", "period"),
  aField("budget", "money", { ...OPTIONAL, above: 0, words: ["бюджет", "budget"] }),
];
