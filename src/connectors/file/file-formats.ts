// A stored file as the value of a step: text, pages, a table, or the payments of a bank statement.
import { Refused } from "../../kernel/domain/refusal.ts";
import type { StoredFile } from "../../kernel/ports/files.ts";
import { isBankStatement, parseBankStatement } from "../formats/bank-statement.ts";
import { decodeFile } from "../formats/charset.ts";
import { parseCsv } from "../formats/csv.ts";
import { parseXlsx } from "../formats/xlsx.ts";

export const FILE_FORMATS = ["text", "pages", "csv", "xlsx", "kl_to_1c"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const SIGNATURES: readonly (readonly [string, string])[] = [
  ["%PDF", "PDF files are not read yet: save it as text (.txt) and attach that."],
  [
    "\u00d0\u00cf\u0011\u00e0",
    "This is an old Excel or Word file: save it as .xlsx, .csv or .txt and attach that.",
  ],
];
const ZIP = "PK";

export function readFile(file: StoredFile, as: FileFormat | null): Readonly<Record<string, unknown>> {
  const format = as ?? toFormat(file);
  checkReadable(file, format);
  const { name } = file;
  switch (format) {
    case "text":
      return { name, text: decodeFile(file.bytes) };
    case "pages":
      return { name, pages: toPages(decodeFile(file.bytes)) };
    case "csv":
      return { name, ...parseCsv(decodeFile(file.bytes)) };
    case "xlsx":
      return { name, ...parseXlsx(file.bytes) };
    case "kl_to_1c":
      return { name, rows: parseBankStatement(file.bytes) };
  }
}

function toFormat(file: StoredFile): FileFormat {
  if (/\.xlsx$/i.test(file.name)) return "xlsx";
  if (/\.csv$/i.test(file.name) || file.type.startsWith("text/csv")) return "csv";
  return isBankStatement(file.bytes) ? "kl_to_1c" : "text";
}

/** Bytes of a picture or an archive read as text would be noise that a model is paid for. */
function checkReadable(file: StoredFile, format: FileFormat): void {
  const start = new TextDecoder("latin1").decode(file.bytes.subarray(0, 4));
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known) throw toRefusal(file, known[1]);
  const isZip = start.startsWith(ZIP);
  if (isZip && format !== "xlsx")
    throw toRefusal(file, `It is an archive or an Office file and cannot be read as ${format}.`);
  if (!isZip && format !== "xlsx" && file.bytes.includes(0))
    throw toRefusal(file, `It is not text and cannot be read as ${format}.`);
}

function toRefusal(file: StoredFile, why: string): Refused {
  return new Refused({ reason: "bad_request", message: `"${file.name}": ${why}` });
}

/** Pages are separated by form feeds; one at the very end ends the last page. */
function toPages(text: string): string[] {
  const pages = text.split("\f");
  while (pages.length > 0 && pages.at(-1)?.trim() === "") pages.pop();
  return pages;
}
