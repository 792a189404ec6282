import { describe, expect, it } from "vitest";
import {
  compileExpression,
  DateValue,
  evaluateExpression,
  ExpressionError,
  isExpression,
  MoneyValue,
} from "./expression.ts";

const SCOPE = {
  input: { kg: 40, price: 1900, name: "Анна", tags: ["b", "a", "b"] },
  batch: {
    first: { loss_percent: 5, cost_per_kg: 1150 },
    rows: [
      { n: 2, g: "x" },
      { n: 1, g: "y" },
      { n: 3, g: "x" },
    ],
  },
  big: 7n,
  empty: [],
  nothing: null,
  page: { body: { sum: 3, items: [1, 2] }, status: 200 },
};

/** The conformance table: what an expression means here. Rows marked * differ from CEL on purpose (numbers are doubles). */
const CASES: readonly (readonly [string, unknown])[] = [
  ["1 + 2 * 3", 7],
  ["5 / 100", 0.05], // *
  ["7 % 4", 3],
  ["-input.kg", -40],
  ["input.kg * (1 - batch.first.loss_percent / 100) * input.price", 72200],
  ["round((72200 - 46000) / 72200 * 100, 1)", 36.3],
  ["round(2.5)", 3],
  ["round(-2.5)", -3],
  ["round(1.005, 2)", 1.01],
  ["round(1234, -2)", 1200],
  ["floor(1.7) + ceil(1.2) + abs(-1)", 4],
  ["0xFF + 1u", 256], // *
  ["1e3", 1000],
  ["size('привет') * 2", 12],
  ["big + 1", 8],
  ["1 == 1.0", true],
  ["1 == '1'", false],
  ["[1, 'a', null] == [1, 'a', null]", true],
  ["{'a': 1} == {'a': 1.0}", true],
  ["nothing == null", true],
  ["'б' > 'а'", true],
  ["true && !false || false", true],
  ["false && nope.nope", false],
  ["nope.nope || true", true],
  ["1 < 2 ? 'да' : null", "да"],
  ["2 in [1, 2]", true],
  ["'sum' in page.body", true],
  ["'x' in input.tags", false],
  ["'a' + 'b'", "ab"],
  ["[1] + ['a']", [1, "a"]],
  ["batch.rows[1].n", 1],
  ["page['status']", 200],
  ["page.body.items[size(page.body.items) - 1]", 2],
  ["has(page.body)", true],
  ["has(page.head)", false],
  ["page.?head.orValue('-')", "-"],
  ["page.?body.?sum.orValue(0)", 3],
  ["page[?'body'].hasValue()", true],
  ["empty[?0].orValue('нет')", "нет"],
  ["optional.none().or(optional.of(4)).value()", 4],
  ["page.?head", null],
  ["coalesce(nothing, page.nope, 5)", 5],
  ["input.tags.all(t, t < 'c')", true],
  ["input.tags.exists(t, t == 'a')", true],
  ["input.tags.exists_one(t, t == 'b')", false],
  ["batch.rows.map(r, r.n * 2)", [4, 2, 6]],
  ["batch.rows.map(r, r.g == 'x', r.n)", [2, 3]],
  ["batch.rows.filter(r, r.n > 1).size()", 2],
  ["page.body.map(k, k)", ["sum", "items"]],
  ["batch.rows.map(r, input.tags.map(t, t + r.g))[0][1]", "ax"],
  ["cel.bind(x, input.kg * 2, x + x)", 160],
  ["'a,b,c'.split(',')", ["a", "b", "c"]],
  ["'a,b,c'.split(',', 2)", ["a", "b,c"]],
  ["['a', 'b'].join('-')", "a-b"],
  ["'banana'.replace('a', 'o')", "bonono"],
  ["'banana'.replace('a', 'o', 2)", "bonona"],
  ["'  x '.trim()", "x"],
  ["'HeLLo'.lowerAscii() + 'ok'.upperAscii()", "helloOK"],
  ["'ПРИВЕТ'.lowerAscii()", "ПРИВЕТ"],
  ["'ПРИВЕТ'.lower()", "привет"],
  ["'привет'.substring(1, 3)", "ри"],
  ["'tacocat'.indexOf('c') + 'tacocat'.lastIndexOf('c')", 6],
  ["'abc'.charAt(1)", "b"],
  ["'abc'.reverse()", "cba"],
  ["'abc'.startsWith('a') && 'abc'.endsWith('c') && 'abc'.contains('b')", true],
  ["'2026-11-18'.matches('^\\\\d{4}-\\\\d{2}-\\\\d{2}$')", true],
  ["r'\\d'", "\\d"],
  ["string(1.5) + string(true)", "1.5true"],
  ["double('1 234,56') + int('7') + int(2.9)", 1243.56],
  ["type(1) + type([]) + type('')", "numberliststring"],
  ["input.tags.sort()", ["a", "b", "b"]],
  ["input.tags.distinct()", ["b", "a"]],
  ["[{'a': 1}, {'a': 1}].distinct().size()", 1],
  ["batch.rows.sortBy(r, r.n).map(r, r.n)", [1, 2, 3]],
  ["[3, null, 1].sort()", [1, 3, null]],
  ["batch.rows.groupBy(r, r.g).x.size()", 2],
  ["[[1, [2]], 3].flatten()", [1, [2], 3]],
  ["[[1, [2]], 3].flatten(2)", [1, 2, 3]],
  ["[1, 2, 3, 4].slice(1, 3)", [2, 3]],
  ["[1, 2].reverse()", [2, 1]],
  ["sum([0.1, 0.2])", 0.3],
  ["sum(batch.rows.map(r, r.n))", 6],
  ["min(3, 1) + max([2, 9])", 10],
  ["money(5, 'rub') + 1", 6],
  ["money(5, 'RUB') == 5 && money(7, 'RUB') > 6", true],
  ["date('2026-11-18') < date('2026-11-19')", true],
  ["date('18.11.2026') == '2026-11-18'", true],
  ["(date('2026-12-31') - date('2026-12-01')).getDays()", 30],
  ["date('2026-02-28').getFullYear() + date('2026-02-28').getMonth()", 2027],
  ["date('2026-11-21').getDayOfWeek()", 6],
];

describe("an expression means", () => {
  it.each(CASES)("%s → %j", (text, expected) => expect(evaluateExpression(text, SCOPE)).toEqual(expected));
});

const ERRORS: readonly (readonly [string, RegExp, RegExp])[] = [
  ["1 / 0", /Division by zero: 0 is 0/, /на ноль/],
  ["1 / (input.kg - 40) > 5", /Division by zero/, /на ноль/],
  ["1e308 * 10", /too large/, /слишком велик/],
  [
    "page.body.summ",
    /page\.body has no summ\. It had: sum, items\. Did you mean sum\?/,
    /Есть: sum, items\. Может быть, sum\?/,
  ],
  ["empty[0].x", /list empty is empty/, /Список empty пуст/],
  ["input.tags[9]", /has no item 9: it has 3 \(numbered 0…2\)/, /нет элемента 9: всего элементов 3/],
  ["nothing.x", /nothing is empty, so it has no x/, /nothing пусто/],
  ["batch.rows.n", /is a list; it has no field n\. Its first item: batch\.rows\[0\]\.n/, /список/],
  ["input.name - 1", /input\.name is text, not a number.*double\(input\.name\)/, /нужно число/],
  ["'a' + 1", /Write string\(1\)/, /Напишите string\(1\)/],
  ["'a' < 1", /Cannot compare 'a' \(text\) with 1 \(a number\)/, /Нельзя сравнить/],
  ["input.kg ? 1 : 2", /a condition .* is needed/, /нужно условие/],
  ["'a' in 'abc'", /contains/, /contains/],
  ["unknown.x", /The name unknown is unknown/, /Имя unknown неизвестно/],
  ["min(empty)", /the list is empty/, /список пуст/],
  ["money(1, 'рубли')", /three letters/, /тремя буквами/],
  ["date('2026-02-30')", /YYYY-MM-DD/, /ГГГГ-ММ-ДД/],
  ["double('abc')", /"abc" does not look like a number/, /не похоже на число/],
  ["'aaa'.matches('(a+)+$')", /repeated group/, /группа/],
  ["'aaa'.matches('(?=a)')", /look-around/, /просмотры/],
];

describe("an error says what and how to mend it", () => {
  it.each(ERRORS)("%s", (text, english, russian) => {
    const error = toError(text);
    expect(error.text.en).toMatch(english);
    expect(error.text.ru).toMatch(russian);
    expect(error.expression).toBe(text);
  });
});

function toError(text: string): ExpressionError {
  try {
    evaluateExpression(text, SCOPE);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`${text} did not fail`);
}

describe("compiling", () => {
  it.each([
    ["1 +", 4, /the end of the expression/],
    ["a = 1", 3, /two signs/],
    ["(1", 3, /Expected "\)"/],
    ["'abc", 1, /quote is not closed/],
    ["a & b", 3, /joined with/],
    ["a ` b", 3, /Unexpected character/],
    ["a b", 3, /./],
    ["'\\q'", 2, /not valid/],
    ["nofunc(1)", 1, /no function nofunc/],
    ["1 + rond(2)", 5, /Did you mean round\?/],
    ["round()", 1, /written round\(number, digits\)/],
    ["b'x'", 1, /Bytes/],
    ["9007199254740993", 1, /too long/],
    ["цена * 2", 1, /Latin/],
    ["[1].map(1, 2)", 9, /./],
    ["!".repeat(5000), 1, /longer/],
    ["[".repeat(100), 65, /too large/],
  ])("%s is a mistake", (text, column, message) => {
    const compiled = compileExpression(text);
    if (isExpression(compiled)) throw new Error("compiled");
    expect(compiled.message.en).toMatch(message);
    expect(compiled.column).toBe(column);
  });

  it("names the roots it uses, and not its own variables", () => {
    const compiled = compileExpression("batch.rows.map(r, r.n + input.kg) + cel.bind(z, page, [z])");
    if (!isExpression(compiled)) throw new Error("not compiled");
    expect([...compiled.names].sort()).toEqual(["batch", "input", "page"]);
    expect(compiled.references).toContainEqual({ root: "input", member: "kg", column: 25 });
  });

  it("gives the same object for the same text", () =>
    expect(compileExpression("1 + 1")).toBe(compileExpression("1 + 1")));
});

describe("limits", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => index);
  it("stops nested loops by counted work", () => {
    expect(() => evaluateExpression("r.map(a, r.map(b, r.map(c, a + b + c)))", { r: rows })).toThrow(
      /too much work/,
    );
    expect(() =>
      evaluateExpression("r.all(a, r.all(b, r.all(c, c < 0 || true))) || true", { r: rows }),
    ).toThrow(/too much work/);
  });
  it("refuses depth, of text and of data", () => {
    const compiled = compileExpression(`${"!".repeat(4000)}true`);
    if (isExpression(compiled)) expect(compiled.evaluate({})).toBe(true);
    else expect(compiled.message.en).toMatch(/too (deeply|large)/);
    const [left, right] = [0, 1].map(() => JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`));
    expect(() => evaluateExpression("l == r", { l: left, r: right })).toThrow(/data is nested too deeply/);
  });
  it("stops text that grows", () => {
    expect(() => evaluateExpression("s.replace('a', s).replace('a', s)", { s: "a".repeat(3000) })).toThrow(
      /4 MB/,
    );
  });
  it.each([
    [".*.*.*=", 5_000],
    [`${"a*".repeat(16)}b`, 14],
    [`${"a*".repeat(99)}b`, 14],
    [`${"a+?".repeat(30)}b`, 40],
    [`${"a?".repeat(60)}b`, 60],
    [`^${"a?".repeat(60)}b`, 60],
    [`${"(a|a)".repeat(39)}b`, 40],
    [`${"(?:a|a)".repeat(28)}b`, 40],
    [`${"a{0,9}".repeat(30)}b`, 40],
    [`${"a{1,}".repeat(30)}b`, 40],
    ["a{9000}b", 9_999],
    ["^x|a*a*b", 5_000],
  ])("stops a slow pattern before it runs: %s", (pattern, length) => {
    const scope = { text: "a".repeat(length), pattern };
    expect(() => evaluateExpression("text.matches(pattern)", scope)).toThrow(/too long for this pattern/);
  });
  it.each([
    ["colou?r", "x".repeat(100_000), false],
    ["^(red|green|blue|white|black|grey|pink)$", "pink", true],
    ["^\\+?\\d{1,3}[- ]?\\(?\\d{3}\\)?[- ]?\\d{3}[- ]?\\d{2}[- ]?\\d{2}$", "+7 (900) 123-45-67", true],
    ["^[a-z0-9._-]+@[a-z0-9-]+(\\.[a-z]{2})?\\.ru$", "anna@example.ru", true],
    ["(?:\\p{L}x)+", "яx", true],
  ])("runs a quick one: %s", (pattern, text, expected) => {
    expect(evaluateExpression("text.matches(pattern)", { text, pattern })).toBe(expected);
  });
});

describe("marked values", () => {
  it("are their plain selves in JSON", () => {
    const value = evaluateExpression("{'m': money(26200, 'RUB'), 'd': date('2026-11-18')}", {});
    expect(JSON.stringify(value)).toBe('{"m":26200,"d":"2026-11-18"}');
  });
  it("keep their mark at the top", () => {
    expect(evaluateExpression("money(1, 'RUB')", {})).toEqual(new MoneyValue(1, "RUB"));
    expect(evaluateExpression("date('2026-11-18') + duration('24h')", {})).toEqual(
      new DateValue("2026-11-19"),
    );
  });
});

it("reads own keys only", () => {
  expect(() => evaluateExpression("input.constructor", SCOPE)).toThrow(/has no constructor/);
  expect(() => evaluateExpression("toString", SCOPE)).toThrow(/unknown/);
  expect(() => evaluateExpression("input.__proto__", SCOPE)).toThrow(/has no __proto__/);
});
