// Numbers as people and spreadsheets write them: `1 234,56`, `1,234.56`, `-12`. What might be a code stays text.

const PLAIN = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const DECIMAL_COMMA = /^-?(0|[1-9]\d*),\d+$/;
const SPACED = /^-?[1-9]\d{0,2}( \d{3})+([.,]\d+)?$/;
const COMMA_THOUSANDS = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
/** A longer run of digits is an account or a document number, and a double would change it. */
const MAX_DIGITS = 15;

/** Null for what is not plainly a number. In a comma-separated file `1,234` is a thousand; elsewhere it is 1.234. */
export function parseNumber(text: string, thousands: "space" | "comma" = "space"): number | null {
  const plain = text
    .trim()
    .replace(/[\u00a0\u202f\u2009]/g, " ")
    .replace("−", "-");
  if (plain.replace(/\D/g, "").length > MAX_DIGITS) return null;
  if (PLAIN.test(plain)) return Number(plain);
  if (thousands === "comma" && COMMA_THOUSANDS.test(plain)) return Number(plain.replaceAll(",", ""));
  if (SPACED.test(plain) || DECIMAL_COMMA.test(plain))
    return Number(plain.replaceAll(" ", "").replace(",", "."));
  return null;
}

/** `1 250,00 ₽`: the sign of a currency says plainly that it is an amount. */
export function parseAmount(text: string): number | null {
  const amount = text.trim();
  const match = /^(.+?)\s*(?:₽|руб\.?|р\.|\$|€)$/u.exec(amount) ?? /^[$€]\s*(.+)$/u.exec(amount);
  return match?.[1] === undefined ? null : parseNumber(match[1]);
}
