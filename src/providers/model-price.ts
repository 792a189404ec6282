// What a model costs: by the table, or by what the operator says of it.
import { usdToMicroUsd } from "../kernel/domain/money.ts";
import type { ModelPrice, TokenPrice } from "../kernel/ports/model.ts";
import type { ModelSettings } from "./index.ts";
import { findPrice } from "./prices.ts";

/** The table, then what the operator says of the two models it configured; any other model is refused unpriced. */
export function findModelPrice(settings: ModelSettings, id: string): ModelPrice | null {
  if (id.startsWith("mock/")) return toMockPrice(settings, id);
  const known = findPrice(id.slice(id.indexOf("/") + 1));
  if (known) return known;
  if (id === settings.SKILLOS_MODEL_STANDARD) return toCallPrice(settings.SKILLOS_MODEL_STANDARD_COST);
  return id === settings.SKILLOS_MODEL_CHEAP ? toCallPrice(settings.SKILLOS_MODEL_CHEAP_COST) : null;
}

/** The small one costs half: so that what a cheaper model would save can be seen without a key. */
export function toMockPrice(settings: ModelSettings, id: string): TokenPrice {
  const share = id === "mock/small" ? 0.5 : 1;
  const microUsd = usdToMicroUsd(settings.SKILLOS_MOCK_PRICE_USD_PER_MTOK * share);
  return { inputMicroUsd: microUsd, outputMicroUsd: microUsd };
}

function toCallPrice(callMicroUsd: number): ModelPrice {
  return { inputMicroUsd: 0, outputMicroUsd: 0, callMicroUsd };
}
