// A table that was read: named columns, rows that have all of them. How large one may be is decided here for every format,
// before its cells are made: a short file can mean a great many, and an isolate has 128 MB.
import { Fault } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";

export type Row = Readonly<Record<string, string | number | null>>;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A file that cannot be read as a table, said so that whoever brought it can mend it. */
export class TableFault extends Fault {
  readonly said: BothLanguages;
  readonly mend: BothLanguages | undefined;
  constructor(code: string, said: BothLanguages, mend?: BothLanguages) {
    super(code, "never", said.en);
    this.said = said;
    this.mend = mend;
  }
}

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 512;
/** 100,000 rows of twenty columns. */
const MAX_CELLS = 2_000_000;

export function checkTableSize(rows: number, columns: number): void {
  const limits = [
    [rows, MAX_ROWS, { en: "rows: split it", ru: "строк: разделите её" }],
    [columns, MAX_COLUMNS, { en: "columns: leave some out", ru: "столбцов: уберите лишние" }],
    [
      rows * columns,
      MAX_CELLS,
      {
        en: "cells: split it, or leave some columns out",
        ru: "ячеек: разделите её или уберите лишние столбцы",
      },
    ],
  ] as const;
  const over = limits.find(([count, most]) => count > most);
  if (over === undefined) return;
  const [, most, what] = over;
  throw new TableFault("too_large", {
    en: `the table has more than ${most} ${what.en}`,
    ru: `в таблице больше ${most} ${what.ru}`,
  });
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
