import { describe, expect, it } from "vitest";
import { DateValue, DurationValue, MoneyValue } from "./expression.ts";
import { formatValue } from "./format.ts";
import { formatTemplate } from "./format-template.ts";

const CONTEXT = { currency: "RUB", timeZone: "Europe/Moscow", year: 2026 };

describe("a value as people read it", () => {
  it.each([
    [36.3, "36,3", "36.3"],
    [1900, "1900", "1900"],
    [10000, "10 000", "10,000"],
    [1234567.891, "1 234 567,891", "1,234,567.891"],
    [-12000.5, "-12 000,5", "-12,000.5"],
    [0.1 + 0.2, "0,3", "0.3"],
    [0.000123456789, "0,000123457", "0.000123457"],
    [92.54321, "92,5432", "92.5432"],
    [0, "0", "0"],
    [1e21, "1e+21", "1e+21"],
    [new MoneyValue(26200, "RUB"), "26 200 ₽", "26,200 ₽"],
    [new MoneyValue(1150, null), "1 150 ₽", "1,150 ₽"],
    [new MoneyValue(1150.5, "USD"), "1 150,50 $", "$1,150.50"],
    [new MoneyValue(-0.119, "EUR"), "-0,12 €", "-€0.12"],
    [new MoneyValue(100.4, "JPY"), "100 ¥", "¥100"],
    [new MoneyValue(5, "KZT"), "5 KZT", "5 KZT"],
    [new DateValue("2026-11-18"), "18 ноября", "18 November"],
    [new DateValue("2025-01-01"), "1 января 2025", "1 January 2025"],
    [new DateValue("2026-11-18T22:30:00Z"), "19 ноября, 01:30", "19 November, 01:30"],
    [new DurationValue(93_600_000), "1 дн 2 ч", "1 d 2 h"],
    [true, "да", "yes"],
    [null, "—", "—"],
    [undefined, "—", "—"],
    [[1, "a", null], "1, a, —", "1, a, —"],
    [[], "—", "—"],
    [{ a: 1.5, b: "x" }, "a: 1,5; b: x", "a: 1.5; b: x"],
    ["текст", "текст", "текст"],
  ])("%j", (value, russian, english) => {
    expect(formatValue(value, "ru", CONTEXT)).toBe(russian);
    expect(formatValue(value, "en", CONTEXT)).toBe(english);
  });
});

it("a date in a sentence is short in English", () => {
  const scope = { batch: { received_at: new DateValue("2026-11-18") } };
  const told = (text: string, locale: "en" | "ru") => formatTemplate(text, scope, locale, CONTEXT);
  expect(told("batch of ${{ batch.received_at }}", "en")).toBe("batch of 18 Nov");
  expect(told("партия от ${{ batch.received_at }}", "ru")).toBe("партия от 18 ноября");
});

it("an answer is the sentence that people are promised", () => {
  const scope = { output: { profit: new MoneyValue(26200, "RUB"), margin_percent: 36.3 } };
  expect(
    formatTemplate(
      "Прибыль ${{ output.profit }}, маржа ${{ output.margin_percent }} %",
      scope,
      "ru",
      CONTEXT,
    ),
  ).toBe("Прибыль 26 200 ₽, маржа 36,3 %");
  expect(
    formatTemplate(
      "Profit ${{ output.profit }}, margin ${{ output.margin_percent }} %",
      scope,
      "en",
      CONTEXT,
    ),
  ).toBe("Profit 26,200 ₽, margin 36.3 %");
});
