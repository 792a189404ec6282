// CSV in both directions. Reading guesses the delimiter and knows decimal commas; writing makes what Excel opens in Russia.
import Papa from "papaparse";
import { Fault } from "../../kernel/domain/refusal.ts";
import { parseNumber } from "./number.ts";
import { checkTableSize, type Table, toTable } from "./table.ts";

/** The first line names the columns. Numbers become numbers, dates and codes stay text, an empty cell is null. */
export function parseCsv(text: string): Table {
  const parsed = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), {
    skipEmptyLines: "greedy",
    delimitersToGuess: [";", ",", "\t", "|"],
  });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken) throw new Fault("invalid_csv", "never", `line ${(broken.row ?? 0) + 1}: ${broken.message}`);
  const [header = [], ...lines] = parsed.data;
  const thousands = parsed.meta.delimiter === "," ? "comma" : "space";
  return toTable(header, lines, (cell) => parseNumber(cell, thousands) ?? cell.trim());
}

/** Excel takes a file for UTF-8 by its mark, and `;` with decimal commas for columns of numbers where it speaks Russian. */
export function toCsv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  checkTableSize(rows.length, columns.length);
  const data = rows.map((row) => columns.map((name) => toCell(row[name])));
  return `\ufeff${Papa.unparse({ fields: columns, data }, { delimiter: ";", newline: "\r\n" })}\r\n`;
}

/** A text that a spreadsheet would run as a formula is kept a text: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

function toCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : toJsonText(value);
  return FORMULA.test(text) && parseNumber(text) === null ? `'${text}` : text;
}

/** Dates and amounts stand as what they are in JSON, without its quotes. */
function toJsonText(value: unknown): string {
  const json = JSON.stringify(value) ?? "";
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}
