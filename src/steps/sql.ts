// The step `sql`. Its text is never changed: expressions become bound values.
import { z } from "zod";
import { defineStep } from "../kernel/domain/step-kind.ts";
import { parseTemplate } from "../kernel/language/template-parts.ts";
import { OPAQUE } from "../kernel/domain/statement-names.ts";
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
        request: { text: toText(query), values: [], maxRows: step.maxRows ?? null },
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

/** Its values stand nowhere in the text: a value that looks like SQL would change what the plan says of it. */
function toText(query: string): string {
  return parseTemplate(query)
    .map(({ text, expression }) => (expression === undefined ? text : "?"))
    .join("");
}

const SqlValue = z.object({ rows: z.array(z.record(z.string(), z.unknown())), changes: z.number() });

/** One row per insert of values; how many rows anything else touches only a dry run can tell. */
function toTimes(query: string): number | null {
  return /^\s*(select|with)\b/i.test(query) || isOneRow(query) ? 1 : null;
}

const ONE_INSERT = /^\s*insert\s+into\s+\w+\s*(?:\([^()]*\))?\s*values\s*\(/iu;
const AFTER_ROW = /^\s*;?\s*(?:$|returning\b|on\s+conflict\b)/i;

/** One bracket of values, and behind it nothing that could bring more: neither a comma nor a `union`. */
function isOneRow(query: string): boolean {
  const text = query.replace(OPAQUE, " x ");
  const head = ONE_INSERT.exec(text);
  if (head === null) return false;
  let at = head[0].length;
  for (let depth = 1; depth > 0 && at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
  }
  return AFTER_ROW.test(text.slice(at));
}
