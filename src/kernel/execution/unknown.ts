// Nobody knows the answer of a write that was only planned, or that was left out, nor what depends on it. Such a value may
// stand in a scope; whoever looks at it is stopped, so that nothing is ever judged on what was made up.
import { ExpressionError } from "../language/expression-error.ts";

/** What a step answers that is not known: not before the run, or never. */
export const UNKNOWN = Symbol("unknown");

/** Its code is one that no `coalesce` or `.?` forgives: nothing else may stand in for it. */
export class UnknownAnswer extends ExpressionError {
  constructor(what: string) {
    super("limit", {
      en: `What ${what} answers is not known: its write was only planned, or was left out.`,
      ru: `Что ответит ${what}, неизвестно: эта запись только запланирована или исключена.`,
    });
  }
}

/** Null where it depends on what nobody knows. */
export function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof UnknownAnswer) return null;
    throw error;
  }
}

/** Puts a step's value into a scope. */
export function putValue(scope: Record<string, unknown>, id: string, value: unknown): void {
  const known = { value, writable: true, enumerable: true, configurable: true };
  const unknown = {
    get: (): never => {
      throw new UnknownAnswer(id);
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
