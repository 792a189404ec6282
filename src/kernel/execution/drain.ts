// Settle and record: finished runs leave the runner. Each of the three steps may be repeated; none reads memory.
import type { TenantId } from "../domain/id.ts";
import type { Archive } from "../ports/archive.ts";
import type { Guard } from "../ports/guard.ts";
import type { Journal } from "../ports/journal.ts";
import { toLedgerLines, toSettlement } from "../stages/settle.ts";

/** D1 takes 2 MB a statement; records are at most 64 KiB. */
const BATCH = 100;

export interface DrainPorts {
  readonly tenant: TenantId;
  readonly journal: Journal;
  readonly guard: Guard;
  readonly archive: Archive;
}

/** How many runs left; ask again until it is 0. */
export async function drainOnce(ports: DrainPorts): Promise<number> {
  const runs = ports.journal.listEnded(BATCH);
  if (runs.length === 0) return 0;
  const settlements = runs.map(toSettlement).filter((settlement) => settlement !== null);
  if (settlements.length > 0) await ports.guard.settle(ports.tenant, settlements);
  await ports.archive.save(ports.tenant, {
    runs,
    events: runs.flatMap((run) =>
      run.events.map((event, index) => ({ id: `${run.id}:${index}`, runId: run.id, at: Date.parse(event.timestamp), event })),
    ),
    ledger: runs.flatMap(toLedgerLines),
  });
  ports.journal.dropEnded(runs.map((run) => run.id));
  return runs.length;
}
