// A template for people: every value in its language. Apart from format.ts, which the command line loads without expressions.
import type { Locale } from "../domain/text.ts";
import type { Scope } from "./expression-frame.ts";
import { type FormatContext, formatValue } from "./format.ts";
import { evaluatePart } from "./template.ts";
import { parseTemplate } from "./template-parts.ts";

export function formatTemplate(
  text: string,
  scope: Scope,
  ...[locale, context = {}]: [locale: Locale, context?: FormatContext]
): string {
  const within = { ...context, isSentence: true };
  return parseTemplate(text)
    .map((part) =>
      part.expression === undefined ? part.text : formatValue(evaluatePart(part, scope), locale, within),
    )
    .join("");
}
