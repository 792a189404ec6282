// As much of a template as is known before a run: expressions over names in scope are resolved, all others stay as written.
import { ExpressionError } from "./expression-error.ts";
import type { Scope } from "./expression-frame.ts";
import { isMap } from "./expression-values.ts";
import { resolveTemplate } from "./template.ts";

export function resolveKnown(template: unknown, scope: Scope): unknown {
  if (typeof template === "string") return resolveText(template, scope);
  if (Array.isArray(template)) return template.map((item) => resolveKnown(item, scope));
  if (!isMap(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, item]) => [key, resolveKnown(item, scope)]));
}

function resolveText(text: string, scope: Scope): unknown {
  if (!text.includes("${{")) return text;
  try {
    return resolveTemplate<unknown>(text, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return text;
    throw error;
  }
}
