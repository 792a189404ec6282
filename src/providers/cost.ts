// Tokens to money, in integer micro-USD and rounded up: a forecast is never below what a call can cost.
import type { AnswerPrice } from "../kernel/domain/answer-price.ts";
import type { MicroUsd } from "../kernel/domain/money.ts";
import type { TokenPrice } from "../kernel/domain/own-prices.ts";
import type { ModelPrice, ModelUsage } from "../kernel/ports/model.ts";

const TOKENS_PER_PRICE = 1_000_000;

/** What the same question costs by the length of its answer. */
export function toAnswerPrice(price: ModelPrice, { inputTokens, outputTokens }: ModelUsage): AnswerPrice {
  const { inputMicroUsd, outputMicroUsd } = toTier(price, inputTokens);
  const rest = inputTokens * inputMicroUsd + (price.callMicroUsd ?? 0) * TOKENS_PER_PRICE;
  return { maxTokens: outputTokens, rest, perToken: outputMicroUsd };
}

/**
 * A tenant says one price. Where the known one is dearer for long inputs, its own is as many times dearer for them: counting too little
 * would hold less than the vendor bills.
 */
export function withLongInput(own: TokenPrice, known: ModelPrice | null): ModelPrice {
  if (!known?.long) return own;
  const { aboveTokens } = known.long;
  return { ...own, long: { aboveTokens, ...scale(own, { from: known, to: known.long }) } };
}

function scale(
  own: TokenPrice,
  { from, to }: { readonly from: TokenPrice; readonly to: TokenPrice },
): TokenPrice {
  const times = (side: keyof TokenPrice) =>
    from[side] === 0
      ? Math.max(own[side], to[side])
      : Math.ceil(own[side] * Math.max(1, to[side] / from[side]));
  return { inputMicroUsd: times("inputMicroUsd"), outputMicroUsd: times("outputMicroUsd") };
}

function toTier(price: ModelPrice, inputTokens: number): TokenPrice {
  return price.long && inputTokens > price.long.aboveTokens ? price.long : price;
}

export function toCost(price: ModelPrice, usage: ModelUsage): MicroUsd {
  const { inputMicroUsd, outputMicroUsd } = toTier(price, usage.inputTokens);
  const perMillion = usage.inputTokens * inputMicroUsd + usage.outputTokens * outputMicroUsd;
  return Math.ceil(perMillion / TOKENS_PER_PRICE) + (price.callMicroUsd ?? 0);
}
