// Rows as aligned columns. Numbers, money and dates end at the right; what does not fit the screen is cut with "…".
import { type Json, toNumber } from "../json.ts";
import { formatCell, toNamed } from "./value.ts";
import type { View } from "./view.ts";

export interface Column {
  readonly key: string;
  readonly title: string;
  /** ISO 4217, "" for the tenant's own; absent where numbers are no money. */
  readonly currency?: string | undefined;
}

const GAP = "  ";
const GROUPING_FROM = 10_000;
const WIDEST_CELL = 48;
const RIGHT = /^[-−+]?[\d$€¥£][\d .,:/%]*( ?[₽$€¥£%]| [A-Z]{3})?$|^\d{1,2} [A-Z][a-z]{2} \d{4}$|^—$/;

export function toColumns(
  rows: readonly Json[],
  formats: Readonly<Record<string, string>>,
  path: string,
): readonly Column[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const filled = keys.filter((key) =>
    rows.some((row) => row[key] !== null && row[key] !== undefined && row[key] !== ""),
  );
  return filled.map((key) => ({ key, title: key.replaceAll("_", " "), currency: formats[`${path}${key}`] }));
}

/** The titles of the columns, then the rows. */
export function toTable(rows: readonly Json[], columns: readonly Column[], view: View): readonly string[] {
  const [titles = "", ...lines] = toLines(
    [columns.map((column) => toNamed(column.key, column.title, view)), ...toCells(rows, columns, view)],
    view,
  );
  return [view.paint("dim", titles), ...lines];
}

export function toRowLines(rows: readonly Json[], columns: readonly Column[], view: View): readonly string[] {
  return toLines(toCells(rows, columns, view), view);
}

/** What the cells of each row say. */
export function toCells(
  rows: readonly Json[],
  columns: readonly Column[],
  view: View,
): readonly (readonly string[])[] {
  const drawn = columns.map((column) => ({
    ...column,
    currency: column.currency ?? toGrouped(rows, column.key),
  }));
  return rows.map((row) => drawn.map((column) => formatCell(row[column.key], view, column.currency)));
}

/** A column that reaches ten thousand has its thousands apart in every row. */
function toGrouped(rows: readonly Json[], key: string): "" | undefined {
  return rows.some((row) => Math.abs(toNumber(row[key]) ?? 0) >= GROUPING_FROM) ? "" : undefined;
}

function toLines(grid: readonly (readonly string[])[], view: View): readonly string[] {
  const cells = grid.map((row) => row.map((cell) => toCut(cell, WIDEST_CELL)));
  const columns = (cells[0] ?? []).map((_, at) => cells.map((row) => row[at] ?? ""));
  const widths = columns.map((column) => Math.max(...column.map(toWidth)));
  // The first line may be titles.
  const isRight = columns.map((column) =>
    column.slice(column.length > 1 ? 1 : 0).every((cell) => RIGHT.test(cell)),
  );
  const widest = view.width ?? Number.POSITIVE_INFINITY;
  return cells.map((row) =>
    toCut(
      row
        .map((cell, at) => toPadded(cell, widths[at] ?? 0, isRight[at] ?? false))
        .join(GAP)
        .trimEnd(),
      widest,
    ),
  );
}

function toPadded(cell: string, width: number, right: boolean): string {
  const room = " ".repeat(Math.max(0, width - toWidth(cell)));
  return right ? room + cell : cell + room;
}

function toWidth(text: string): number {
  return [...text].length;
}

function toCut(text: string, width: number): string {
  return toWidth(text) <= width ? text : `${[...text].slice(0, Math.max(1, width - 1)).join("")}…`;
}
