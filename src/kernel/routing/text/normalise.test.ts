import { expect, test } from "vitest";
import { normalise, toWords } from "./normalise.ts";

test.each([
  ["Посчитай маржу", ["посчитай", "маржу"]],
  ["счёт-фактура №5", ["счет", "фактура", "no", "0"]],
  ["don’t panic", ["dont", "panic"]],
  ["1 900 руб, 40кг", ["0", "0", "руб", "0", "кг"]],
  ["ｆｕｌｌ ｗｉｄｔｈ", ["full", "width"]],
  ["за\u0301мок", ["замок"]],
  ["мар\u200bжа", ["маржа"]],
  ["мapжa", ["маржа"]],
  ["оrder", ["order"]],
  ["сору", ["сору"]],
  ["!!! ??? …", []],
  ["", []],
])("%s", (text, words) => {
  expect(toWords(normalise(text))).toEqual(words);
});

test("nothing past the first 2,000 characters is read", () => {
  expect(normalise("a".repeat(100_000))).toHaveLength(2_000);
  expect(normalise("\uFDFA".repeat(2_000)).length).toBeLessThanOrEqual(2_000);
});
