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
  ["сводка https://vc.ru/trade/998877!", ["сводка", "weblink"]],
  ["напиши на ivan@example.com", ["напиши", "на", "mailaddress"]],
  ["разбери ./tender_v2.pdf, стр. 5", ["разбери", "filename", "стр", "0"]],
  ["что.где.когда", ["что", "где", "когда"]],
  ["!!! ??? …", []],
  ["", []],
])("%s", (text, words) => {
  expect(toWords(normalise(text))).toEqual(words);
});

test("nothing past the first 2,000 characters is read", () => {
  expect(normalise("a".repeat(100_000))).toHaveLength(2_000);
  expect(normalise("\uFDFA".repeat(2_000)).length).toBeLessThanOrEqual(2_000);
});

test.each([["ж"], ["a@"], ["a."], [".pdf!"], ["[];',."], ["a\u0301"], ["://"], ["1a"]])(
  "a long run of %j comes to an end",
  (part) => {
    // A pattern that tries every way to split the run would not, and the suite's limit would stop it.
    expect(toWords(normalise(part.repeat(50_000))).length).toBeLessThanOrEqual(2_000);
  },
);
