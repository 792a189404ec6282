// The shape of one row of the refusal table. A row is all that any channel needs to tell one "no".
import type { Reason, RefusalOf } from "../../kernel/domain/refusal.ts";
import { type BothLanguages, same } from "../../kernel/domain/text.ts";
import type { Around } from "../../kernel/ports/problem.ts";

export interface Row<R extends Reason> {
  /** HTTP status; inside a run the `status` of its problem. */
  readonly status: number;
  /** Of the terminal command; docs/exit-codes.md. */
  readonly exitCode: number;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean | ((refusal: RefusalOf<R>) => boolean);
  title(refusal: RefusalOf<R>, around: Around): BothLanguages;
  detail(refusal: RefusalOf<R>, around: Around): BothLanguages;
  fix(refusal: RefusalOf<R>, around: Around): BothLanguages;
}

export type Rows<R extends Reason> = { readonly [K in R]: Row<K> };

/** What a documentation page says beside the row. */
export interface RefusalPage<R extends Reason> {
  readonly means: BothLanguages;
  readonly why: BothLanguages;
  readonly example: RefusalOf<R>;
}

export type Pages<R extends Reason> = { readonly [K in R]: RefusalPage<K> };

/** `nothing` where that is known: before there is a run, or of one that changed nothing. Otherwise what it has changed. */
export function toDone(around: Around, nothing: BothLanguages): BothLanguages {
  const isKnown = around.run === undefined || around.changes === 0;
  return isKnown ? { en: ` ${nothing.en}`, ru: ` ${nothing.ru}` } : toChanged(around);
}

export const NOTHING_DONE: BothLanguages = { en: "Nothing was done.", ru: "Ничего не сделано." };
export const NOTHING_SENT: BothLanguages = { en: "Nothing was sent.", ru: "Ничего не отправлено." };

/** "Nothing was changed." only where that is known. */
export function toChanged(around: Around): BothLanguages {
  if (around.changes === undefined) return same("");
  if (around.changes === 0) return { en: " Nothing was changed.", ru: " Ничего не изменено." };
  return {
    en: ` Changes made before that: ${around.changes}.`,
    ru: ` Изменений до этого: ${around.changes}.`,
  };
}
