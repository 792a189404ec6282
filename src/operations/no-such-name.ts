// A name that is none of those there are, told with the one that was probably meant.
import type { RefusalOf } from "../kernel/domain/refusal.ts";
import type { BothLanguages } from "../kernel/domain/text.ts";
import { findNearestName } from "../kernel/language/nearest-name.ts";

interface Asked {
  readonly field: string;
  readonly written: string;
  readonly known: readonly string[];
  readonly message: BothLanguages;
}

export function toNoSuchName({ field, written, known, message }: Asked): RefusalOf<"bad_request"> {
  const nearest = findNearestName(written, known);
  const all = known.join(", ");
  const mend =
    nearest === null
      ? { en: `Use one of: ${all}.`, ru: `Есть такие: ${all}.` }
      : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` };
  return { reason: "bad_request", message, mend, field };
}
