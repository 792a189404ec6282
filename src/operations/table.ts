// The tenant's own tables: replaced as a whole from a file, or listed.
import { z } from "zod";
import type { Refusal } from "../kernel/domain/refusal.ts";
import { findNearestName } from "../kernel/language/nearest-name.ts";
import type { TableFormat } from "../kernel/ports/table-reader.ts";
import type { Column, SqlRefusal } from "../kernel/ports/tenant-store.ts";
import { noteAudit } from "./audit.ts";
import { defineOperation } from "./operation.ts";

/** Of a cell that is quoted. */
const SHOWN = 60;
/** A table of the store: what SQL of a skill can name without quotes, and what stands for nothing of SQLite's own. */
const TableName = z
  .string()
  .regex(
    /^(?!pragma_|json_|sqlite_)[a-z][a-z0-9_]{0,62}$/,
    "A table is named with small Latin letters, digits and _, and not pragma_…, json_… or sqlite_….",
  );
const ColumnName = /^[\p{L}_][\p{L}\p{N}_ ]{0,62}$/u;

const Place = z.strictObject({
  table: TableName,
  origin: z.enum(["own", "practice"]).default("own"),
});

export const tableImport = defineOperation({
  name: "table-import",
  summary: "Replaces a table of the tenant's own database with the rows of a csv, an xlsx or a JSON list.",
  permission: "build",
  http: "POST /data/{table}",
  input: Place,
  rawBody: true,
  async run(platform, call) {
    const { table, origin } = call.input;
    const rows = platform.tables.read(call.bodyBytes, toFormat(call.contentType));
    const refusal = findTableRefusal(rows, await platform.store(call.principal.tenant).columns(table));
    if (refusal) return { refusal };
    const done = await platform.store(call.principal.tenant).importTable(table, rows, origin);
    if ("refused" in done) return { refusal: toRefusal(done) };
    await noteAudit(platform, call, {
      action: "table.import",
      target: table,
      body: { rows: done.rows, origin },
    });
    return { body: { table, rows: done.rows, origin, replaced: done.replaced } };
  },
});

export const tableList = defineOperation({
  name: "table-list",
  summary: "The tables of the tenant's own database.",
  permission: "read",
  http: "GET /data",
  input: z.object({}),
  run: async (platform, call) => ({ body: { tables: await platform.store(call.principal.tenant).tables() } }),
});

export const tableDrop = defineOperation({
  name: "table-drop",
  summary: "Deletes a table of the tenant's own database and its rows. It cannot be undone.",
  permission: "build",
  http: "DELETE /data/{table}",
  input: z.object({ table: z.string().max(100) }),
  async run(platform, call) {
    const { table } = call.input;
    const store = platform.store(call.principal.tenant);
    const tables = await store.tables();
    const found = tables.find(({ name }) => name === table);
    if (found === undefined || !(await store.dropTable(table))) {
      const names = tables.map(({ name }) => name);
      const suggestion = findNearestName(table, names) ?? undefined;
      return { refusal: { reason: "not_found", what: "table", id: table, suggestion } };
    }
    await noteAudit(platform, call, { action: "table.drop", target: table, body: { rows: found.rows } });
    return { body: { table, rows: found.rows, deleted: true } };
  },
});

function toFormat(contentType: string): TableFormat {
  if (contentType.includes("json")) return "json";
  return contentType.includes("spreadsheetml") ? "xlsx" : "csv";
}

type TableRows = readonly Readonly<Record<string, unknown>>[];

/** An import that loses a column would break the skills that read it: said before anything is replaced. */
function findTableRefusal(rows: TableRows, expected: readonly Column[]): Refusal | null {
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
  if (missing.length === 0) return findWrongCell(rows, expected);
  return {
    reason: "bad_request",
    message: {
      en: `The file lacks the columns ${missing.join(", ")}; it has ${columns.join(", ")}.`,
      ru: `В файле нет столбцов ${missing.join(", ")}; есть ${columns.join(", ")}.`,
    },
    mend: {
      en: `Name the first line: ${names.join(", ")}. Nothing was replaced.`,
      ru: `Назовите в первой строке: ${names.join(", ")}. Ничего не заменено.`,
    },
    field: missing[0],
  };
}

/** Text among numbers would be told of by the first skill that reckons with it, and far from the file. */
function findWrongCell(rows: TableRows, expected: readonly Column[]): Refusal | null {
  for (const { name } of expected.filter(({ isNumber }) => isNumber)) {
    const at = rows.findIndex((row) => typeof row[name] === "string");
    const cell = rows[at]?.[name];
    if (typeof cell !== "string") continue;
    return {
      reason: "bad_request",
      message: {
        en: `Row ${at + 1}, column ${name}: "${cell.slice(0, SHOWN)}" is no number, and the table has numbers there.`,
        ru: `Строка ${at + 1}, столбец ${name}: «${cell.slice(0, SHOWN)}» — не число, а в таблице там числа.`,
      },
      mend: {
        en: "Write a number, like 1234.56, or leave the cell empty. Nothing was replaced.",
        ru: "Напишите число, например 1234,56, или оставьте ячейку пустой. Ничего не заменено.",
      },
      field: name,
    };
  }
  return null;
}

function toRefusal(refused: SqlRefusal): Refusal {
  const message = refused.refused === "sql_error" ? refused.message : refused.refused;
  return {
    reason: "bad_request",
    message: { en: `The table could not be made: ${message}.`, ru: `Таблицу не создать: ${message}.` },
  };
}
