// Expressions: CEL inside `${{ }}`. The parser is @marcbachmann/cel-js; the meaning is ours, because JSON numbers are doubles,
// `/` is true division, and every error must be readable. Terminating, without host access, bounded in size and work.
import type { BothLanguages } from "../domain/text.ts";
import { type ASTNode, Environment, ParseError } from "@marcbachmann/cel-js";
import { createCompiler } from "./expression-compile.ts";
import { ExpressionError } from "./expression-error.ts";
import { type Run, type Scope, toRootFrame } from "./expression-frame.ts";
import { CompileError, type Reference } from "./expression-node.ts";
import { toSyntaxText } from "./expression-syntax.ts";
import { isMap, OptionalValue } from "./expression-values.ts";

export { ExpressionError } from "./expression-error.ts";
export { DateValue, DurationValue, MoneyValue } from "./expression-values.ts";
export type { Reference } from "./expression-node.ts";

const MAX_EXPRESSION_LENGTH = 4096;
const MAX_CACHED = 4000;

export interface Expression {
  readonly text: string;
  /** Root identifiers used. */
  readonly names: ReadonlySet<string>;
  /** Every use of a root name, with its first member and its column, for static checks. */
  readonly references: readonly Reference[];
  /** Throws ExpressionError. */
  evaluate(scope: Scope): unknown;
}

export interface ExpressionMistake {
  readonly message: BothLanguages;
  /** 1-based, in the text of the expression. */
  readonly column: number;
}

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 2000, maxDepth: 64, maxListElements: 500, maxMapEntries: 200, maxCallArguments: 32 },
});

/** Compiled expressions by text; the oldest leave first. A text always compiles to the same thing, so sharing is safe. */
const cache = new Map<string, Expression | ExpressionMistake>();

export function compileExpression(text: string): Expression | ExpressionMistake {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const made = compileUncached(text);
  if (cache.size >= MAX_CACHED) for (const oldest of cache.keys()) if (cache.delete(oldest)) break;
  cache.set(text, made);
  return made;
}

/** The tree of a text that compiles, for checks that know more of its names than any expression does. */
export function parseExpression(text: string): ASTNode {
  return environment.parse(text).ast;
}

export function isExpression(compiled: Expression | ExpressionMistake): compiled is Expression {
  return "evaluate" in compiled;
}

/** For one-off use: compiles and evaluates, throwing ExpressionError for either mistake. */
export function evaluateExpression(text: string, scope: Scope): unknown {
  const compiled = compileExpression(text);
  if (isExpression(compiled)) return compiled.evaluate(scope);
  const error = new ExpressionError("syntax", compiled.message);
  error.expression = text;
  throw error;
}

function compileUncached(text: string): Expression | ExpressionMistake {
  if (text.length > MAX_EXPRESSION_LENGTH)
    return {
      message: {
        ru: "Выражение длиннее 4096 знаков.",
        en: "The expression is longer than 4,096 characters.",
      },
      column: 1,
    };
  try {
    const references: Reference[] = [];
    const ast: ASTNode = environment.parse(text).ast;
    const run = createCompiler(references).compile(ast);
    return {
      text,
      references,
      names: new Set(references.map((reference) => reference.root)),
      evaluate: (scope) => evaluate(text, run, scope),
    };
  } catch (error) {
    return toMistake(error);
  }
}

function toMistake(error: unknown): ExpressionMistake {
  if (error instanceof ParseError)
    return { message: toSyntaxText(error.code, error.summary), column: (error.range?.start ?? 0) + 1 };
  if (error instanceof CompileError) return { message: error.text, column: error.column };
  // Only the parser's own recursion can end here (a long row of `!`); anything else is a bug and goes up.
  if (error instanceof RangeError)
    return {
      message: { ru: "Выражение вложено слишком глубоко.", en: "The expression is nested too deeply." },
      column: 1,
    };
  throw error;
}

/** Comparing and flattening go as deep as the data does. */
const TOO_DEEP_VALUE = {
  ru: "Данные вложены слишком глубоко.",
  en: "The data is nested too deeply.",
};

function evaluate(text: string, run: Run, scope: Scope): unknown {
  try {
    return toResult(run(toRootFrame(scope)));
  } catch (error) {
    const told = error instanceof RangeError ? new ExpressionError("limit", TOO_DEEP_VALUE) : error;
    if (told instanceof ExpressionError) told.expression ??= text;
    throw told;
  }
}

/** Optionals never leave an expression: nothing is null. Untouched data is returned as it is, not copied. */
function toResult(value: unknown): unknown {
  if (value instanceof OptionalValue) return toResult(value.value);
  if (Array.isArray(value)) return value.some(holdsOptional) ? value.map(toResult) : value;
  if (!isMap(value) || !Object.values(value).some(holdsOptional)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toResult(item)]));
}

function holdsOptional(value: unknown): boolean {
  return value instanceof OptionalValue;
}
