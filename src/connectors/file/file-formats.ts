// A stored file as the value of a step: text, pages, a table, or the payments of a bank statement.
import { Refused } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { StoredFile } from "../../kernel/ports/files.ts";
import { isBankStatement, parseBankStatement } from "../formats/bank-statement.ts";
import { decodeFile } from "../formats/charset.ts";
import { parseCsv } from "../formats/csv.ts";
import { findForeign } from "../formats/signature.ts";
import { TableFault } from "../formats/table.ts";
import { parseXlsx } from "../formats/xlsx.ts";

export const FILE_FORMATS = ["text", "pages", "csv", "xlsx", "kl_to_1c"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export function readFile(file: StoredFile, as: FileFormat | null): Readonly<Record<string, unknown>> {
  const format = as ?? toFormat(file);
  checkReadable(file, format);
  try {
    return toValue(file, format);
  } catch (error) {
    // The person's file is wrong, not the skill that reads it.
    if (!(error instanceof TableFault)) throw error;
    const { said, mend } = error;
    const message = toNamed(file.name, { en: `${said.en}.`, ru: `${said.ru}.` });
    throw new Refused({ reason: "bad_request", message, mend }, error);
  }
}

function toNamed(name: string, { en, ru }: BothLanguages): BothLanguages {
  return { en: `"${name}": ${en}`, ru: `«${name}»: ${ru}` };
}

function toValue(file: StoredFile, format: FileFormat): Readonly<Record<string, unknown>> {
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

function checkReadable(file: StoredFile, format: FileFormat): void {
  const foreign = findForeign(file.bytes, format === "xlsx" ? "workbook" : "text");
  if (foreign === null) return;
  const { message, mend } = foreign;
  throw new Refused({ reason: "bad_request", message: toNamed(file.name, message), mend });
}

/** Pages are separated by form feeds; one at the very end ends the last page. */
function toPages(text: string): string[] {
  const pages = text.split("\f");
  while (pages.length > 0 && pages.at(-1)?.trim() === "") pages.pop();
  return pages;
}
