// Makes an unfinished run durable as it stands, and sees to it that somebody looks after it.
import { Refused } from "../domain/refusal.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { LiveRun } from "./live-run.ts";
import { toRecord } from "./live-run.ts";
import { checkRecord } from "./run-size.ts";

/** An unfinished run that nobody works on is taken up again after this long. */
export const LEASE_MS = 5_000;

export interface KeepPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly wake: (at: number) => void;
}

/** A rehearsal leaves nothing behind; of a run that has ended its end is kept instead. Throws Refused for one too large. */
export async function keepLive(ports: KeepPorts, live: LiveRun): Promise<void> {
  if (live.order.rehearsal !== null || live.finishedAt !== null) return;
  const record = toRecord(live);
  checkRecord(record);
  live.isKept = true;
  ports.wake(live.wakeAt ?? ports.clock.now() + LEASE_MS);
  await ports.journal.saveLive(record);
}

/** False where it is too large to be kept. */
export async function tryKeepLive(ports: KeepPorts, live: LiveRun): Promise<boolean> {
  try {
    await keepLive(ports, live);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
