// What well-known models cost, by the vendor's own model name: USD per million tokens in and out.
// Facts of https://models.dev (MIT) as of 2026-07-01; refresh them together with this date.
import { usdToMicroUsd } from "../kernel/domain/money.ts";
import type { TokenPrice } from "../kernel/domain/own-prices.ts";
import type { ModelPrice } from "../kernel/ports/model.ts";

/** [input, output], and where long inputs cost more: [above tokens, input, output]. */
type Row = readonly [number, number, (readonly [number, number, number])?];

const USD_PER_MTOK: Readonly<Record<string, Row>> = {
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-4o": [2.5, 10],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  "gpt-5.1": [1.25, 10],
  "gpt-5.2": [1.75, 14],
  "gpt-5.4": [2.5, 15, [272_000, 5, 22.5]],
  "gpt-5.4-mini": [0.75, 4.5],
  "gpt-5.4-nano": [0.2, 1.25],
  "gpt-5.5": [5, 30, [272_000, 10, 45]],
  o3: [2, 8],
  "o4-mini": [1.1, 4.4],
  "mistral-large-latest": [0.5, 1.5],
  "mistral-medium-latest": [0.4, 2],
  "mistral-small-latest": [0.15, 0.6],
  "ministral-8b-latest": [0.1, 0.1],
  "codestral-latest": [0.3, 0.9],
  "deepseek-chat": [0.14, 0.28],
  "deepseek-reasoner": [0.14, 0.28],
  "deepseek-v4-flash": [0.14, 0.28],
  "deepseek-v4-pro": [0.435, 0.87],
  "gemini-2.5-pro": [1.25, 10, [200_000, 2.5, 15]],
  "gemini-2.5-flash": [0.3, 2.5],
  "gemini-2.5-flash-lite": [0.1, 0.4],
  "gemini-3.1-flash-lite": [0.25, 1.5],
  "gemini-3.5-flash": [1.5, 9],
};

export const PRICED_MODELS: readonly string[] = Object.keys(USD_PER_MTOK);

/** Null for a model that is not in the table. */
export function findPrice(model: string): ModelPrice | null {
  const row = Object.hasOwn(USD_PER_MTOK, model) ? USD_PER_MTOK[model] : undefined;
  if (row === undefined) return null;
  const [input, output, long] = row;
  return {
    ...toTokenPrice(input, output),
    long: long && { aboveTokens: long[0], ...toTokenPrice(long[1], long[2]) },
  };
}

function toTokenPrice(inputUsd: number, outputUsd: number): TokenPrice {
  return { inputMicroUsd: usdToMicroUsd(inputUsd), outputMicroUsd: usdToMicroUsd(outputUsd) };
}

/** The small one costs half: so that what a cheaper model would save can be seen without a key. */
export function toMockPrice(usdPerMtok: number, id: string): TokenPrice {
  const usd = id === "mock/small" ? usdPerMtok / 2 : usdPerMtok;
  return toTokenPrice(usd, usd);
}
