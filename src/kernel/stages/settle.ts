// What a finished run owes: the end of its hold, and its lines of the ledger. Written in the commit of its end, and settled
// from that row only.
import { toRunEntries } from "../audit/denial.ts";
import { toShort } from "../domain/id.ts";
import type { RunRecord } from "../domain/run.ts";
import { toCost, toHold } from "../domain/run.ts";
import type { Settlement } from "../ports/guard.ts";
import type { Account, LedgerLine } from "../ports/journal.ts";

export function toAccount(run: RunRecord): Account {
  const { order } = run;
  const summary = {
    id: run.id,
    short: toShort(run.id),
    skill: order.plan.skill,
    status: run.status,
    channel: order.channel,
    created_at: run.createdAt,
    finished_at: run.finishedAt,
    cost: toCost(run),
    user: order.principal.user,
    key_id: order.principal.keyId,
    confidence: order.understanding.confidence,
    code: run.refusal?.reason ?? null,
  };
  return {
    runId: run.id,
    settlement: toSettlement(run),
    ledger: toLedgerLines(run),
    decisions: toRunEntries(run),
    summary,
  };
}

/** Null when the run never held money. */
function toSettlement(run: RunRecord): Settlement | null {
  const spentMicroUsd = toCost(run);
  return run.isHeld === true || toHold(run) > 0 || spentMicroUsd > 0
    ? { runId: run.id, spentMicroUsd, ended: true }
    : null;
}

/** Double entry: what the tenant spends, the source earns. One entry per paid effect, named by its key. */
function toLedgerLines(run: RunRecord): LedgerLine[] {
  return run.effects
    .filter((effect) => effect.costMicroUsd > 0)
    .flatMap((effect) => {
      const line = { entry: effect.key, runId: run.id, at: run.finishedAt ?? run.createdAt };
      return [
        { ...line, account: "tenant", microUsd: -effect.costMicroUsd },
        { ...line, account: `source:${effect.via}:${effect.target}`, microUsd: effect.costMicroUsd },
      ];
    });
}
