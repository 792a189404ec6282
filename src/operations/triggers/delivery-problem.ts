// Why a delivery started nothing: kept as what it was, and told in the language of whoever looks.
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { Locale } from "../../kernel/domain/text.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

type Describing = Pick<Platform, "describeRefusal">;

export function toKeptProblem({ describeRefusal }: Describing, refusal: Refusal, requestId: string) {
  return { ...describeRefusal(refusal, "en", { requestId }), refusal };
}

/** One that was kept before reasons were is told as it was written. */
export function toToldProblem({ describeRefusal }: Describing, kept: unknown, locale: Locale): unknown {
  if (typeof kept !== "object" || kept === null || !("refusal" in kept)) return kept;
  const requestId = "request_id" in kept ? String(kept.request_id) : "";
  // It was sealed here, by the function above.
  return describeRefusal(kept.refusal as Refusal, locale, { requestId });
}
