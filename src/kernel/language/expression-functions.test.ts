import { describe, expect, it } from "vitest";
import { compileExpression, evaluateExpression, isExpression } from "./expression.ts";
import { ExpressionError } from "./expression-error.ts";
import {
  DateValue,
  DurationValue,
  MoneyValue,
  OptionalValue,
  toKindName,
  toPlainJson,
  toValue,
} from "./expression-values.ts";

const SCOPE = {
  now: 1_795_255_200_123,
  at: "2026-11-21T10:30:15.500+03:00",
  rows: [{ n: 1 }, { n: 1 }],
  m: { a: 1 },
};

const CASES: readonly (readonly [string, unknown])[] = [
  ["string(date(now))", "2026-11-21T10:00:00.123Z"],
  ["date(at).getHours()", 7],
  ["date(at).getMinutes() + date(at).getSeconds()", 45],
  ["date('2026-11-21').getDate() + date('2026-11-21').getDayOfMonth()", 41],
  ["duration('1h30m').getMinutes()", 90],
  ["duration('-90s').getSeconds()", -90],
  ["duration('2d').getHours() + duration('500ms').getSeconds()", 48],
  ["duration(duration('1m')) == duration('60s')", true],
  ["duration('1m') < duration('2m')", true],
  ["string(duration('1m') + duration('30s') - duration('10s'))", "80s"],
  ["string(duration('24h') + date('2026-12-31'))", "2027-01-01"],
  ["string(date('2026-03-01') - duration('1d'))", "2026-02-28"],
  ["string(date('2026-01-01') + duration('90m'))", "2026-01-01T01:30:00Z"],
  ["date('2026-01-01T00:00:00Z') == timestamp('2026-01-01')", true],
  ["date('2026-01-01') <= '2026-01-01'", true],
  ["'2025-12-31' < date('2026-01-01')", true],
  ["date('0001-01-01').getFullYear()", 1],
  [
    "date('2026-01-01').iso + string(money(3, 'USD').amount) + money(3, 'USD').currency + money(3).currency",
    "2026-01-013USD",
  ],
  ["bool('true') && bool(true) && !bool('false')", true],
  ["int(true) + uint(-5) + uint('7')", 8],
  ["double('1,5') + double(money(2))", 3.5],
  ["string(null) + string([1]) + string({'a': 1}) + string(money(5))", 'null[1]{"a":1}5'],
  ["dyn(5)", 5],
  [
    "[type(null), type({}), type(true), type(date('2026-01-01')), type(duration('1s')), type(money(1))]",
    ["null", "map", "bool", "date", "duration", "number"],
  ],
  ["round(1e300, 2) == 1e300", true],
  ["round(0.0000001, 3)", 0],
  ["'a,b'.split(',', 0)", []],
  ["'a,b'.split(',', 5)", ["a", "b"]],
  ["'abcb'.indexOf('b', 2)", 3],
  ["'abc'.substring(2)", "c"],
  ["rows.distinct().size() + size(m)", 2],
  ["['x'].distinct().join()", "x"],
  ["[money(2), 1].sort()", [1, new MoneyValue(2, null)]],
  ["[true, false].sort()", [false, true]],
  ["[1, 2, 3].slice(1)", [2, 3]],
  ["[date('2026-01-01'), 5].join(' ')", "2026-01-01 5"],
  ["sum([1e9, 1e9])", 2e9],
  ["sum([])", 0],
  ["max('a', 'b')", "b"],
  ["[1, 2].existsOne(x, x == 1)", true],
  ["[0, 1].exists(x, 1 / x > 0)", true],
  ["coalesce(optional.of(3), 4)", 3],
  ["coalesce(m.b, null)", null],
  ["m.a.orValue(9)", 1],
  ["optional.of(1) == optional.of(1)", true],
  ["m[?'b'].?c.orValue('-')", "-"],
  ["optional.of({'k': 2}).k", 2],
  ["[m.?b, m.?a]", [null, 1]],
  ["{'x': m.?b}", { x: null }],
  ["'a' == 'b' || [1] != [1, 2] || {'a': 1} == {'b': 1}", true],
  ["{'a': 1} == {'a': 1, 'b': 2} || {'a': 1} == []", false],
  ["1.0 in {'1': 2} || 'z' in {}", false],
  ["-money(3)", -3],
  ["!(1 > 2)", true],
  ["'xay'.matches('a')", true],
  ["'2-3'.matches('^(\\\\d+)-(?:\\\\d+)$')", true],
];

describe("a function gives", () => {
  it.each(CASES)("%s → %j", (text, expected) => expect(evaluateExpression(text, SCOPE)).toEqual(expected));
});

const ERRORS: readonly (readonly [string, RegExp])[] = [
  ["bool('yes')", /true or false/],
  ["double('')", /does not look like a number/],
  ["double([])", /is a list, not a number/],
  ["duration('soon')", /'90s', '2h30m', '7d'/],
  ["date(1e20)", /is not a date/],
  ["date('2026-13-01')", /YYYY-MM-DD/],
  ["date('2026-01-01T25:00:00Z')", /YYYY-MM-DD/],
  ["date(null)", /YYYY-MM-DD/],
  ["1.contains('a')", /./],
  ["m.contains('a')", /is an object, not text. Write string\(m\)/],
  ["'a'.substring(0.5)", /whole number/],
  ["'a'.substring(5)", /outside the text \(it has 1 characters\)/],
  ["'abc'.substring(2, 1)", /the end is before the start/],
  ["round(1, 99)", /-15 to 15/],
  ["'a'.sort()", /is text, not a list/],
  ["[1].slice(2, 1)", /bounds start at 0/],
  ["[m].join()", /holds an object, not text/],
  ["[null].join()", /holds empty, not text/],
  ["sum([1e308, 1e308])", /too large/],
  ["sum(['a'])", /not a number/],
  ["m.a.b", /m\.a is a number; it has no field b/],
  ["rows[m]", /a key is text or a number, but this is an object/],
  ["rows[0.5]", /position 0\.5 is not a whole number/],
  ["rows[-1]", /has no item -1/],
  ["[1][1]", /numbered 0\)/],
  ["m.?b.value()", /m\.\?b has no value/],
  ["m.?b + 1", /an optional value \(add \.orValue/],
  ["duration('1s') + 1", /is a duration, not a number/],
  ["date('2026-01-01') < 5", /Cannot compare/],
  ["true < 1", /not a number/],
  ["[0].all(x, 1 / x > 0)", /Division by zero/],
  ["[1].exists(x, x)", /a condition/],
  ["coalesce(1 / 0, 2)", /Division by zero/],
  ["has(m.a.b)", /it has no field b/],
  ["'a'.matches('(')", /the pattern has a mistake/],
  ["'a'.matches('" + "x".repeat(201) + "')", /longer than 200/],
  ["1 / 0 > 1 || false", /Division by zero/],
];

describe("a function refuses", () => {
  it.each(ERRORS)("%s", (text, words) => expect(() => evaluateExpression(text, SCOPE)).toThrow(words));
});

describe("a form is explained when it is written wrong", () => {
  it.each([
    "has(1)",
    "has()",
    "coalesce()",
    "m.map(1)",
    "[1].filter(x, true, 2)",
    "cel.bind(x, 1)",
    "x.bind(y, 1, y)",
    "optional.of()",
    "x.none()",
    "x.of(1)",
    "m.orValue()",
  ])("%s", (text) => {
    const compiled = compileExpression(text);
    expect(isExpression(compiled)).toBe(false);
    if (!isExpression(compiled)) expect(compiled.message.ru).toMatch(/\S/);
  });
});

describe("text that grows", () => {
  it("is stopped however it grows", () => {
    const scope = { s: "x".repeat(3_000_000) };
    expect(() => evaluateExpression("s + s", scope)).toThrow(/4 MB/);
    expect(() => evaluateExpression("[s, s].join()", scope)).toThrow(/4 MB/);
    expect(() => evaluateExpression("s.replace('x', 'xxxx')", scope)).toThrow(/4 MB/);
  });
  it.each([
    "s.split(',').map(a, s.upperAscii().size()).size()",
    "s.split(',').filter(a, s == t).size()",
    "s.split(',').map(a, a + s).size()",
    "s.split(',').map(a, size(list + list)).size()",
    "[list.map(b, b)].map(m, list.map(a, [m] == [list]).size())",
    "[list.map(b, b)].map(m, list.map(a, {'k': m} == {'k': list}).size())",
    "[list.map(b, b)].map(m, list.map(a, {'k': m} in [{'k': list}]).size())",
    "[list.map(b, b)].map(m, list.map(a, [[m], [list]].distinct().size()).size())",
    "list.map(a, string(list)).size()",
  ])("is stopped where it is gone through again and again: %s", (text) => {
    const s = "a,".repeat(120_000);
    const scope = { s, t: `${s.slice(0, -1)}b`, list: s.split(",") };
    expect(() => evaluateExpression(text, scope)).toThrow(/too much work/);
  });
  it("a limit is never forgiven", () => {
    const scope = { s: "x".repeat(3_000_000) };
    expect(() => evaluateExpression("(s + s) == '' || true", scope)).toThrow(/4 MB/);
    expect(() => evaluateExpression("coalesce(s + s, 1)", scope)).toThrow(/4 MB/);
  });
});

describe("values from outside", () => {
  it("become the values of expressions", () => {
    expect(toValue(undefined)).toBeNull();
    expect(toValue(new Date(0))).toEqual(new DateValue("1970-01-01T00:00:00.000Z"));
  });
  it("lose their marks in plain JSON, also deep inside", () => {
    const value = {
      a: [new MoneyValue(1, null)],
      b: new DateValue("2026-01-01"),
      c: new DurationValue(1500),
      d: new OptionalValue(true, 2n),
      e: new OptionalValue(false),
    };
    expect(toPlainJson(value)).toEqual({ a: [1], b: "2026-01-01", c: "1.5s", d: 2, e: null });
  });
  it("have names in both languages", () => {
    const values = [
      null,
      1,
      "",
      true,
      [],
      {},
      new DateValue(""),
      new DurationValue(0),
      new OptionalValue(false),
    ];
    expect(new Set(values.map((value) => toKindName(value).ru)).size).toBe(values.length);
  });
  it("compare and add as plain JavaScript too", () => {
    expect(Number(new MoneyValue(5, null)) + 1).toBe(6);
    expect(String(new MoneyValue(5, null)) + String(new DateValue("2026-01-01"))).toBe("52026-01-01");
  });
});

it("an error outside the expression language is not disguised", () => {
  const scope = Object.defineProperty({}, "bad", {
    enumerable: true,
    get: () => {
      throw new TypeError("from the getter");
    },
  });
  expect(() => evaluateExpression("bad", scope)).toThrow(TypeError);
  expect(() => evaluateExpression("1 +", {})).toThrow(ExpressionError);
});
