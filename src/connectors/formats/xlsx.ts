// The first sheet of an Excel workbook as a table. Sheets are scanned, not built into a tree: a tree of a 7 MB sheet
// takes 250 MB of memory, an isolate has 128.
import { isRecord } from "../../kernel/domain/json.ts";
import { unzipSync } from "fflate";
import { Fault } from "../../kernel/domain/refusal.ts";
import { checkTableSize, type Table, toTable } from "./table.ts";
import { toCellReader } from "./xlsx-cell.ts";
import { createScan, toExcelFault as toFault } from "./xlsx-scan.ts";
import { parseXml, toElements, toElementText } from "./xml.ts";

const MAX_UNPACKED_BYTES = 50 * 1024 * 1024;
/** Many cells may name one long string. */
const MAX_TEXT_LENGTH = MAX_UNPACKED_BYTES;
const WORKBOOK = "xl/workbook.xml";
const RELATIONS = "xl/_rels/workbook.xml.rels";
const STYLES = "xl/styles.xml";
const STRINGS = "xl/sharedStrings.xml";

const scanRows = createScan("row");
const scanCells = createScan("c");
const scanStrings = createScan("si");

type Parts = Readonly<Record<string, Uint8Array>>;
type Cell = string | number | null;
type CellReader = ReturnType<typeof toCellReader>;

export function parseXlsx(bytes: Uint8Array): Table {
  const parts = unpack(bytes, [WORKBOOK, RELATIONS, STYLES, STRINGS]);
  const workbook = toRoot(parts, WORKBOOK, "workbook");
  const read = toCellReader({
    strings: toStrings(toText(parts, STRINGS)),
    styles: parts[STYLES] ? toRoot(parts, STYLES, "styleSheet") : {},
    isFrom1904:
      isRecord(workbook["workbookPr"]) && ["1", "true"].includes(String(workbook["workbookPr"]["@date1904"])),
  });
  const [header = [], ...rows] = toLines(loadFirstSheet(bytes, parts, workbook), read);
  return toTable(
    header.map((name) => String(name ?? "")),
    rows,
    (cell) => cell,
  );
}

/** From the first row that is not empty, which names the columns; what stands beside them is left out. */
function toLines(sheet: string, read: CellReader): Cell[][] {
  const lines: Cell[][] = [];
  let textLength = 0;
  for (const { content } of scanRows(sheet)) {
    const line = toLine(content, read, lines[0]?.length ?? Number.POSITIVE_INFINITY);
    if (line.every((cell) => cell === null || cell === "")) continue;
    lines.push(line);
    checkTableSize(lines.length - 1, lines[0]?.length ?? 0);
    for (const cell of line) textLength += typeof cell === "string" ? cell.length : 0;
    if (textLength > MAX_TEXT_LENGTH) throw toFault("too_large", "it has more than 50 MB of text");
  }
  return lines;
}

/** The directory of the archive says how large each part becomes; fflate gives each part no more room than that. */
function unpack(bytes: Uint8Array, names: readonly string[]): Parts {
  let unpacked = 0;
  try {
    return unzipSync(bytes, {
      filter(part) {
        if (!names.includes(part.name)) return false;
        unpacked += part.originalSize;
        if (unpacked > MAX_UNPACKED_BYTES) throw toFault("too_large", "it unpacks to more than 50 MB");
        return true;
      },
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw toFault("invalid_file", "it is not an .xlsx archive, or it is damaged", error);
  }
}

function toText(parts: Parts, name: string): string {
  const part = parts[name];
  return part === undefined ? "" : new TextDecoder().decode(part);
}

/** Some programs write every name with a prefix: `x:workbook`. */
function toRoot(parts: Parts, name: string, root: string): Readonly<Record<string, unknown>> {
  const text = toText(parts, name);
  if (text === "") throw toFault("invalid_file", `${name} is missing`);
  const element = parseXml(text.replace(/<(\/?)\w+:(?=\w)/g, "<$1"))[root];
  return isRecord(element) ? element : {};
}

function loadFirstSheet(
  bytes: Uint8Array,
  parts: Parts,
  workbook: Readonly<Record<string, unknown>>,
): string {
  const sheets = isRecord(workbook["sheets"]) ? toElements(workbook["sheets"]["sheet"]) : [];
  const id = sheets.filter(isRecord)[0]?.["@r:id"];
  const relations = parts[RELATIONS] ? toRoot(parts, RELATIONS, "Relationships") : {};
  const relation = toElements(relations["Relationship"])
    .filter(isRecord)
    .find((each) => each["@Id"] === id);
  const target = toElementText(relation?.["@Target"]);
  const name =
    target === "" ? "xl/worksheets/sheet1.xml" : target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  const sheet = toText(unpack(bytes, [name]), name);
  if (sheet === "") throw toFault("invalid_file", "it has no sheet");
  return sheet;
}

function toStrings(xml: string): string[] {
  return Array.from(scanStrings(xml), ({ content }) => content);
}

function toLine(row: string, read: CellReader, width: number): Cell[] {
  const line: Cell[] = [];
  for (const { attributes, content } of scanCells(row)) {
    const letters = /\br="([A-Z]+)\d+"/.exec(attributes)?.[1];
    const column = letters === undefined ? line.length : toColumn(letters);
    if (column >= width) continue;
    checkTableSize(0, column + 1);
    while (line.length < column) line.push(null);
    line[column] = read(attributes, content);
  }
  return line;
}

/** A is 0, Z is 25, AA is 26. */
function toColumn(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
