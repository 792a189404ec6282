// A table for Excel as these people have it: UTF-8 with a byte order mark, semicolons, and in Russian the decimal comma.
import type { Locale } from "../../../kernel/domain/text.ts";
import type { ResultTable } from "./tables.ts";
import { type Names, toTitle } from "./values.ts";

const BYTE_ORDER_MARK = "\ufeff";

export function toCsv(table: ResultTable, locale: Locale, names: Names = {}): string {
  const head = table.columns.map(({ key }) => toCell(toTitle(key, names), locale));
  const rows = table.rows.map((row) => table.columns.map(({ key }) => toCell(row[key], locale)));
  return `${BYTE_ORDER_MARK}${[head, ...rows].map((cells) => cells.join(";")).join("\r\n")}\r\n`;
}

function toCell(value: unknown, locale: Locale): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return locale === "ru" ? String(value).replace(".", ",") : String(value);
  if (typeof value === "boolean") return { ru: value ? "да" : "нет", en: value ? "yes" : "no" }[locale];
  return toQuoted(toHarmless(typeof value === "string" ? value : JSON.stringify(value)));
}

/** Excel runs what begins like a formula, also from a file of ours: https://owasp.org/www-community/attacks/CSV_Injection */
function toHarmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function toQuoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
