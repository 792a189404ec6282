// The one table: reason to status, exit code, title, detail and fix, for every channel. A reason without its row does not compile.
import type { Reason, Refusal, RefusalOf } from "../kernel/domain/refusal.ts";
import type { Locale } from "../kernel/domain/text.ts";
import { toPlain } from "../kernel/domain/text.ts";
import { microUsdToUsd } from "../kernel/domain/money.ts";
import { toIso } from "../kernel/domain/zone.ts";
import type { DescribeRefusal, Problem } from "../kernel/ports/problem.ts";
import { AGREEMENT_ROWS } from "./refusals/agreement.ts";
import { CALLER_ROWS } from "./refusals/caller.ts";
import { OTHER_CODES } from "./refusals/more-codes.ts";
import { PAYER_ROWS } from "./refusals/payers.ts";
import { VAULT_ROWS } from "./refusals/vault.ts";
import { REPEAT_ROWS } from "./refusals/repeats.ts";
import type { Rows } from "./refusals/row.ts";
import type { Around } from "../kernel/ports/problem.ts";
import { STOP_ROWS } from "./refusals/stops.ts";
import { WORK_ROWS } from "./refusals/work.ts";

export const REFUSALS = {
  ...AGREEMENT_ROWS,
  ...CALLER_ROWS,
  ...PAYER_ROWS,
  ...STOP_ROWS,
  ...VAULT_ROWS,
  ...REPEAT_ROWS,
  ...WORK_ROWS,
} satisfies Rows<Reason>;

/** RFC 9457. Beside the request id a caller may say what else it knows: the tenant's zone, the skill, what was spent and done. */
export const describeRefusal = ((refusal: Refusal, locale: Locale, around: Around): Problem =>
  describeByRow(refusal, locale, around)) satisfies DescribeRefusal;

function describeByRow<R extends Reason>(
  refusal: RefusalOf<R> & { readonly reason: R },
  locale: Locale,
  around: Around,
): Problem {
  const rows: Rows<Reason> = REFUSALS;
  const row = rows[refusal.reason];
  const { status, retryable } = row;
  return {
    type: `/docs/errors/${refusal.reason}`,
    code: refusal.reason,
    title: row.title(refusal, around)[locale],
    status,
    detail: row.detail(refusal, around)[locale],
    fix: row.fix(refusal, around)[locale],
    retryable: typeof retryable === "boolean" ? retryable : retryable(refusal),
    request_id: around.requestId ?? "",
    ...(around.run === undefined ? {} : { run: around.run }),
    ...toFacts(refusal, locale),
  };
}

/** What a mistake of ours looks like outside: an id and nothing else. The log has the rest. */
export function describeInternal(locale: Locale, requestId: string): Problem {
  const { title, detail, fix } = OTHER_CODES.internal;
  const words = { title: title[locale], detail: detail[locale], fix: fix[locale] };
  return {
    type: "/docs/errors/internal",
    code: "internal",
    ...words,
    status: 500,
    retryable: true,
    request_id: requestId,
  };
}

/** Facts that the words already say, and names that belong to RFC 9457 or to us. */
const NO_MEMBERS: ReadonlySet<string> = new Set([
  "reason",
  "message",
  "mend",
  "retryable",
  "type",
  "code",
  "title",
  "status",
  "detail",
  "fix",
  "instance",
]);

const MOMENTS: ReadonlySet<string> = new Set(["resetsAt", "savedAt", "until", "at"]);

/** The refusal's facts as members: snake_case, money also in USD, moments as ISO-8601, texts in the reader's language. */
function toFacts(refusal: Refusal, locale: Locale): Record<string, unknown> {
  if (refusal.reason === "skill_invalid") {
    const { mistakes, serving } = refusal;
    const told = mistakes.map(({ at, rule, message, mend }) => ({
      ...at,
      rule,
      message: toPlain(message, locale),
      fix: toPlain(mend, locale),
    }));
    return { mistakes: told, ...(serving === undefined ? {} : { serving }) };
  }
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(refusal)) {
    if (NO_MEMBERS.has(name) || value === undefined) continue;
    const member = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    facts[member] = MOMENTS.has(name) && typeof value === "number" ? toIso(value) : value;
    if (name.endsWith("MicroUsd") && typeof value === "number")
      facts[member.replace("micro_usd", "usd")] = microUsdToUsd(value);
  }
  return facts;
}
