import { expect, it } from "vitest";
import { toCanonicalJson } from "./canonical.ts";

it("writes the example of RFC 8785 section 3.2.2", () => {
  const value = {
    numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  expect(toCanonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

it("sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 shows", () => {
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  expect(Object.values(JSON.parse(toCanonicalJson(value)))).toHaveLength(7);
  const order = [...toCanonicalJson(value).matchAll(/":"([^"]+)"/g)].map((match) => match[1]);
  expect(order).toEqual([
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
  ]);
});

it.each([
  [-0, "0"],
  [5e-324, "5e-324"],
  [9007199254740994, "9007199254740994"],
  [1e21, "1e+21"],
  [undefined, "null"],
  [7n, "7"],
  [{ b: undefined, a: 1 }, '{"a":1}'],
  [{ toJSON: () => 3 }, "3"],
])("writes %s as %s", (value, text) => expect(toCanonicalJson(value)).toBe(text));

it("refuses what is not JSON", () => {
  expect(() => toCanonicalJson(Number.NaN)).toThrow(/NaN/);
  let deep: unknown = 1;
  for (let level = 0; level < 300; level++) deep = [deep];
  expect(() => toCanonicalJson(deep)).toThrow(/200 deep/);
});
