// The tenant's own tables. It tells what a statement means and hands it to the store, which does each key once.
import { z } from "zod";
import type { Connector } from "../../kernel/domain/connector.ts";
import { invariant, Refused } from "../../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo, Preview } from "../../kernel/ports/capability.ts";
import type { SqlAnswer, SqlRefusal, SqlStatement } from "../../kernel/ports/tenant-store.ts";
import { toDrift } from "./drift.ts";
import { parseSql } from "./sql-class.ts";
import { toSqlMistake } from "./sql-mistake.ts";

const SqlRequest = z.object({
  text: z.string(),
  values: z.array(z.unknown()).default([]),
  maxRows: z.number().int().nonnegative().nullish(),
});

interface Statement extends SqlStatement {
  readonly tables: readonly string[];
  readonly target: string;
}

export function createSqlCapability(): Capability {
  return {
    via: "sql",
    holdsAgreement: true,
    describe(request, connector) {
      const statement = parseStatement(request, connector);
      return { class: statement.class, target: statement.target, resend: "deduplicated", upperMicroUsd: 0 };
    },
    call: (request, connector, io) => call(parseStatement(request, connector), io),
    preview: (request, connector, io) => preview(parseStatement(request, connector), io),
  };
}

async function call(statement: Statement, io: CapabilityIo): Promise<CapabilityAnswer> {
  const isRead = statement.class === "read";
  const answer = await io.store.run(statement, isRead ? null : io.key, io.agreed);
  if ("refused" in answer) throw await toError(answer, statement, io);
  return {
    value: toValue(answer),
    costMicroUsd: 0,
    origin: answer.practice ? "practice" : "live",
    total: isRead ? undefined : answer.changes,
  };
}

async function preview(statement: Statement, io: CapabilityIo): Promise<Preview> {
  const preview = await io.store.preview(statement);
  if ("refused" in preview) throw await toError(preview, statement, io);
  return { entities: preview.entities, total: preview.answer.changes, value: toValue(preview.answer) };
}

function toValue(answer: SqlAnswer): { rows: SqlAnswer["rows"]; changes: number } {
  return { rows: answer.rows, changes: answer.changes };
}

function parseStatement(request: unknown, connector: Connector | null): Statement {
  if (connector !== null) {
    throw new Refused({
      reason: "bad_request",
      message: {
        en: `SQL through the connector ${connector.name} is not available yet: sql reaches your own tables only.`,
        ru: `SQL через коннектор ${connector.name} пока недоступен: sql видит только ваши таблицы.`,
      },
      mend: {
        en: "Remove `connector`, or call the database's own HTTP interface with `http`.",
        ru: "Уберите `connector` или обратитесь к базе по HTTP шагом `http`.",
      },
    });
  }
  const parsed = SqlRequest.safeParse(request);
  if (!parsed.success)
    throw new Refused({
      reason: "bad_request",
      message: {
        en: `This is not an SQL request: ${z.prettifyError(parsed.error)}`,
        ru: `Это не запрос SQL: ${z.prettifyError(parsed.error)}`,
      },
    });
  const { text, values, maxRows } = parsed.data;
  const meaning = parseSql(text);
  if (meaning.means === "nothing") throw toBadStatement(meaning);
  return {
    text: meaning.statement,
    values,
    class: meaning.means,
    table: meaning.means === "read" ? null : (meaning.tables[0] ?? null),
    maxRows: maxRows ?? null,
    tables: meaning.tables,
    target: meaning.tables.join(", ") || "store",
  };
}

function toBadStatement(meaning: {
  readonly why: "empty" | "several" | "keyword";
  readonly keyword: string;
}): Refused {
  const mend = {
    en: "Write one select, insert, update, replace or delete; tables are made by `skillos data import`.",
    ru: "Напишите один select, insert, update, replace или delete; таблицы создаёт `skillos data import`.",
  };
  const message = {
    empty: { en: "The SQL statement is empty.", ru: "Запрос SQL пустой." },
    several: {
      en: "One step is one SQL statement; this text holds several.",
      ru: "В одном шаге один запрос SQL, а здесь их несколько.",
    },
    keyword: {
      en: `A skill cannot run "${meaning.keyword}": sql steps read and change rows, nothing else.`,
      ru: `Навык не может выполнить «${meaning.keyword}»: шаги sql только читают и меняют строки.`,
    },
  }[meaning.why];
  return new Refused({ reason: "bad_request", message, mend });
}

async function toError(refusal: SqlRefusal, statement: Statement, io: CapabilityIo): Promise<Error> {
  switch (refusal.refused) {
    case "not_a_read":
      return new Refused({
        reason: "bad_request",
        message: {
          en: `This select would have changed ${statement.target}. It was undone.`,
          ru: `Этот select изменил бы ${statement.target}. Изменение отменено.`,
        },
        mend: {
          en: "Write it as insert, update or delete, so that it is planned and approved as one.",
          ru: "Напишите его как insert, update или delete: тогда он войдёт в план и потребует согласия.",
        },
      });
    case "too_many_rows":
      return new Refused({
        reason: "step_failed",
        step: statement.target,
        message: {
          en: `${refusal.rows} rows, more than max_rows: ${statement.maxRows ?? 0} allows. Nothing was changed.`,
          ru: `Строк ${refusal.rows}, а max_rows: ${statement.maxRows ?? 0} столько не разрешает. Ничего не изменено.`,
        },
        retryable: false,
      });
    case "drift":
      invariant(statement.class !== "read", "only a write can drift");
      return toDrift({
        entities: refusal.entities,
        agreed: io.agreed?.entities ?? [],
        target: statement.target,
        class: statement.class,
      });
    case "no_table":
      return new Refused({
        reason: "no_data",
        message: { en: `There is no table ${refusal.table}.`, ru: `Таблицы ${refusal.table} нет.` },
        table: refusal.table,
      });
    case "sql_error":
      return toSqlMistake(refusal.message, statement.tables, io.store);
  }
}
