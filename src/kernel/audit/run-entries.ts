// What a run leaves in the audit: the yes and the no, that nobody answered, the overrun, and which refusals are decisions.
import type { Reason, Refusal, RefusalOf } from "../domain/refusal.ts";
import { type RunRecord, toCost, toHold, toOverrun } from "../domain/run.ts";
import type { AuditEntry } from "../ports/audit.ts";

const DENIALS: ReadonlySet<Reason> = new Set([
  "forbidden",
  "budget_exceeded",
  "overrun",
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
    case "overrun":
      return { over_micro_usd: refusal.overMicroUsd };
    case "breaker_open":
      return { host: refusal.host, why: refusal.why };
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

/**
 * What was decided in the course of a run: a yes or a no to what it would change (its taker notes it too, before he answers, under
 * the same id), that nobody answered, a no at the door.
 */
export function toRunEntries(run: RunRecord): readonly AuditEntry[] {
  const { id, refusal, order, finishedAt, createdAt } = run;
  const skill = { skill: order.plan.skill, version: order.plan.version };
  const at = finishedAt ?? createdAt;
  const base = { user: order.principal.user, target: id };
  const yes = [...toUnlinkedEntries(run), ...toYesEntries(run), ...toOverrunEntries(run, skill)];
  if (refusal === null || !isDenial(refusal)) return yes;
  if (refusal.reason === "approval_denied") return [...yes, toNoEntry(run, refusal, at)];
  return [...yes, { ...base, ...toDenied(refusal, skill), id: `${id}:end`, at }];
}

function toYesEntries(run: RunRecord): readonly AuditEntry[] {
  const { approvedBy, manifest } = run;
  if (approvedBy === null || approvedBy.how === "not needed") return [];
  const { user, how, at, isOwn } = approvedBy;
  const excluded = manifest?.excluded.length ?? 0;
  const entry = toDecisionEntry({ run, user, isYes: true, excluded, isOwn }, at);
  return how === "the caller" ? [{ ...entry, body: { ...entry.body, beforehand: true } }] : [entry];
}

/** Their address was set by somebody who asked: a link to it would be in his hands. */
function toUnlinkedEntries({ id, order, askedOf, createdAt: at }: RunRecord): readonly AuditEntry[] {
  const users = askedOf?.unlinked ?? [];
  if (users.length === 0) return [];
  const { user } = order.principal;
  const entry = { id: `${id}:unlinked`, at, user, target: id, outcome: "done", body: { users } };
  return [{ ...entry, action: "approval.unlinked" }];
}

function toNoEntry(run: RunRecord, refusal: RefusalOf<"approval_denied">, at: number): AuditEntry {
  const entry = toDecisionEntry({ run, user: refusal.by, isYes: false, excluded: 0 }, refusal.at ?? at);
  if (refusal.expired !== true) return entry;
  const { user } = run.order.principal;
  return { ...entry, user, at, action: "approval.expire", outcome: "denied" };
}

function toDecisionId(runId: string): string {
  return `${runId}:approval`;
}

/** Of one question, and so of one run: written twice, it stands once. */
export function toDecisionEntry(
  decision: { run: RunRecord; user: string; isYes: boolean; excluded: number; isOwn?: boolean | undefined },
  at: number,
): AuditEntry {
  const { run, user, isYes, excluded, isOwn = user === run.order.principal.user } = decision;
  const { plan } = run.order;
  return {
    id: toDecisionId(run.id),
    at,
    user,
    action: isYes ? "approval.approve" : "approval.deny",
    target: run.id,
    outcome: "done",
    body: {
      ...{ skill: plan.skill, version: plan.version, hash: run.manifest?.hash ?? null, excluded },
      // Nobody else could have said it, or he took back what he had asked for.
      ...(isOwn && { own: true }),
    },
  };
}

function toOverrunEntries(run: RunRecord, skill: Readonly<Record<string, unknown>>): readonly AuditEntry[] {
  const over = toOverrun(run);
  if (over === 0) return [];
  const { id, order, finishedAt, createdAt } = run;
  const body = { held_micro_usd: toHold(run), billed_micro_usd: toCost(run), over_micro_usd: over, ...skill };
  const at = finishedAt ?? createdAt;
  const { user } = order.principal;
  return [{ id: `${id}:overrun`, at, user, action: "budget.overrun", target: id, outcome: "overrun", body }];
}

function toDenied(refusal: Refusal, skill: Readonly<Record<string, unknown>>) {
  return { action: "run.fail", outcome: refusal.reason, body: { ...toFacts(refusal), ...skill } } as const;
}
