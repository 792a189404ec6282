// In a dry run nobody knows the answer of a write that was only planned, nor what depends on it. Such a value may stand in a
// scope; whoever looks at it is stopped, so that nothing is ever judged on what was made up.
import { ExpressionError } from "../language/expression-error.ts";

/** What a step answers that cannot be known before the run. */
export const UNKNOWN = Symbol("unknown until run");

/** Its code is one that no `coalesce` or `.?` forgives: nothing else may stand in for it. */
export class UnknownUntilRun extends ExpressionError {
  constructor(what: string) {
    super("limit", {
      en: `What ${what} answers is known when the run has done its writes.`,
      ru: `Что ответит ${what}, станет известно, когда запуск сделает свои записи.`,
    });
  }
}

/** Puts a step's value into a scope. */
export function putValue(scope: Record<string, unknown>, id: string, value: unknown): void {
  const known = { value, writable: true, enumerable: true, configurable: true };
  const unknown = {
    get: (): never => {
      throw new UnknownUntilRun(id);
    },
    enumerable: true,
    configurable: true,
  };
  Object.defineProperty(scope, id, value === UNKNOWN ? unknown : known);
}

/** The same names, or only these, without looking at any. */
export function copyScope(
  scope: Readonly<Record<string, unknown>>,
  names: readonly string[] = Object.keys(scope),
): Record<string, unknown> {
  const found = names.map((name) => [name, Object.getOwnPropertyDescriptor(scope, name)] as const);
  const copy: Record<string, unknown> = {};
  for (const [name, property] of found) if (property) Object.defineProperty(copy, name, property);
  return copy;
}
