import { describe, expect, it } from "vitest";
import { toCost } from "./cost.ts";
import { findPrice } from "./prices.ts";
import { cutToTokens, estimateTokens } from "./tokens.ts";

describe("a guess of tokens", () => {
  it.each([
    ["", 0],
    ["abcd", 1],
    ["abcde", 2],
    ["The supplier shall present the originals.", 11],
    ["Поставка устриц", 5],
    ["Batch B-112, устрицы", 7],
    ['{"kg":40}', 5],
    ["[1,2,3,4]", 5],
    ["{not JSON", 3],
    ["生牡蠣四十キロ", 7],
  ])("%j is %i", (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it("cuts to what fits", () => {
    expect([cutToTokens("abcdefgh", 1), cutToTokens("устрицы", 2), cutToTokens("short", 100)]).toEqual([
      "abcd",
      "устриц",
      "short",
    ]);
    expect(cutToTokens("abc😀", 1)).toBe("abc\ufffd");
  });
});

describe("money", () => {
  const practice = { inputMicroUsd: 1_000_000, outputMicroUsd: 1_000_000 };

  it.each([
    [118_000, 1_500, 119_500],
    [0, 0, 0],
    [1, 0, 1],
  ])("%i in, %i out at one dollar a million", (inputTokens, outputTokens, microUsd) => {
    expect(toCost(practice, { inputTokens, outputTokens })).toBe(microUsd);
  });

  it("is a whole number, rounded up", () => {
    expect(toCost(findPrice("gpt-4o-mini") ?? practice, { inputTokens: 7, outputTokens: 1 })).toBe(2);
    expect(
      toCost(
        { inputMicroUsd: 0, outputMicroUsd: 0, callMicroUsd: 10_000 },
        { inputTokens: 9, outputTokens: 9 },
      ),
    ).toBe(10_000);
  });

  it("knows long inputs", () => {
    const price = findPrice("gemini-2.5-pro") ?? practice;
    expect(toCost(price, { inputTokens: 200_000, outputTokens: 0 })).toBe(250_000);
    expect(toCost(price, { inputTokens: 200_001, outputTokens: 0 })).toBe(500_003);
  });

  it("is unknown for an unknown model", () => {
    expect([findPrice("gpt-99"), findPrice("constructor")]).toEqual([null, null]);
  });
});
