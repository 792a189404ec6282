// What must hold for every text, however strange.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputField } from "../../domain/skill.ts";
import { checkInput } from "./check-input.ts";
import { parseParameters } from "./parse-parameters.ts";
import { CONVERT, EXPENSES, FLIGHTS, HOTELS, MARGIN, MOSCOW, QUOTE, RATES, TENDERS } from "./test-fields.ts";

const SKILLS: readonly (readonly InputField[])[] = [
  MARGIN,
  FLIGHTS,
  HOTELS,
  TENDERS,
  CONVERT,
  RATES,
  EXPENSES,
  QUOTE,
];
const PIECES =
  'тысяч|тонна|ящика|по|24/7|12/12|след.|пт|зеленых|вариант|A4|40|кг|1900|1 900|по|за|₽|$|руб|из|в|Москвы|Сочи|from|to|Kazan|5 декабря|December|-|—|до|млн|1,5|т|на двоих|«|»|"|https://a.ru/1|21.11.2026|31.02.2026|44-ФЗ|next|week|сегодня|пол|тысяча|№|два|двадцать|.|,|через|дней|last|старше|USD|евро|найди|тендеры|для|ООО|q|3|квартал|/|:|\u200f|🦪|ё|İ|0|-5|%|1.900.00|99999999999999999999'.split(
    "|",
  );
const anyQuery = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(" ")),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join("")),
);
const anySkill = fc.constantFrom(...SKILLS);

/** Whether each has a place in the text that no other takes. The first place of one may be a part of another's. */
function haveOwnPlaces(text: string, [words, ...rest]: readonly string[]): boolean {
  if (words === undefined) return true;
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const left = `${text.slice(0, at)}\u0000${text.slice(at + words.length)}`;
    if (haveOwnPlaces(left, rest)) return true;
  }
  return false;
}

describe("parseParameters", () => {
  it("shows exact words for every value that is no default, and asks for the rest", () => {
    fc.assert(
      fc.property(anyQuery, anySkill, (query, fields) => {
        const { values, understood, missing } = parseParameters(query, fields, MOSCOW);
        const said = new Set(understood.map(({ name }) => name));
        for (const { name, value, words } of understood) {
          expect(words.trim()).not.toBe("");
          expect(query).toContain(words);
          // A list may be said in several places: each shows its part.
          const whole = values[name];
          if (Array.isArray(whole) && Array.isArray(value))
            expect(whole).toEqual(expect.arrayContaining(value));
          else expect(whole).toEqual(value);
        }
        for (const { name, default: byDefault, optional } of fields) {
          const isAsked = missing.some((one) => one.name === name);
          expect(isAsked).toBe(!said.has(name) && byDefault === undefined && !optional);
          if (!said.has(name)) expect(values[name]).toEqual(byDefault);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("takes no words twice", () => {
    expect(haveOwnPlaces("₽5 декабряto5 декабря", ["5 декабря", "₽5"])).toBe(true);
    expect(haveOwnPlaces("₽5 декабря", ["5 декабря", "₽5"])).toBe(false);
    const { understood: perWeek } = parseParameters("40 руб week", CONVERT, MOSCOW);
    expect(perWeek.map(({ words }) => words)).toEqual(["40", "руб"]);
    fc.assert(
      fc.property(anyQuery, anySkill, (query, fields) => {
        const { understood } = parseParameters(query, fields, MOSCOW);
        expect(
          haveOwnPlaces(
            query,
            understood.map(({ words }) => words),
          ),
        ).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("gives values that checkInput takes unchanged", () => {
    fc.assert(
      fc.property(anyQuery, anySkill, (query, fields) => {
        const { values } = parseParameters(query, fields, MOSCOW);
        expect(checkInput(values, fields, MOSCOW)).toEqual({ values });
      }),
      { numRuns: 3000 },
    );
  });

  it("answers the same twice", () => {
    fc.assert(
      fc.property(anyQuery, anySkill, (query, fields) => {
        expect(parseParameters(query, fields, MOSCOW)).toEqual(parseParameters(query, fields, MOSCOW));
      }),
    );
  });

  it.each([
    ["a"],
    ["1"],
    ["1 "],
    ["«"],
    ["40 кг "],
    ["до 3 млн "],
    ["из "],
    ["1."],
    ["a@"],
    ["a."],
    ["- "],
    ["доллар "],
    ["5 декабря "],
    ["на "],
    ["\ud800"],
    ["(("],
  ])("reads of a megabyte of %j what it reads of its beginning", (piece) => {
    const query = piece.repeat(1_000_000 / piece.length);
    // Only the beginning is analysed; were it otherwise, this would take hours and be ended.
    const beginning = query.slice(0, 10_000);
    for (const fields of SKILLS)
      expect(parseParameters(query, fields, MOSCOW)).toEqual(parseParameters(beginning, fields, MOSCOW));
  });
});

describe("checkInput", () => {
  it("never throws and is idempotent", () => {
    fc.assert(
      fc.property(anySkill, fc.anything(), fc.nat(), (fields, given, index) => {
        const field = fields[index % fields.length];
        if (field === undefined) return;
        const checked = checkInput({ [field.name]: given }, fields, MOSCOW);
        if ("values" in checked) expect(checkInput(checked.values, fields, MOSCOW)).toEqual(checked);
      }),
      { numRuns: 2000 },
    );
  });
});
