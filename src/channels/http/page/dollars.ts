// A cost in US dollars, cents at least: what is not zero never looks like zero.

export function toDollars(usd: number): string {
  if (usd === 0) return "$0.00";
  const digits = Math.abs(usd) >= 0.01 ? usd.toFixed(2) : usd.toFixed(6).replace(/0{1,4}$/, "");
  return `$${digits}`;
}
