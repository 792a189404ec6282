// A JSON list of flat rows. It says its own types: nothing is guessed from a text.
import type { BothLanguages } from "../../kernel/domain/text.ts";
import { z } from "zod";
import { findJsonErrorLine } from "../../kernel/domain/json-error.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import { checkTableSize } from "./table.ts";

const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));

export function parseJsonRows(text: string): z.infer<typeof Rows> {
  const line = findJsonErrorLine(text);
  if (line !== null) throw toBadRows({ en: `line ${line} is not JSON`, ru: `строка ${line} — не JSON` });
  const rows = Rows.safeParse(JSON.parse(text));
  if (!rows.success) throw toBadRows(toWhy(rows.error));
  checkTableSize(rows.data.length, new Set(rows.data.flatMap((row) => Object.keys(row))).size);
  return rows.data;
}

function toWhy({ issues: [issue] }: z.ZodError): BothLanguages {
  const [row, column] = issue?.path ?? [];
  const why = issue?.message ?? "";
  if (row === undefined) return { en: why, ru: why };
  const where = column === undefined ? "" : `, "${String(column)}"`;
  return {
    en: `row ${Number(row) + 1}${where}: ${why}`,
    ru: `строка ${Number(row) + 1}${where}: ${why}`,
  };
}

function toBadRows(why: BothLanguages): Refused {
  return new Refused({
    reason: "bad_request",
    message: { en: `The rows cannot be read: ${why.en}.`, ru: `Строки не прочитать: ${why.ru}.` },
    mend: {
      en: 'Send a list of flat rows: [{"name": "Volna", "total": 1200}].',
      ru: 'Отправьте список плоских строк: [{"name": "Volna", "total": 1200}].',
    },
    field: "rows",
  });
}
