import { describe, expect, it } from "vitest";
import type { InputField } from "../../domain/skill.ts";
import { checkInput } from "./check-input.ts";
import { MOSCOW, RATES, TENDERS, aField } from "./test-fields.ts";
import { toJsonSchema } from "./to-json-schema.ts";

type Row = readonly [field: InputField, given: unknown, value: unknown];

const KG = aField("x", "number", { unit: "kg", above: 0 });
const MONEY = aField("x", "money");
const DATE = aField("x", "date");
const PERIOD = aField("x", "period");
const CODE = aField("x", "choice", {
  oneOf: [
    { value: "USD", words: [] },
    { value: "EUR", words: [] },
  ],
});

describe("checkInput", () => {
  it.each<Row>([
    [KG, 40, 40],
    [KG, "40", 40],
    [KG, "40 кг", 40],
    [KG, "1,5 т", 1500],
    [MONEY, "1 234,56", 1234.56],
    [MONEY, "1 234,56", 1234.56],
    [MONEY, "3 млн ₽", 3_000_000],
    [aField("x", "integer"), "7", 7],
    [DATE, "31.12.2026", "2026-12-31"],
    [DATE, "2026-12-31", "2026-12-31"],
    [DATE, "завтра", "2026-11-22"],
    [PERIOD, { from: "01.12.2026", to: "2026-12-15" }, { from: "2026-12-01", to: "2026-12-15" }],
    [PERIOD, "2026-12-01..2026-12-15", { from: "2026-12-01", to: "2026-12-15" }],
    [PERIOD, "2026-12-01/2026-12-15", { from: "2026-12-01", to: "2026-12-15" }],
    [PERIOD, "с 1 по 15 декабря", { from: "2026-12-01", to: "2026-12-15" }],
    [PERIOD, "с начала месяца", { from: "2026-11-01", to: "2026-11-21" }],
    [CODE, "USD", "USD"],
    [CODE, "доллары", "USD"],
    [aField("x", "text"), "  мебель ", "мебель"],
    [aField("x", "text"), 1041, "1041"],
    [aField("x", "text", { oneOf: [{ value: "a", words: ["альфа"] }] }), "Альфа", "a"],
    [aField("x", "place"), "Москве", "Москва"],
    [aField("x", "place"), "Урюпинск", "Урюпинск"],
    [aField("x", "url"), "vc.ru/1", "https://vc.ru/1"],
    [aField("x", "file"), "a.pdf", "a.pdf"],
    [aField("x", "table"), [{ a: 1 }], [{ a: 1 }]],
    [aField("x", "text"), null, undefined],
    [aField("x", "text"), "", undefined],
  ])("takes %o", (field, given, value) => {
    expect(checkInput({ x: given }, [field], MOSCOW)).toEqual({
      values: value === undefined ? {} : { x: value },
    });
  });

  it.each<readonly [field: InputField, given: unknown, message: string]>([
    [KG, "сорок мешков", "A number (kg)"],
    [KG, 0, "more than 0"],
    [KG, "0", "more than 0"],
    [KG, "40 ₽", "A number (kg)"],
    [aField("x", "integer", { min: 1, max: 5 }), 9, "at least 1, at most 5"],
    [aField("x", "integer"), "2,5", "whole number"],
    [KG, Number.NaN, "A number"],
    [DATE, "31.02.2026", "A date"],
    [DATE, "5/12/2026", "A date"],
    [DATE, 5, "A date"],
    [PERIOD, { from: "2026-12-15", to: "2026-12-01" }, "A period"],
    [PERIOD, "до завтра", "A period"],
    [CODE, "USB", "Did you mean USD?"],
    [CODE, "фантики", "It can be: USD, EUR"],
    [aField("x", "text"), {}, "Text is needed"],
    [aField("x", "url"), "javascript:alert(1)", "A link"],
    [aField("x", "url"), "not a link", "A link"],
    [aField("x", "file"), 5, "A file"],
    [aField("x", "table"), "a;b", "A table"],
  ])("refuses %o", (field, given, message) => {
    const checked = checkInput({ x: given }, [field], MOSCOW);
    expect(checked).toMatchObject({
      refusal: { reason: "input_invalid", field: "x", message: { en: expect.stringContaining(message) } },
    });
  });

  it("names the nearest input for an unknown one", () => {
    expect(checkInput({ regoin: "Москва" }, TENDERS, MOSCOW)).toMatchObject({
      refusal: { field: "regoin", message: { en: "The skill has no such input. Did you mean region?" } },
    });
    expect(checkInput({ whatever: 1 }, [], MOSCOW)).toMatchObject({
      refusal: { message: { en: "The skill has no such input." }, inputs: [] },
    });
  });

  it("reads lists as forms write them", () => {
    expect(checkInput({ currencies: "USD, евро" }, RATES, MOSCOW)).toEqual({
      values: { currencies: ["USD", "EUR"] },
    });
    expect(checkInput({ currencies: ["USD", "XXX"] }, RATES, MOSCOW)).toMatchObject({
      refusal: { field: "currencies" },
    });
  });
});

describe("toJsonSchema", () => {
  it.each<readonly [field: InputField, schema: unknown]>([
    [KG, { type: "number", exclusiveMinimum: 0 }],
    [
      aField("x", "integer", { min: 1, max: 5, default: 2 }),
      { type: "integer", minimum: 1, maximum: 5, default: 2 },
    ],
    [DATE, { type: "string", format: "date" }],
    [CODE, { type: "string", enum: ["USD", "EUR"] }],
    [
      aField("x", "place", { many: true }),
      { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
    ],
    [aField("x", "text", { schema: { pattern: "^a" } }), { type: "string", minLength: 1, pattern: "^a" }],
  ])("%o", (field, schema) => {
    expect(toJsonSchema(field)).toEqual(schema);
  });
});
