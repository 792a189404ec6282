// What a tenant pays for models, by their ids: its own contract, or what no table knows.
import type { MicroUsd } from "./money.ts";

/** Per million tokens. */
export interface TokenPrice {
  readonly inputMicroUsd: MicroUsd;
  readonly outputMicroUsd: MicroUsd;
}

export type OwnPrices = Readonly<Record<string, TokenPrice>>;

/** Null: it is not the tenant's to say, or it has not said. */
export function findOwnPrice(prices: OwnPrices | undefined, model: string): TokenPrice | null {
  return prices !== undefined && Object.hasOwn(prices, model) ? (prices[model] ?? null) : null;
}
