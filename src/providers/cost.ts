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

function toTier(price: ModelPrice, inputTokens: number): TokenPrice {
  return price.long && inputTokens > price.long.aboveTokens ? price.long : price;
}

export function toCost(price: ModelPrice, usage: ModelUsage): MicroUsd {
  const { inputMicroUsd, outputMicroUsd } = toTier(price, usage.inputTokens);
  const perMillion = usage.inputTokens * inputMicroUsd + usage.outputTokens * outputMicroUsd;
  return Math.ceil(perMillion / TOKENS_PER_PRICE) + (price.callMicroUsd ?? 0);
}
