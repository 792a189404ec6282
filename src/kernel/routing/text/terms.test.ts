import { describe, expect, test } from "vitest";
import { normalise, toWords } from "./normalise.ts";
import { toTerm } from "./terms.ts";

function toTerms(text: string): string[] {
  return toWords(normalise(text)).map(toTerm);
}

describe("what two requests share", () => {
  test.each([
    ["a place, in any case", "в Перми", "в Нижнем Новгороде", "в Сочи"],
    ["a day", "в пятницу", "в декабре", "завтра"],
    ["a currency, by name or code", "доллар", "юаней", "usd"],
    ["a person, in any case", "Маше", "Ивану", "to Peter"],
    ["a number, spelled or not", "семь", "40", "twenty"],
    ["a meaning in one language", "отель", "гостиницу", "хостел"],
    ["a meaning in two languages", "freight", "доставка", "перевозку"],
  ])("%s", (_, ...texts) => {
    expect(new Set(texts.map((text) => toTerms(text).at(-1))).size).toBe(1);
  });
});

describe("what stays apart", () => {
  test.each([
    ["a place and a day", "Сочи", "суббота"],
    ["what was done and what is asked for", "потратил", "оплати"],
    ["a wish to see and a wish to remove", "покажи", "удали"],
    ["cities that are common words", "шахты", "москва"],
    ["a month that is a verb", "march", "april"],
    ["unrelated words", "маржа", "рейс"],
  ])("%s", (_, one, other) => {
    expect(toTerms(one)).not.toEqual(toTerms(other));
  });
});
