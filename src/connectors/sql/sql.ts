// The tenant's own tables. It tells what a statement means and hands it to the store, which does each key once.
import { z } from "zod";
import type { Connector } from "../../kernel/domain/connector.ts";
import { invariant, Refused } from "../../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo, Preview } from "../../kernel/ports/capability.ts";
import type { SqlAnswer, SqlRefusal, SqlStatement } from "../../kernel/ports/tenant-store.ts";
import { toDrift } from "./drift.ts";
import { type NoMeaning, parseSql } from "./sql-class.ts";
import { toSqlMistake } from "./sql-mistake.ts";

const SqlRequest = z.object({
  text: z.string(),
  values: z.array(z.unknown()).default([]),
  maxRows: z.number().int().nonnegative().nullish(),
});

interface Statement extends SqlStatement {
  readonly target: string;
}

export function createSqlCapability(): Capability {
  return {
    via: "sql",
    holdsAgreement: true,
    describe(request, connector) {
      const statement = parseStatement(request, connector);
      const reads = statement.tables.filter((table) => table !== statement.table);
      return {
        class: statement.class,
        target: statement.target,
        resend: "deduplicated",
        upperMicroUsd: 0,
        ...(reads.length > 0 && { reads }),
      };
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
    table: meaning.table,
    maxRows: maxRows ?? null,
    tables: meaning.tables,
    target: meaning.table ?? (meaning.tables.join(", ") || "store"),
  };
}

function toBadStatement(meaning: NoMeaning): Refused {
  if (meaning.why === "unclear") return toUnclear(meaning.keyword);
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

/** A table that cannot be named is one that no policy can be asked about. */
function toUnclear(part: string): Refused {
  return new Refused({
    reason: "bad_request",
    message: {
      en: `Which tables this SQL statement touches cannot be told for certain, because of "${part}". Nothing was done.`,
      ru: `Нельзя точно сказать, каких таблиц касается этот запрос SQL: мешает «${part}». Ничего не сделано.`,
    },
    mend: {
      en: "Name each of your tables plainly after `from`, `join` or `into`: `from payees`. Values are given by expressions, lists by json_each(…) or json_tree(…).",
      ru: "Назовите каждую таблицу прямо после `from`, `join` или `into`: `from payees`. Значения дают выражениями, списки — через json_each(…) или json_tree(…).",
    },
  });
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
    case "untold_table":
      return toUnclear(refusal.table);
    case "sql_error":
      return toSqlMistake(refusal.message, statement.tables, io.store);
  }
}
