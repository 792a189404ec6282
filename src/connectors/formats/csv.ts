// CSV in both directions. Reading guesses the delimiter and knows decimal commas; writing makes what Excel opens in Russia.
import Papa from "papaparse";
import { parseNumber } from "./number.ts";
import { checkTableSize, type Table, TableFault, toTable } from "./table.ts";

/** The first line names the columns. Numbers become numbers, dates and codes stay text, an empty cell is null. */
export function parseCsv(text: string): Table {
  const parsed = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), {
    skipEmptyLines: "greedy",
    delimitersToGuess: [";", ",", "\t", "|"],
  });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken) throw toOpenQuote((broken.row ?? 0) + 1);
  const [header = [], ...lines] = parsed.data;
  checkTableSize(lines.length, header.length);
  const uneven = lines.find(({ length }) => length !== header.length);
  if (uneven !== undefined) throw toUneven(text, uneven.length, parsed.meta.delimiter);
  const thousands = parsed.meta.delimiter === "," ? "comma" : "space";
  return toTable(header, lines, (cell) => parseNumber(cell, thousands) ?? cell.trim());
}

/** A comma too many moves every cell behind it into a column of another meaning. */
function toUneven(text: string, fields: number, delimiter: string): TableFault {
  // Once more with the empty lines, to count.
  const { data } = Papa.parse<string[]>(text, { delimiter });
  const columns = data.find(isFull)?.length ?? 0;
  const at = data.findIndex((line) => isFull(line) && line.length !== columns);
  const breaks = data.slice(0, at).flat().join("").split("\n").length - 1;
  const line = at + breaks + 1;
  return new TableFault(
    "invalid_csv",
    {
      en: `line ${line} has another number of fields (${fields}) than the first line (${columns})`,
      ru: `в строке ${line} полей ${fields}, а в первой строке ${columns}`,
    },
    fields > columns
      ? {
          en: 'A comma inside a number or a text splits it: write "1000,50" in quotes, or put ; between the columns.',
          ru: 'Запятая внутри числа или текста делит его: напишите "1000,50" в кавычках или разделите столбцы знаком ;.',
        }
      : {
          en: "Keep the separator of an empty field too, and write a text with a line break in quotes.",
          ru: "Оставьте разделитель и у пустого поля, а текст с переносом строки возьмите в кавычки.",
        },
  );
}

function isFull(line: readonly string[]): boolean {
  return line.some((cell) => cell.trim() !== "");
}

function toOpenQuote(row: number): TableFault {
  return new TableFault("invalid_csv", {
    en: `row ${row}: a quote is missing or stands inside a text`,
    ru: `строка ${row}: кавычка не закрыта или стоит внутри текста`,
  });
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
