// Tables that people bring: what `data import` reads.
import { Fault, Refused } from "../../kernel/domain/refusal.ts";
import { type BothLanguages, same } from "../../kernel/domain/text.ts";
import type { TableFormat, TableReader } from "../../kernel/ports/table-reader.ts";
import { decodeFile } from "../formats/charset.ts";
import { parseCsv } from "../formats/csv.ts";
import { parseDay } from "../formats/day.ts";
import { parseAmount } from "../formats/number.ts";
import { findForeign } from "../formats/signature.ts";
import { parseJsonRows } from "../formats/json-rows.ts";
import { type Row, TableFault } from "../formats/table.ts";
import { parseXlsx } from "../formats/xlsx.ts";

export const tableReader: TableReader = {
  read(bytes, as) {
    const foreign = findForeign(bytes, as === "xlsx" ? "workbook" : "text");
    if (foreign !== null) throw new Refused({ reason: "bad_request", ...foreign });
    try {
      return parseTable(bytes, as);
    } catch (error) {
      if (error instanceof TableFault)
        throw new Refused(
          { reason: "bad_request", message: toSentences(error.said), mend: error.mend },
          error,
        );
      // Nothing outside broke: the file that was handed in is wrong.
      if (error instanceof Fault)
        throw new Refused({ reason: "bad_request", message: same(error.message) }, error);
      throw error;
    }
  },
};

function parseTable(bytes: Uint8Array, as: TableFormat): ReturnType<TableReader["read"]> {
  if (as === "json") return parseJsonRows(decodeFile(bytes));
  return (as === "xlsx" ? parseXlsx(bytes) : parseCsv(decodeFile(bytes))).rows.map(withKinds);
}

const toSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function toSentences({ en, ru }: BothLanguages): BothLanguages {
  return { en: toSentence(en), ru: toSentence(ru) };
}

/** A day as text would be sorted by its first digits: skills would take an old row for the latest. */
function withKinds(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      typeof cell === "string" ? (parseDay(cell) ?? parseAmount(cell) ?? cell) : cell,
    ]),
  );
}
