// Tokens to money, in integer micro-USD and rounded up: a forecast is never below what a call can cost.
import type { MicroUsd } from "../kernel/domain/money.ts";
import type { ModelPrice, ModelUsage } from "../kernel/ports/model.ts";

const TOKENS_PER_PRICE = 1_000_000;

export function toCost(price: ModelPrice, usage: ModelUsage): MicroUsd {
  const { inputMicroUsd, outputMicroUsd } =
    price.long && usage.inputTokens > price.long.aboveTokens ? price.long : price;
  const perMillion = usage.inputTokens * inputMicroUsd + usage.outputTokens * outputMicroUsd;
  return Math.ceil(perMillion / TOKENS_PER_PRICE) + (price.callMicroUsd ?? 0);
}
