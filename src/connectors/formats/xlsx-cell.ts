// One cell of an Excel sheet: its kind stands in its attributes, whether a number is a date in the style it names.
import { isRecord } from "../../kernel/domain/json.ts";
import { decodeEntities } from "./entities.ts";
import { createScan, withoutElements } from "./xlsx-scan.ts";
import { toElements } from "./xml.ts";

export interface CellSurroundings {
  /** Shared strings, as XML. */
  readonly strings: readonly string[];
  readonly styles: Readonly<Record<string, unknown>>;
  readonly isFrom1904: boolean;
}

const scanValues = createScan("v");
const scanTexts = createScan("t");
const scanHints = createScan("rPh");

type Cell = string | number | null;

/** Built-in formats of dates and times: ECMA-376 part 1, 18.8.30. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
/** Excel takes no longer one. */
const MAX_FORMAT_LENGTH = 255;
const DAY_MS = 86_400_000;
/** Day 0 as Excel counts: it believes in 29 February 1900, so every later day is one less. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1_462;

export function toCellReader(around: CellSurroundings): (attributes: string, content: string) => Cell {
  const dates = findDateStyles(around.styles);
  const strings = around.strings.map(toPlainText);
  return (attributes, content) => {
    const kind = toAttribute(attributes, "t", "n");
    if (kind === "inlineStr") return toPlainText(content);
    const raw = scanValues(content).next().value?.content;
    if (raw === undefined || raw === "" || kind === "e") return null;
    if (kind === "s") return strings[Number(raw)] ?? null;
    if (kind === "b") return Number(raw);
    const number = Number(raw);
    if (kind !== "n" || !Number.isFinite(number)) return decodeEntities(raw);
    return dates.has(Number(toAttribute(attributes, "s", "-1"))) ? toDate(number, around.isFrom1904) : number;
  };
}

function toAttribute(attributes: string, name: "s" | "t", fallback: string): string {
  return new RegExp(`\\b${name}="(\\w+)"`).exec(attributes)?.[1] ?? fallback;
}

/** `2026-11-18`, `2026-11-18T09:30:00`, or `09:30:00` where there is no day. */
function toDate(serial: number, isFrom1904: boolean): string | number {
  const days = isFrom1904 ? serial + DAYS_TO_1904 : serial;
  const at = new Date(DAY_ZERO + Math.round(days * 86_400) * 1_000);
  if (serial < 0 || Number.isNaN(at.getTime())) return serial;
  const iso = at.toISOString().slice(0, 19);
  if (serial < 1) return iso.slice(11);
  return at.getTime() % DAY_MS === 0 ? iso.slice(0, 10) : iso;
}

function findDateStyles(styles: Readonly<Record<string, unknown>>): ReadonlySet<number> {
  const own = new Set(
    toChildren(styles["numFmts"], "numFmt")
      .filter((format) => isDateCode(String(format["@formatCode"] ?? "")))
      .map((format) => Number(format["@numFmtId"])),
  );
  const uses = toChildren(styles["cellXfs"], "xf").map((use) => Number(use["@numFmtId"] ?? 0));
  return new Set(uses.flatMap((id, index) => (isBuiltInDate(id) || own.has(id) ? [index] : [])));
}

function toChildren(parent: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  return isRecord(parent) ? toElements(parent[name]).filter(isRecord) : [];
}

/** Letters of days and hours, outside quoted text and [conditions]. */
function isDateCode(code: string): boolean {
  if (code.length > MAX_FORMAT_LENGTH) return false;
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "").replace(/General/gi, ""));
}

/** The text of all its runs, without phonetic hints. */
function toPlainText(xml: string): string {
  const spoken = withoutElements(xml, scanHints);
  return Array.from(scanTexts(spoken), ({ content }) => decodeEntities(content)).join("");
}
