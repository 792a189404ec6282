import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreComplexity } from "./complexity.ts";

const EXAMPLES: readonly (readonly [query: string, score: number])[] = [
  ["", 0],
  ["oysters", 0.05],
  ["calculate margin", 0.6],
  ["show the price", 0.65],
  ["find flights and book a hotel", 2.1],
  ["find flights, then convert the price", 2.1],
  ["if the price drops, notify me", 1.8],
  ["when a tender appears, check it and write to me", 3.3],
  ["посчитай маржу на 40 кг устриц", 0.8],
  ["Посчитайте маржу", 0.6],
  ["найди рейсы, затем переведи цену в рубли", 2.15],
  ["если курс упадёт, купи евро и сообщи мне", 3.2],
  ["покажи остатки и удали старые черновики после отчёта", 3],
  ["and ".repeat(40), 10],
];

test.each(EXAMPLES)("%s → %d", (query, score) => {
  expect(scoreComplexity(query)).toBe(score);
});

test("length alone never adds more than 1.5", () => {
  expect(scoreComplexity("oyster ".repeat(500))).toBe(1.5);
});

test("any text scores between 0 and 10", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (query) => {
      const score = scoreComplexity(query);
      return score >= 0 && score <= 10;
    }),
  );
});
