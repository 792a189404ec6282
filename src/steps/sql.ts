// The step `sql`. Its text is never changed: expressions become bound values.
import { z } from "zod";
import { defineStep } from "../kernel/domain/step-kind.ts";
import { Fault } from "../kernel/domain/refusal.ts";

const With = z.union([
  z.string().min(1),
  z.strictObject({ connector: z.string().optional(), query: z.string().min(1) }),
]);

const toParts = (withValue: z.infer<typeof With>): { connector?: string | undefined; query: string } =>
  typeof withValue === "string" ? { query: withValue } : withValue;

/** `sql`: a statement on the tenant's own tables. Expressions are bound values, never text. */
export const sql = defineStep({
  kind: "sql",
  summary: { en: "Reads or changes your tables.", ru: "Читает или меняет ваши таблицы." },
  with: With,
  effects(withValue, step) {
    const { connector, query } = toParts(withValue);
    return [
      {
        via: "sql",
        connector,
        request: { text: query, values: [], maxRows: step.maxRows ?? null },
        times: toTimes(query),
      },
    ];
  },
  async run(withValue, context) {
    const { connector, query } = toParts(withValue);
    const bound = context.bind(query);
    const answer = await context.perform({
      via: "sql",
      connector,
      request: { ...bound, maxRows: context.step.maxRows ?? null },
    });
    const value = SqlValue.safeParse(answer.value);
    if (!value.success)
      throw new Fault("sql", "never", "the store answered in an unknown shape", value.error);
    return { ...value.data, first: value.data.rows[0] ?? null };
  },
});

const SqlValue = z.object({ rows: z.array(z.record(z.string(), z.unknown())), changes: z.number() });

/** One row per insert of values; how many rows anything else touches only a dry run can tell. */
function toTimes(query: string): number | null {
  const isOneRow =
    /^\s*insert\s+into\s+[\w"]+\s*(?:\([^()]*\))?\s*values\s*\(/i.test(query) && !/\)\s*,\s*\(/.test(query);
  return /^\s*(select|with)\b/i.test(query) || isOneRow ? 1 : null;
}
