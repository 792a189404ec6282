import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DateValue, ExpressionError, MoneyValue } from "./expression.ts";
import { bindTemplate, evaluateCondition, resolveTemplate, templateNames } from "./template.ts";
import { parseTemplate } from "./template-parts.ts";

const SCOPE = {
  input: {
    kg: 40,
    name: "O'Brien",
    ids: [1, 2],
    none: [],
    flag: true,
    gone: null,
    price: new MoneyValue(5, "RUB"),
  },
};

describe("resolving", () => {
  it.each([
    ["${{ input.kg }}", 40],
    ["${{ input.kg }} кг", "40 кг"],
    ["${{ input.gone }}", null],
    ["[${{ input.gone }}]", "[]"],
    ["${{ input.ids }}!", "[1,2]!"],
    ["${{ {'a': {'b': '}}'}}.a.b }}", "}}"],
    ["no expression", "no expression"],
    ["${{ input.kg }}\n", 40],
    ["${{ input.kg }} ", "40 "],
    ["${{ input.kg }}${{ input.kg }}", "4040"],
    ["цена ${{ input.price }}", "цена 5"],
    ["${{ date('2026-01-02') }}T", "2026-01-02T"],
  ])("%s → %j", (template, value) => expect(resolveTemplate<unknown>(template, SCOPE)).toEqual(value));

  it("goes through lists and objects and leaves the rest alone", () => {
    const template = { a: ["${{ input.kg }}", 1], b: { c: true, d: null } };
    expect(resolveTemplate<unknown>(template, SCOPE)).toEqual({ a: [40, 1], b: { c: true, d: null } });
  });
  it("says when an expression is not closed", () =>
    expect(() => resolveTemplate("${{ input.kg", SCOPE)).toThrow(/not closed/));
  it("says what the expression was", () => {
    expect(() => resolveTemplate("${{ input.pric }}", SCOPE)).toThrow(ExpressionError);
    expect(() => resolveTemplate("${{ 1 + }}", SCOPE)).toThrow(/end of the expression/);
  });
});

describe("binding for SQL", () => {
  it.each([
    ["where n = ${{ input.name }} and k > ${{ input.kg }}", "where n = ? and k > ?", ["O'Brien", 40]],
    ["where id in ${{ input.ids }}", "where id in (?, ?)", [1, 2]],
    ["where id in (${{ input.ids }})", "where id in (?, ?)", [1, 2]],
    ["where id in ${{ input.none }}", "where id in (null)", []],
    [
      "values (${{ input.flag }}, ${{ input.gone }}, ${{ input.price }}, ${{ date('2026-01-02') }})",
      "values (?, ?, ?, ?)",
      [1, null, 5, "2026-01-02"],
    ],
    ["select 'it''s' -- don't\nwhere a = ${{ input.kg }}", "select 'it''s' -- don't\nwhere a = ?", [40]],
  ])("%s", (template, text, values) => expect(bindTemplate(template, SCOPE)).toEqual({ text, values }));

  it.each([
    "where n = '${{ input.name }}'",
    "where n like '%${{ input.name }}%'",
    'select "${{ input.name }}"',
  ])("refuses quotes around an expression: %s", (template) =>
    expect(() => bindTemplate(template, SCOPE)).toThrow(/without quotes/),
  );
  it("refuses objects, also inside lists", () => {
    expect(() => bindTemplate("${{ input }}", SCOPE)).toThrow(/is an object/);
    expect(() => bindTemplate("${{ [input] }}", SCOPE)).toThrow(/is an object/);
  });
  it("never lets a value become text", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const bound = bindTemplate("where a = ${{ v }} and b = 1", { v: value });
        expect(bound).toEqual({ text: "where a = ? and b = 1", values: [value] });
      }),
    );
  });
});

describe("conditions", () => {
  it.each([
    ["${{ input.kg > 3 }}", true],
    ["input.kg > 30", true],
    ["!input.flag", false],
  ])("%s is %s", (text, value) => expect(evaluateCondition(text, SCOPE)).toBe(value));
  it("must be true or false", () =>
    expect(() => evaluateCondition("input.kg", SCOPE)).toThrow(/not true or false/));
});

describe("names", () => {
  it("are found with their places", () => {
    const { names, expressions } = templateNames({ a: ["x ${{  input.kg + batch.n }} ${{ 1 + }}"] });
    expect([...names]).toEqual(["input", "batch"]);
    expect(expressions.map(({ path, offset, text }) => ({ path, offset, text }))).toEqual([
      { path: ["a", 0], offset: 7, text: "input.kg + batch.n" },
      { path: ["a", 0], offset: 33, text: "1 +" },
    ]);
    expect(expressions[1]?.compiled).toMatchObject({ column: 4 });
  });
});

it("splitting loses no character, whatever the text", () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.constantFrom("${{", "}}", "'", '"', "{", "}", "a", " ", "\\"))
        .map((parts) => parts.join("")),
      (text) => {
        expect(
          parseTemplate(text)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      },
    ),
  );
});

it("random expressions answer or fail readably, never otherwise", () => {
  const token = fc.constantFrom(
    "input",
    ".kg",
    "[0]",
    "(",
    ")",
    "+",
    "/",
    "==",
    "'a'",
    "1",
    "null",
    ".map(x, x)",
    ".?a",
    "? 1 : 2",
    "in",
    "[",
    "]",
    ",",
    "size",
    "-",
    "!",
    "{'a': 1}",
    "sum",
    "date",
    "&&",
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      try {
        resolveTemplate(`\${{ ${tokens.join(" ")} }}`, { ...SCOPE, when: new DateValue("2026-01-01") });
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        expect(error.text.ru).not.toBe("");
      }
    }),
    { numRuns: 2000 },
  );
});
