// A table that was read: named columns, rows that have all of them. How large one may be is decided here for every format,
// before its cells are made: a short file can mean a great many, and an isolate has 128 MB.
import { Fault } from "../../kernel/domain/refusal.ts";

export type Row = Readonly<Record<string, string | number | null>>;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 512;
/** 100,000 rows of twenty columns. */
const MAX_CELLS = 2_000_000;

export function checkTableSize(rows: number, columns: number): void {
  const limits = [
    [rows, MAX_ROWS, "rows: split it"],
    [columns, MAX_COLUMNS, "columns: leave some out"],
    [rows * columns, MAX_CELLS, "cells: split it, or leave some columns out"],
  ] as const;
  const over = limits.find(([count, most]) => count > most);
  if (over) throw new Fault("too_large", "never", `the table has more than ${over[1]} ${over[2]}`);
}

/** Columns without a name get their number; a name that stands twice gets one too. */
export function toTable<Cell>(
  header: readonly string[],
  lines: readonly (readonly Cell[])[],
  read: (cell: Cell) => string | number | null,
): Table {
  checkTableSize(lines.length, header.length);
  const columns = new Set<string>();
  for (const [index, name] of header.entries()) {
    const plain = name.trim() === "" ? `column_${index + 1}` : name.trim();
    columns.add(columns.has(plain) ? `${plain}_${index + 1}` : plain);
  }
  const names = [...columns];
  const rows = lines.map((line) =>
    Object.fromEntries(
      names.map((name, index) => {
        const cell = line[index];
        return [name, cell === undefined || cell === "" ? null : read(cell)];
      }),
    ),
  );
  return { columns: names, rows };
}
