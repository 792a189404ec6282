// A cost in US dollars, cents at least: what is not zero never looks like zero.

const SMALLEST = 0.000001;

export function formatUsd(usd: number): string {
  if (usd === 0) return "$0.00";
  const size = Math.max(Math.abs(usd), SMALLEST);
  return `${usd < 0 ? "-" : ""}$${size >= 0.01 ? size.toFixed(2) : toExactText(size)}`;
}

/** A limit holds to the micro-dollar: rounded, another one would be read. `$0.50`, `$0.055`. */
export function formatExactUsd(usd: number): string {
  return `${usd < 0 ? "-" : ""}$${toExactText(Math.abs(usd))}`;
}

/** To the micro-dollar, cents at least, as options take it: `0.50`, `0.055`. */
export function toExactText(usd: number): string {
  return usd.toFixed(6).replace(/0{1,4}$/, "");
}

const AMOUNT = /^\$?(?:\d+(?:[.,]\d+)?|[.,]\d+)$/;
/** A thousand, or one to three places: nobody knows. */
const TWOFOLD = /^\$?[1-9]\d{0,2},\d{3}$/;

/** A limit or a price as people type it: `$1`, `0,5`. Null: it is none, or may be two. */
export function parseLimit(typed: string): number | null {
  const text = typed.trim();
  if (!AMOUNT.test(text) || TWOFOLD.test(text)) return null;
  const amount = Number(text.replace("$", "").replace(",", "."));
  return Number.isFinite(amount) ? amount : null;
}
