// Whether the rows of a file fit the table that they are to replace: its columns, and what each of them holds.
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { Column } from "../../kernel/ports/tenant-store.ts";

/** Of a cell that is quoted. */
const SHOWN = 60;
const ColumnName = /^[\p{L}_][\p{L}\p{N}_ ]{0,62}$/u;
const DAY = /^\d{4}-\d{2}-\d{2}/;

type TableRows = readonly Readonly<Record<string, unknown>>[];

/** An import that loses a column would break the skills that read it: said before anything is replaced. */
export function findTableRefusal(
  table: string,
  rows: TableRows,
  expected: readonly Column[],
): Refusal | null {
  if (rows.length === 0)
    return {
      reason: "bad_request",
      message: { en: "The file has no rows.", ru: "В файле нет строк с данными." },
      mend: {
        en: "Its first line names the columns, the others are rows.",
        ru: "Первая строка называет столбцы, остальные — данные.",
      },
    };
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const wrong = columns.find((column) => !ColumnName.test(column));
  if (wrong !== undefined)
    return {
      reason: "bad_request",
      message: {
        en: `"${wrong}" cannot be the name of a column.`,
        ru: `«${wrong}» не может быть именем столбца.`,
      },
      mend: {
        en: "The first line of the file names the columns: letters, digits, _ and spaces.",
        ru: "Первая строка файла называет столбцы: буквы, цифры, _ и пробелы.",
      },
      field: wrong,
    };
  const names = expected.map(({ name }) => name);
  const missing = names.filter((column) => !columns.includes(column));
  if (missing.length === 0) return findWrongCell(table, rows, expected);
  return {
    reason: "bad_request",
    message: {
      en: `The file lacks the columns ${missing.join(", ")}; it has ${columns.join(", ")}.`,
      ru: `В файле нет столбцов ${missing.join(", ")}; есть ${columns.join(", ")}.`,
    },
    mend: {
      en: `Name the first line: ${names.join(", ")}. ${toUnchanged(table).en}`,
      ru: `Назовите в первой строке: ${names.join(", ")}. ${toUnchanged(table).ru}`,
    },
    field: missing[0],
  };
}

/** Which cell does not belong there, and what is told of it. */
interface Kind {
  readonly findWrong: (column: readonly unknown[]) => number;
  readonly message: BothLanguages;
  readonly mend: BothLanguages;
}

const KINDS: Readonly<Record<NonNullable<Column["holds"]>, Kind>> = {
  numbers: {
    findWrong: (column) => column.findIndex((cell) => typeof cell === "string"),
    message: { en: "is no number, and the table has numbers there", ru: "не число, а в таблице там числа" },
    mend: {
      en: "Write a number, like 1234.56, or leave the cell empty.",
      ru: "Напишите число, например 1234,56, или оставьте ячейку пустой.",
    },
  },
  days: {
    findWrong: (column) =>
      column.findIndex((cell) => !isEmpty(cell) && !(typeof cell === "string" && DAY.test(cell))),
    message: { en: "is no date, and the table has dates there", ru: "не дата, а в таблице там даты" },
    mend: {
      en: "Write a date, like 2026-11-20, or leave the cell empty.",
      ru: "Напишите дату, например 20.11.2026, или оставьте ячейку пустой.",
    },
  },
  // A single one may be a name or a code: only a column of nothing else is another column.
  texts: {
    findWrong: (column) =>
      column.every((cell) => isEmpty(cell) || typeof cell === "number")
        ? column.findIndex((cell) => !isEmpty(cell))
        : -1,
    message: {
      en: "is a number like all below it, and the table has text there",
      ru: "число, как и все под ним, а в таблице там текст",
    },
    mend: {
      en: "Look whether the columns stand under their names.",
      ru: "Проверьте, под своими ли именами столбцы.",
    },
  },
};

function isEmpty(cell: unknown): boolean {
  return cell === null || cell === undefined;
}

/** It would be told of by the first skill that reckons with it or sorts by it, and far from the file. */
function findWrongCell(table: string, rows: TableRows, expected: readonly Column[]): Refusal | null {
  for (const { name, holds } of expected) {
    if (holds === null) continue;
    const { findWrong, message, mend } = KINDS[holds];
    const column = rows.map((row) => row[name]);
    const at = findWrong(column);
    if (at === -1) continue;
    const cell = String(column[at]).slice(0, SHOWN);
    return {
      reason: "bad_request",
      message: {
        en: `Row ${at + 1}, column ${name}: "${cell}" ${message.en}.`,
        ru: `Строка ${at + 1}, столбец ${name}: «${cell}» — ${message.ru}.`,
      },
      mend: {
        en: `${mend.en} ${toUnchanged(table).en}`,
        ru: `${mend.ru} ${toUnchanged(table).ru}`,
      },
      field: name,
    };
  }
  return null;
}

function toUnchanged(table: string): BothLanguages {
  const drop = `\`skillos data drop ${table}\``;
  return {
    en: `Nothing was replaced. If the file is right and the table is not: ${drop}, then import it again.`,
    ru: `Ничего не заменено. Если верен файл, а не таблица: ${drop}, затем импорт ещё раз.`,
  };
}
