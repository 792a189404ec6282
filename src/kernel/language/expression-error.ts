// What an expression says when it cannot answer: always in both languages, always with what to do. It never guesses a value.
import type { BothLanguages } from "../domain/text.ts";
import { findNearestName } from "./nearest-name.ts";

/** `missing` may be forgiven (coalesce, optional access), `limit` never is. */
type ExpressionErrorCode = "missing" | "type" | "arithmetic" | "limit" | "syntax";

export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode;
  readonly text: BothLanguages;
  /** The expression as written; set where it is known. */
  expression: string | undefined;
  constructor(code: ExpressionErrorCode, text: BothLanguages) {
    super(text.en);
    this.name = "ExpressionError";
    this.code = code;
    this.text = text;
  }
}

export function fail(code: ExpressionErrorCode, ru: string, en: string): never {
  throw new ExpressionError(code, { ru, en });
}

/** " It had: sum, items. Did you mean "sum"?" in both languages. */
export function toHint(word: string, names: readonly string[]): BothLanguages {
  const nearest = findNearestName(word, names);
  const shown = names.slice(0, 12).join(", ") + (names.length > 12 ? ", …" : "");
  return {
    ru:
      (shown === "" ? " Там пусто." : ` Есть: ${shown}.`) +
      (nearest === null ? "" : ` Может быть, ${nearest}?`),
    en:
      (shown === "" ? " It was empty." : ` It had: ${shown}.`) +
      (nearest === null ? "" : ` Did you mean ${nearest}?`),
  };
}
