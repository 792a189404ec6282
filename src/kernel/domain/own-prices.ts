// What a tenant pays for models, by their ids: its own contract, or what no table knows.
import type { MicroUsd } from "./money.ts";

/** Per million tokens. */
export interface TokenPrice {
  readonly inputMicroUsd: MicroUsd;
  readonly outputMicroUsd: MicroUsd;
}

export type OwnPrices = Readonly<Record<string, TokenPrice>>;

/** Of what was said those that can bill these calls: another model's price is no part of what is agreed to. */
export function pickOwnPrices(
  prices: OwnPrices,
  calls: readonly (readonly string[] | "any")[],
): OwnPrices | undefined {
  const isReached = (model: string) => calls.some((models) => models === "any" || models.includes(model));
  const reached = Object.entries(prices).filter(([model]) => isReached(model));
  return reached.length === 0 ? undefined : Object.fromEntries(reached);
}

/** Null: it is not the tenant's to say, or it has not said. */
export function findOwnPrice(prices: OwnPrices | undefined, model: string): TokenPrice | null {
  return prices !== undefined && Object.hasOwn(prices, model) ? (prices[model] ?? null) : null;
}
