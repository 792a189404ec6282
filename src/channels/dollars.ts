// A cost in US dollars, cents at least: what is not zero never looks like zero.

const SMALLEST = 0.000001;

export function formatUsd(usd: number): string {
  if (usd === 0) return "$0.00";
  const size = Math.max(Math.abs(usd), SMALLEST);
  const digits = size >= 0.01 ? size.toFixed(2) : size.toFixed(6).replace(/0{1,4}$/, "");
  return `${usd < 0 ? "-" : ""}$${digits}`;
}

/** A limit holds to the micro-dollar: rounded, another one would be read. `$0.50`, `$0.055`. */
export function formatExactUsd(usd: number): string {
  return `$${usd.toFixed(6).replace(/0{1,4}$/, "")}`;
}

/** An amount as people type it: `$1`, `0,5`. Null: it is none, or below nothing. */
export function parseAmount(text: string): number | null {
  const amount = Number(text.replace(/^\$/, "").replace(",", "."));
  return Number.isFinite(amount) && amount >= 0 ? amount : null;
}
