// Settle and record: finished runs leave the runner. Each of the three steps may be repeated; none reads memory.
import type { TenantId } from "../domain/id.ts";
import type { Clock } from "../ports/clock.ts";
import type { Archive } from "../ports/archive.ts";
import type { Guard } from "../ports/guard.ts";
import type { Journal } from "../ports/journal.ts";

/** So many runs are read at once; the archive splits them by size. */
const BATCH = 100;

export interface DrainPorts {
  readonly tenant: TenantId;
  readonly journal: Journal;
  readonly guard: Guard;
  readonly archive: Archive;
}

/** How many runs left; ask again until it is 0. */
export async function drainOnce(ports: DrainPorts): Promise<number> {
  const ended = ports.journal.listEnded(BATCH);
  if (ended.length === 0) return 0;
  const accounts = ended.map(({ account }) => account);
  const settlements = accounts.map(({ settlement }) => settlement).filter((one) => one !== null);
  if (settlements.length > 0) await ports.guard.settle(ports.tenant, settlements);
  const ledger = accounts.flatMap((account) => account.ledger);
  await ports.archive.save(ports.tenant, { runs: ended, events: [], ledger });
  ports.journal.dropEnded(accounts.map(({ runId }) => runId));
  return ended.length;
}

const DRAIN_AFTER_MS = 300;
/** If this process dies before it drains, the alarm does it. */
export const DRAIN_NET_MS = 5_000;

/** Drains a moment after something ended, so that runs leave in batches; one drain at a time. */
export class Drainer {
  readonly #ports: DrainPorts;
  readonly #clock: Clock;
  readonly #wake: (at: number) => void;
  #draining: Promise<void> | null = null;

  constructor(ports: DrainPorts, clock: Clock, wake: (at: number) => void) {
    this.#ports = ports;
    this.#clock = clock;
    this.#wake = wake;
  }

  soon(): void {
    if (this.#draining) return;
    this.#wake(this.#clock.now() + DRAIN_NET_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#clock.after(DRAIN_AFTER_MS, resolve);
    // A failed drain keeps its rows; the alarm set above tries again.
    this.#start(promise).catch(() => undefined);
  }

  /** Returns when nothing is left. */
  async now(): Promise<void> {
    await (this.#draining ?? this.#start(Promise.resolve()));
  }

  #start(after: Promise<void>): Promise<void> {
    const running = after
      .then(async () => {
        while ((await drainOnce(this.#ports)) > 0) continue;
      })
      .finally(() => {
        this.#draining = null;
      });
    this.#draining = running;
    return running;
  }
}
