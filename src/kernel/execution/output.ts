// A skill's output and the sentence that tells it.
import { isRecord } from "../domain/json.ts";
import type { Locale, Text } from "../domain/text.ts";
import { toPlain } from "../domain/text.ts";
import type { ShownEntities } from "../domain/effect.ts";
import type { Skill } from "../domain/skill.ts";
import { MoneyValue, toPlainJson } from "../language/expression-values.ts";
import type { FormatContext } from "../language/format.ts";
import { formatTemplate } from "../language/format-template.ts";
import { resolveTemplate } from "../language/template.ts";

/** `look`: what becomes of a member that cannot be known; without it that goes on up. */
export function toOutput(
  skill: Skill,
  scope: Readonly<Record<string, unknown>>,
  look: (resolve: () => unknown) => unknown = (resolve) => resolve(),
): Readonly<Record<string, unknown>> {
  const members = Object.entries(skill.output);
  return Object.fromEntries(
    members.map(([name, template]) => [name, look(() => resolveTemplate(template, scope))]),
  );
}

export function toSentence(
  text: Text | undefined,
  scope: Record<string, unknown>,
  reader: { locale: Locale; format: FormatContext },
): string | null {
  if (text === undefined) return null;
  return formatTemplate(toPlain(text, reader.locale), scope, reader.locale, reader.format);
}

/** More are not needed to see what the columns are. */
const ROWS_SHOWN = 20;

/** Undefined: the skill does not say how its entities look, or says it with what only a done write knows. */
export function toShownEntities(
  skill: Skill,
  scope: Readonly<Record<string, unknown>>,
): ShownEntities | undefined {
  const show = skill.approval?.show;
  if (show === undefined) return undefined;
  try {
    const found: unknown = resolveTemplate(show, scope);
    const rows = (Array.isArray(found) ? found : []).slice(0, ROWS_SHOWN).filter(isRecord);
    const [first] = rows;
    // A row of an expression is plain JSON once its marks are off.
    return first && { rows: toPlainJson(rows) as ShownEntities["rows"], formats: toFormats(first) };
  } catch {
    return undefined;
  }
}

/** Where in the result money stands and in which currency, so that tables can be drawn: a JSON number has no unit. */
export function toFormats(result: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (value: unknown, path: string, depth: number): void => {
    if (value instanceof MoneyValue) found[path] = value.currency ?? "";
    else if (depth > 4 || value === null || typeof value !== "object") return;
    else if (Array.isArray(value)) visit(value[0], `${path}[]`, depth + 1);
    else
      for (const [key, item] of Object.entries(value))
        visit(item, path === "" ? key : `${path}.${key}`, depth + 1);
  };
  visit(result, "", 0);
  return found;
}
