import { expect, it } from "vitest";
import { formatExactUsd, formatUsd } from "./dollars.ts";

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
])("a limit of %d is %s, not another one", (usd, text) => {
  expect(formatExactUsd(usd)).toBe(text);
});
