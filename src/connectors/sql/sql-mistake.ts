// What the database has against a statement, in words that lead to the mend: the columns that there are, the place it stopped at.
import { Refused } from "../../kernel/domain/refusal.ts";
import { type BothLanguages, same } from "../../kernel/domain/text.ts";
import type { TenantStore } from "../../kernel/ports/tenant-store.ts";

/** Where in the text and which code: the author sees another text, with expressions in it. */
const OF_THE_DATABASE = /(?: at offset \d+)?: SQLITE_\w+$/;

export async function toSqlMistake(
  message: string,
  tables: readonly string[],
  store: Pick<TenantStore, "columns">,
): Promise<Refused> {
  const told = message.replace(OF_THE_DATABASE, "");
  const column = /^no such column: (.+)$/.exec(told)?.[1];
  const words = column === undefined ? toSyntax(told) : await toNoColumn(column, tables, store);
  // The step is known where the refusal leaves it.
  return new Refused({ reason: "step_failed", step: "sql", message: words, retryable: false });
}

function toSyntax(told: string): BothLanguages {
  const near = /^near "(.+)": syntax error$/s.exec(told)?.[1];
  if (near === undefined) return same(told);
  return {
    en: `The SQL cannot be read from "${near}" on, or what stands before it is wrong.`,
    ru: `Запрос SQL не прочитать начиная с «${near}», или ошибка стоит прямо перед этим.`,
  };
}

async function toNoColumn(
  column: string,
  tables: readonly string[],
  store: Pick<TenantStore, "columns">,
): Promise<BothLanguages> {
  const held = await Promise.all(
    tables.map(async (table) => {
      const names = (await store.columns(table)).map(({ name }) => name);
      return names.length === 0 ? [] : [`${table} (${names.join(", ")})`];
    }),
  );
  const there = held.flat().join(", ");
  return {
    en: `There is no column ${column}.${there === "" ? "" : ` There are: ${there}.`}`,
    ru: `Столбца ${column} нет.${there === "" ? "" : ` Есть: ${there}.`}`,
  };
}
