// Costs are integer micro-USD; a credit is a view over them. Amounts of the user's own business are plain numbers with a currency.

export type MicroUsd = number;

export const MICRO_USD_PER_USD = 1_000_000;
/** 1 credit = $0.01: the unit of the specification's environment variables. */
export const MICRO_USD_PER_CREDIT = 10_000;

/** Rounded up: a forecast must never be below what it can cost. */
export function usdToMicroUsd(usd: number): MicroUsd {
  // 1e-6 of a micro-USD absorbs the binary noise of 0.05 * 1e6 before the ceiling sees it.
  return Math.ceil(usd * MICRO_USD_PER_USD - 1e-6);
}

export function microUsdToCredits(micro: MicroUsd): number {
  return micro / MICRO_USD_PER_CREDIT;
}

export function microUsdToUsd(micro: MicroUsd): number {
  return micro / MICRO_USD_PER_USD;
}
