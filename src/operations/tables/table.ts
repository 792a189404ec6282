// The tenant's own tables: replaced as a whole from a file, or listed.
import { z } from "zod";
import type { SkillId } from "../../kernel/domain/id.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import { findNearestName } from "../../kernel/language/nearest-name.ts";
import { type BothLanguages, joinLanguages } from "../../kernel/domain/text.ts";
import type { TableFormat } from "../../kernel/ports/table-reader.ts";
import type { SqlRefusal } from "../../kernel/ports/tenant-store.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";
import { findTableRefusal } from "./table-check.ts";
import { loadSeen } from "../skills/seen.ts";

/** A table of the store: what SQL of a skill can name without quotes, and what stands for nothing of SQLite's own. */
const TableName = z.string().regex(
  /^(?!pragma_|json_|sqlite_)[a-z][a-z0-9_]{0,62}$/,
  joinLanguages({
    en: "A table is named with small Latin letters, digits and _, and not pragma_…, json_… or sqlite_….",
    ru: "Имя таблицы — из строчных латинских букв, цифр и _, и не pragma_…, json_… или sqlite_….",
  }),
);

const Place = z.strictObject({
  table: TableName,
  origin: z.enum(["own", "practice"]).default("own"),
});

export const tableImport = defineOperation({
  name: "table-import",
  needsEverySkill: true,
  summary: "Replaces a table of the tenant's own database with the rows of a csv, an xlsx or a JSON list.",
  permission: "build",
  http: "POST /data/{table}",
  audited: "table.import",
  input: Place,
  rawBody: true,
  async run(platform, call) {
    const { table, origin } = call.input;
    const rows = platform.tables.read(call.bodyBytes, toFormat(call.contentType));
    const refusal = findTableRefusal(table, rows, await platform.store(call.principal.tenant).columns(table));
    if (refusal) return { refusal };
    const done = await platform.store(call.principal.tenant).importTable(table, rows, origin);
    if ("refused" in done) return { refusal: toRefusal(done, NOT_MADE) };
    noteAudit(platform, call, {
      action: "table.import",
      target: table,
      body: { rows: done.rows, origin },
    });
    const { replaced, replacedRows } = done;
    return { body: { table, rows: done.rows, origin, replaced, replaced_rows: replacedRows } };
  },
});

export const tableList = defineOperation({
  name: "table-list",
  needsEverySkill: true,
  summary: "The tables of the tenant's own database, and the skills that read or write each.",
  permission: "read",
  http: "GET /data",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const [tables, { skills }] = await Promise.all([
      platform.store(tenant).tables(),
      loadSeen(platform, call.principal),
    ]);
    const readers = toReaders(skills.values());
    return { body: { tables: tables.map((table) => ({ ...table, skills: readers(table.name) })) } };
  },
});

export const tableGet = defineOperation({
  name: "table-get",
  needsEverySkill: true,
  summary: "The first rows of a table of the tenant's own database.",
  permission: "read",
  http: "GET /data/{table}",
  input: z.object({ table: TableName, limit: z.coerce.number().int().min(1).max(1_000).default(50) }),
  async run(platform, call) {
    const { table, limit } = call.input;
    const store = platform.store(call.principal.tenant);
    const tables = await store.tables();
    const found = tables.find(({ name }) => name === table);
    if (found === undefined) return { refusal: toUnknown(table, tables) };
    const text = `select * from "${table}" limit ${limit}`;
    const read = await store.run(
      { text, values: [], class: "read", table: null, tables: [table], maxRows: null },
      null,
      null,
    );
    if ("refused" in read) return { refusal: toRefusal(read, NOT_READ) };
    return { body: { table, origin: found.origin, total: found.rows, rows: read.rows } };
  },
});

export const tableDrop = defineOperation({
  name: "table-drop",
  needsEverySkill: true,
  summary: "Deletes a table of the tenant's own database and its rows. It cannot be undone.",
  permission: "build",
  http: "DELETE /data/{table}",
  audited: "table.drop",
  input: z.object({ table: z.string().max(100) }),
  async run(platform, call) {
    const { table } = call.input;
    const store = platform.store(call.principal.tenant);
    const tables = await store.tables();
    const found = tables.find(({ name }) => name === table);
    if (found === undefined || !(await store.dropTable(table))) return { refusal: toUnknown(table, tables) };
    noteAudit(platform, call, { action: "table.drop", target: table, body: { rows: found.rows } });
    return { body: { table, rows: found.rows, deleted: true } };
  },
});

/** Which skills name a table where SQL names one. Nothing of SQL is understood here: it is said, not relied on. */
function toReaders(skills: Iterable<Skill>): (table: string) => SkillId[] {
  const toText = (steps: unknown): string => JSON.stringify(steps).replaceAll(/\\[nrt"]/g, " ");
  const texts = [...skills].map(({ id, steps }) => [id, toText(steps)] as const);
  return (table) => {
    const named = new RegExp(`\\b(?:from|join|into|update)\\s+${table}\\b`, "i");
    return texts.filter(([, text]) => named.test(text)).map(([id]) => id);
  };
}

function toFormat(contentType: string): TableFormat {
  if (contentType.includes("json")) return "json";
  return contentType.includes("spreadsheetml") ? "xlsx" : "csv";
}

function toUnknown(table: string, tables: readonly { readonly name: string }[]): Refusal {
  const names = tables.map(({ name }) => name);
  return {
    reason: "not_found",
    what: "table",
    id: table,
    suggestion: findNearestName(table, names) ?? undefined,
  };
}

interface Failure {
  readonly said: BothLanguages;
  readonly mend: BothLanguages;
}

const NOT_MADE: Failure = {
  said: { en: "The table could not be made", ru: "Таблицу не создать" },
  mend: { en: "Change the file and import it again.", ru: "Измените файл и загрузите его снова." },
};
const NOT_READ: Failure = {
  said: { en: "The table could not be read", ru: "Таблицу не прочитать" },
  mend: {
    en: "Try again; if it stays so, import the table anew.",
    ru: "Повторите; если не поможет, загрузите таблицу заново.",
  },
};

function toRefusal(refused: SqlRefusal, { said, mend }: Failure): Refusal {
  const why = refused.refused === "sql_error" ? refused.message : refused.refused;
  return {
    reason: "bad_request",
    message: { en: `${said.en}: ${why}.`, ru: `${said.ru}: ${why}.` },
    mend,
  };
}
