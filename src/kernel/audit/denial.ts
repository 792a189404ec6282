// Which refusals are decisions, and what of them stands in the audit. The others are slips of the pen.
import type { Reason, Refusal } from "../domain/refusal.ts";
import type { RunRecord } from "../domain/run.ts";
import type { AuditEntry } from "../ports/audit.ts";

const DENIALS: ReadonlySet<Reason> = new Set([
  "forbidden",
  "budget_exceeded",
  "address_forbidden",
  "price_unknown",
  "approval_denied",
  "plan_drift",
]);

/** Not of rates: those are counted where they are decided. */
export function isDenial({ reason }: Refusal): boolean {
  return DENIALS.has(reason);
}

/** No sentence: what people said is not kept here. */
export function toFacts(refusal: Refusal): Readonly<Record<string, unknown>> {
  switch (refusal.reason) {
    case "forbidden":
      return { asked: refusal.action, rule: refusal.rule, role: refusal.role };
    case "budget_exceeded":
      return {
        scope: refusal.scope,
        needed_micro_usd: refusal.neededMicroUsd,
        limit_micro_usd: refusal.limitMicroUsd,
        remaining_micro_usd: refusal.remainingMicroUsd,
      };
    case "rate_limited":
      return { limit: refusal.limit };
    case "address_forbidden":
      return { host: refusal.host };
    case "price_unknown":
      return { model: refusal.model };
    default:
      return {};
  }
}

/** A run that was admitted and ended because something was not allowed. Undefined: it did not. */
export function toEndEntry({ id, refusal, order, finishedAt, createdAt }: RunRecord): AuditEntry | undefined {
  if (refusal === null || !isDenial(refusal)) return undefined;
  const { principal, plan } = order;
  return {
    id: `${id}:end`,
    at: finishedAt ?? createdAt,
    user: principal.user,
    action: "run.fail",
    target: id,
    outcome: refusal.reason,
    body: { ...toFacts(refusal), skill: plan.skill, version: plan.version },
  };
}
