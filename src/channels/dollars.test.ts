import { expect, it } from "vitest";
import { formatExactUsd, formatUsd, parseLimit } from "./dollars.ts";

it.each([
  [0, "$0.00"],
  [0.12, "$0.12"],
  [0.05, "$0.05"],
  [0.00125, "$0.00125"],
  [0.000001, "$0.000001"],
  [4e-7, "$0.000001"],
  [12.345, "$12.35"],
  [0.002, "$0.002"],
  [-0.5, "-$0.50"],
])("%d", (usd, text) => expect(formatUsd(usd)).toBe(text));

it.each([
  [0.5, "$0.50"],
  [2, "$2.00"],
  [0.055, "$0.055"],
  [0.000001, "$0.000001"],
  [-0.5, "-$0.50"],
])("a limit of %d is %s, not another one", (usd, text) => {
  expect(formatExactUsd(usd)).toBe(text);
});

it.each([
  ["$1", 1],
  ["0,5", 0.5],
  [" 12.345 ", 12.345],
  ["0,055", 0.055],
  [".5", 0.5],
  ["1000", 1000],
  ["0", 0],
])("'%s' is the amount %d", (typed, amount) => expect(parseLimit(typed)).toBe(amount));

it.each(["", "$", " ", "1,000", "$12,500", "1,000.50", "0x10", "1e3", "-1", "9".repeat(400)])(
  "'%s' is no amount: taken for nothing, or for another one, it would be a limit nobody wanted",
  (typed) => expect(parseLimit(typed)).toBeNull(),
);
