// What a finished run owes: the end of its hold, and its lines of the ledger. Written in the commit of its end, and settled
// from that row only.
import { toRunEntries } from "../audit/run-entries.ts";
import { toCalledIds } from "../domain/plan.ts";
import type { PaidPart } from "../domain/correction.ts";
import { toShort } from "../domain/id.ts";
import type { RunRecord } from "../domain/run.ts";
import { toCost, toHold, toOverrun, toParts, toSpentParts } from "../domain/run.ts";
import type { Settlement } from "../ports/guard.ts";
import type { Account, LedgerLine } from "../ports/journal.ts";
import { OVERRUN_ACCOUNT, TENANT_ACCOUNT } from "../ports/ledger.ts";

export function toAccount(run: RunRecord): Account {
  const { order } = run;
  const called = toCalledIds(order.plan);
  const summary = {
    id: run.id,
    short: toShort(run.id),
    skill: order.plan.skill,
    ...(called.length > 0 && { called: JSON.stringify(called) }),
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
  const overMicroUsd = toOverrun(run);
  const over = overMicroUsd > 0 ? { overMicroUsd } : {};
  const at = toEndedAt(run);
  return run.isHeld === true || toHold(run) > 0 || spentMicroUsd > 0
    ? { runId: run.id, spentMicroUsd, ended: true, at, ...toTold(toSpentParts(run, at), at), ...over }
    : null;
}

/** Nothing where all of it was spent at that moment: as of any run that did not wait. */
export function toTold(parts: readonly PaidPart[], at: number): Pick<Settlement, "parts"> {
  return parts.every((part) => part.at === at) ? {} : { parts };
}

function toEndedAt({ finishedAt, createdAt }: RunRecord): number {
  return finishedAt ?? createdAt;
}

/**
 * Double entry: what the tenant spends, the source earns. One entry per paid effect, named by its key; of one whose run stopped to
 * wait, another for what came later. What was billed beyond the hold is told apart, in an entry of its own.
 */
function toLedgerLines(run: RunRecord): LedgerLine[] {
  const endedAt = toEndedAt(run);
  const entries = run.effects.flatMap((effect) =>
    toParts(effect, endedAt).flatMap(({ at, microUsd }, n) => {
      const line = { entry: n === 0 ? effect.key : `${effect.key}/${n + 1}`, runId: run.id, at };
      return [
        { ...line, account: TENANT_ACCOUNT, microUsd: -microUsd },
        { ...line, account: `source:${effect.via}:${effect.target}`, microUsd },
      ];
    }),
  );
  const over = toOverrun(run);
  if (over === 0) return entries;
  const line = { entry: `${run.id}:overrun`, runId: run.id, at: endedAt };
  return [
    ...entries,
    { ...line, account: TENANT_ACCOUNT, microUsd: over },
    { ...line, account: OVERRUN_ACCOUNT, microUsd: -over },
  ];
}
