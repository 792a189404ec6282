import { expect, test } from "vitest";
import { mendTypo } from "./typos.ts";

const FREQUENCIES = new Map([
  ["accommodation", 3],
  ["гостиниц", 9],
  ["order", 5],
  ["older", 2],
]);
const frequencyOf = (stem: string): number => FREQUENCIES.get(stem) ?? 0;

test.each([
  ["accomodation", "accommodation"],
  ["accommmodation", "accommodation"],
  ["гостинци", "гостиниц"],
  ["гостинниц", "гостиниц"],
  ["госитниц", "гостиниц"],
  ["ordre", "order"],
  ["oreder", "order"],
  ["odder", "order"],
  ["order", "order"],
  ["odr", "odr"],
  ["", ""],
  ["a".repeat(500), "a".repeat(500)],
])("%s → %s", (stem, mended) => {
  expect(mendTypo(stem, frequencyOf)).toBe(mended);
});
