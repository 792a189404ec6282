// What a model costs: by the table, or by what the operator says of it.
import type { ModelPrice } from "../kernel/ports/model.ts";
import { findPrice, toMockPrice } from "./prices.ts";

/** Of the settings, under the names of settings.ts. */
export interface PriceSettings {
  readonly SKILLOS_MODEL_STANDARD: string;
  readonly SKILLOS_MODEL_CHEAP: string;
  /** Micro-USD for a call of these models when their price is unknown. */
  readonly SKILLOS_MODEL_STANDARD_COST: number;
  readonly SKILLOS_MODEL_CHEAP_COST: number;
  readonly SKILLOS_MOCK_PRICE_USD_PER_MTOK: number;
}

/** The table, then what the operator says of the two models it configured; any other model is refused unpriced. */
export function findModelPrice(settings: PriceSettings, id: string): ModelPrice | null {
  if (id.startsWith("mock/")) return toMockPrice(settings.SKILLOS_MOCK_PRICE_USD_PER_MTOK, id);
  const known = findPrice(id.slice(id.indexOf("/") + 1));
  if (known) return known;
  if (id === settings.SKILLOS_MODEL_STANDARD) return toCallPrice(settings.SKILLOS_MODEL_STANDARD_COST);
  return id === settings.SKILLOS_MODEL_CHEAP ? toCallPrice(settings.SKILLOS_MODEL_CHEAP_COST) : null;
}

function toCallPrice(callMicroUsd: number): ModelPrice {
  return { inputMicroUsd: 0, outputMicroUsd: 0, callMicroUsd };
}
