import { expect, it } from "vitest";
import { parseDay } from "./day.ts";

it.each([
  ["18.11.2026", "2026-11-18"],
  ["1.2.2026", "2026-02-01"],
  [" 18.11.2026 9:30 ", "2026-11-18T09:30:00"],
  ["29.02.2028", "2028-02-29"],
  ["30.02.2026", null],
  ["18.13.2026", null],
  ["18.11.26", null],
  ["1.2.3", null],
  ["10.10.2026 25:00", null],
  ["192.168.2026", null],
])("%s is %s", (text, day) => {
  expect(parseDay(text)).toBe(day);
});
