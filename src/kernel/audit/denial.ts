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
  "seal_broken",
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
    case "seal_broken":
      return { why: refusal.why, column: refusal.column, row: refusal.row };
    case "price_unknown":
      return { model: refusal.model };
    default:
      return {};
  }
}

/** What was decided in the course of a run and is noted nowhere else: a yes that its caller gave beforehand, a no at the door. */
export function toRunEntries(run: RunRecord): readonly AuditEntry[] {
  const { id, refusal, approvedBy, manifest, order, finishedAt, createdAt } = run;
  const skill = { skill: order.plan.skill, version: order.plan.version };
  const base = { user: order.principal.user, target: id };
  const approved: AuditEntry = {
    ...{ ...base, id: `${id}:approval`, at: approvedBy?.at ?? createdAt, action: "approval.approve" },
    outcome: "done",
    body: { ...skill, hash: manifest?.hash ?? null, beforehand: true },
  };
  const isDenied = refusal !== null && isDenial(refusal);
  return [
    ...(approvedBy?.how === "the caller" ? [approved] : []),
    ...(isDenied
      ? [{ ...base, ...toDenied(refusal, skill), id: `${id}:end`, at: finishedAt ?? createdAt }]
      : []),
  ];
}

function toDenied(refusal: Refusal, skill: Readonly<Record<string, unknown>>) {
  return { action: "run.fail", outcome: refusal.reason, body: { ...toFacts(refusal), ...skill } };
}
