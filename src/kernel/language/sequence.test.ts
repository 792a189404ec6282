import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_PARTS, splitSequence } from "./sequence.ts";

const toTexts = (sentence: string): readonly string[] => splitSequence(sentence).map(({ text }) => text);

describe("a sentence with words of sequence", () => {
  it.each([
    ["find flights and then convert the price", ["find flights", "convert the price"]],
    ["Find tenders. After that, check the company", ["Find tenders", "check the company"]],
    ["first a hotel, then a plan; afterwards the rate", ["a hotel", "a plan", "the rate"]],
    ["look up how to boil, then show the rate", ["look up how to boil", "show the rate"]],
    ["first class to Sochi, then a hotel", ["first class to Sochi", "a hotel"]],
    ["check if we may bid, then write a quote", ["check if we may bid", "write a quote"]],
    ["найди тендеры на мебель, а потом пришли список", ["найди тендеры на мебель", "пришли список"]],
    ["Сначала курс; после этого рейсы, а уже потом отель", ["курс", "рейсы", "отель"]],
    ["удали черновики и тут же покажи прайс", ["удали черновики", "покажи прайс"]],
    ["РАЗБЕРИ ФАЙЛ, ПОСЛЕ ЧЕГО ПРОВЕРЬ НАС", ["РАЗБЕРИ ФАЙЛ", "ПРОВЕРЬ НАС"]],
    ['note "first, then that", then show it', ['note "first, then that"', "show it"]],
  ])("is cut: %s", (sentence, texts) => {
    expect(toTexts(sentence)).toEqual(texts);
  });

  it.each([
    "найди билеты и гостиницу",
    "flights and hotels",
    "if the dollar falls, then sell",
    "если курс упадёт, а потом вырастет",
    "when it is published then bid",
    "когда прилетит, потом позвоню",
    "what happened then",
    "what happened then to the rate",
    "since then nothing",
    "better late than never",
    "лучше сейчас, чем потом",
    "найди фильм «Потом будет суп, потом компот»",
    "a quote for Then LLC",
    "tenders after that date",
    "look up how to boil and then fry oysters",
    "потом покажи курс",
    "then show the rate",
    "",
  ])("is not cut where they join nothing: %s", (sentence) => {
    expect(splitSequence(sentence)).toEqual([{ joint: "", text: sentence }]);
  });

  it("has at most four parts, and the last keeps the rest", () => {
    expect(toTexts("a, then b, then c, then d, then e")).toEqual(["a", "b", "c", "d, then e"]);
  });
});

const word = fc.constantFrom(
  "find",
  "потом",
  "then",
  "а",
  "and",
  "после этого",
  "if",
  "«",
  "»",
  '"',
  "Sochi",
  "5",
);
const sign = fc.constantFrom(" ", ", ", ". ", "\n", " — ", "");
const sentences = fc.array(fc.tuple(word, sign), { maxLength: 30 }).map((pairs) => pairs.flat().join(""));

describe("whatever is said", () => {
  it("no sign of it is lost, and it has few parts", () => {
    fc.assert(
      fc.property(fc.oneof(sentences, fc.string({ maxLength: 100 })), (sentence) => {
        const parts = splitSequence(sentence);
        expect(parts.map(({ joint, text }) => joint + text).join("")).toBe(sentence);
        expect(parts.length).toBeLessThanOrEqual(MOST_PARTS);
      }),
    );
  });

  it("without a word of sequence it is one request", () => {
    const others = fc
      .string({ maxLength: 200 })
      .filter((text) => !/then|after|потом|затем|после|тут|вслед/i.test(text));
    fc.assert(fc.property(others, (sentence) => splitSequence(sentence).length === 1));
  });

  it.each([
    ["spaces", `${" ".repeat(100_000)}then x`],
    ["words", `${"find ".repeat(20_000)}then x`],
  ])("what stands behind the first 2,000 characters is not cut: %s", (_, sentence) => {
    expect(splitSequence(sentence)).toHaveLength(1);
  });
});
