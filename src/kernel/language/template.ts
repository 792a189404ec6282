// Templates: `${{ expression }}` inside any JSON. A text that is one expression keeps its type; otherwise the values become text.
// In SQL an expression is always a bound value and never text.
import {
  compileExpression,
  evaluateExpression,
  type Expression,
  type ExpressionMistake,
} from "./expression.ts";
import { fail } from "./expression-error.ts";
import type { Scope } from "./expression-frame.ts";
import { isMap, toKindName, toUnmarked } from "./expression-values.ts";
import { parseTemplate, type TemplatePart } from "./template-parts.ts";

export function resolveTemplate<T>(template: T, scope: Scope): T {
  // The caller's T describes the template as written; where an expression stands, its value takes the place of the text.
  // Callers that need a certain type check it at their own border (zod), as for any value from outside.
  return resolve(template, scope) as T;
}

function resolve(template: unknown, scope: Scope): unknown {
  if (typeof template === "string") return resolveText(template, scope);
  if (Array.isArray(template)) return template.map((item) => resolve(item, scope));
  if (!isMap(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, item]) => [key, resolve(item, scope)]));
}

function resolveText(text: string, scope: Scope): unknown {
  const parts = parseTemplate(text);
  const [only, tail] = parts;
  // `key: |` and `key: >` of YAML leave a line end after the expression; it was never meant as text.
  const isAlone =
    parts.length === 1 ||
    (parts.length === 2 && tail?.expression === undefined && /^[ \t]*\r?\n\s*$/.test(tail?.text ?? ""));
  if (isAlone && only?.expression !== undefined) return evaluatePart(only, scope);
  return parts
    .map((part) => (part.expression === undefined ? part.text : toPlainText(evaluatePart(part, scope))))
    .join("");
}

export function evaluatePart(part: TemplatePart, scope: Scope): unknown {
  if (part.unclosed === true) fail("syntax", "${{ не закрыто: нет }}.", "${{ is not closed: }} is missing.");
  return evaluateExpression(part.expression ?? "", scope);
}

/** A value as part of a longer text for machines: a URL, a header, a prompt. */
function toPlainText(value: unknown): string {
  const unmarked = toUnmarked(value);
  if (unmarked === null) return "";
  return typeof unmarked === "object" ? JSON.stringify(unmarked) : String(unmarked);
}

/** `if:` and the like: always an expression, with or without its `${{ }}`. */
export function evaluateCondition(condition: string, scope: Scope): boolean {
  const [only, ...more] = parseTemplate(condition);
  const value = evaluateExpression(
    more.length === 0 && only?.expression !== undefined ? only.expression : condition,
    scope,
  );
  if (typeof value === "boolean") return value;
  const kind = toKindName(value);
  return fail(
    "type",
    `Условие ${condition}: ${kind.ru}, а нужно да или нет.`,
    `The condition ${condition} is ${kind.en}, not true or false.`,
  );
}

interface BoundText {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** `in ${{ list }}` becomes `in (?, ?)`; an empty list becomes `(null)`, which matches nothing. */
export function bindTemplate(template: string, scope: Scope): BoundText {
  const values: unknown[] = [];
  const parts = parseTemplate(template);
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (part.expression === undefined) {
      text += part.text;
      continue;
    }
    if (isInQuotes(text)) failQuoted(part);
    const value = toUnmarked(evaluatePart(part, scope));
    if (!Array.isArray(value)) {
      values.push(toBound(value, part));
      text += "?";
      continue;
    }
    const marks = value.length === 0 ? "null" : value.map(() => "?").join(", ");
    for (const item of value) values.push(toBound(toUnmarked(item), part));
    const isWrapped = /\(\s*$/.test(text) && /^\s*\)/.test(parts[index + 1]?.text ?? "");
    text += isWrapped ? marks : `(${marks})`;
  }
  return { text, values };
}

/** An expression between quotes would become the text '?' and silently match nothing. */
function isInQuotes(sqlBefore: string): boolean {
  const bare = sqlBefore.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, "").replace(/'[^']*'|"[^"]*"/g, "");
  return /['"]/.test(bare);
}

function failQuoted(part: TemplatePart): never {
  return fail(
    "syntax",
    `В sql выражение стоит без кавычек: ${part.text}. Часть текста: \${{ '%' + слово + '%' }}.`,
    `In sql an expression stands without quotes: ${part.text}. For a part of a text: \${{ '%' + word + '%' }}.`,
  );
}

function toBound(value: unknown, part: TemplatePart): unknown {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  const kind = toKindName(value);
  return fail(
    "type",
    `${part.text}: ${kind.ru}; в sql подставляют число, текст, дату или список из них.`,
    `${part.text} is ${kind.en}; sql takes a number, a text, a date or a list of them.`,
  );
}

/** One expression of a template, where it stands, and what compiling it gave. */
interface TemplateExpression {
  readonly path: readonly (string | number)[];
  /** The whole string it stands in, and where in it the expression starts. */
  readonly within: string;
  readonly offset: number;
  readonly text: string;
  readonly compiled: Expression | ExpressionMistake;
}

interface TemplateNames {
  readonly names: ReadonlySet<string>;
  readonly expressions: readonly TemplateExpression[];
}

const UNCLOSED: ExpressionMistake = {
  message: { ru: "${{ не закрыто: нет }}.", en: "${{ is not closed: }} is missing." },
  column: 1,
};

/** Everything a template refers to, without evaluating anything. */
export function templateNames(template: unknown): TemplateNames {
  const expressions: TemplateExpression[] = [];
  collect(template, [], expressions);
  const names = new Set<string>();
  for (const { compiled } of expressions)
    if ("names" in compiled) for (const name of compiled.names) names.add(name);
  return { names, expressions };
}

function collect(template: unknown, path: readonly (string | number)[], found: TemplateExpression[]): void {
  if (typeof template === "string") {
    for (const part of parseTemplate(template)) {
      if (part.expression === undefined) continue;
      const compiled = part.unclosed === true ? UNCLOSED : compileExpression(part.expression);
      found.push({ path, within: template, offset: part.expressionOffset, text: part.expression, compiled });
    }
  } else if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) collect(item, [...path, index], found);
  } else if (isMap(template)) {
    for (const [key, item] of Object.entries(template)) collect(item, [...path, key], found);
  }
}
