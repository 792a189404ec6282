// What an expression says when it cannot answer: always in both languages, always with what to do. It never guesses a value.
import type { Locale } from "../domain/text.ts";

export type BothLanguages = Readonly<Record<Locale, string>>;

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

/** The name a person probably meant, or null when nothing is near. */
export function nearestName(word: string, names: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment: swapped neighbours count once, because that is how people mistype. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return at(previous, right.length);
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? Number.POSITIVE_INFINITY;
}

/** " It had: sum, items. Did you mean "sum"?" in both languages. */
export function toHint(word: string, names: readonly string[]): BothLanguages {
  const nearest = nearestName(word, names);
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
