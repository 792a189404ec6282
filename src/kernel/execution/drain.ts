// Settle and record: finished runs leave the runner. Each of the steps may be repeated; none reads memory.
import type { RunId, TenantId } from "../domain/id.ts";
import type { Clock } from "../ports/clock.ts";
import type { Archive } from "../ports/archive.ts";
import type { AuditTrail } from "../ports/audit.ts";
import type { Guard } from "../ports/guard.ts";
import type { Journal, LeavingRun } from "../ports/journal.ts";
import type { HostWatch } from "../door/host-watch.ts";

/** So many runs are read at once; the archive splits them by size. */
const BATCH = 250;

export interface DrainPorts {
  readonly tenant: TenantId;
  readonly journal: Journal;
  readonly guard: Guard;
  readonly audit: Pick<AuditTrail, "note">;
  readonly archive: Archive;
  readonly hosts: Pick<HostWatch, "take">;
  /** A run was archived without its values, because the archive does not take them. */
  readonly report: (runId: RunId, cause: unknown) => void;
}

/** How many runs left; ask again until it is 0. */
export async function drainOnce(ports: DrainPorts): Promise<number> {
  const ended = ports.journal.listEnded(BATCH);
  if (ended.length === 0) return 0;
  const accounts = ended.map(({ account }) => account);
  const settlements = accounts.map(({ settlement }) => settlement).filter((one) => one !== null);
  const calls = ports.hosts.take();
  if (settlements.length + calls.length > 0) await ports.guard.settle(ports.tenant, settlements, calls);
  const decisions = accounts.flatMap((account) => account.decisions);
  if (decisions.length > 0) await ports.audit.note(ports.tenant, decisions);
  await leave(ports, ended);
  return ended.length;
}

type Ended = readonly LeavingRun[];

/** What the archive does not take is looked for by halves, so that one run never keeps the others here. */
async function leave(ports: DrainPorts, ended: Ended): Promise<void> {
  try {
    await archive(ports, ended);
  } catch (cause) {
    const [first] = ended;
    if (ended.length > 1) {
      const half = ended.length >> 1;
      await leave(ports, ended.slice(0, half));
      await leave(ports, ended.slice(half));
    } else if (first) await leaveAlone(ports, first, cause);
  }
}

/** Once more as it is: a database that was away for a moment must cost no run its values. */
async function leaveAlone(ports: DrainPorts, one: LeavingRun, cause: unknown): Promise<void> {
  try {
    await archive(ports, [one]);
  } catch {
    await leaveBare(ports, one, cause);
  }
}

/** If this is not taken either, it is not the run that is wrong but the archive: all that is left waits for the next drain. */
async function leaveBare(ports: DrainPorts, { account }: LeavingRun, cause: unknown): Promise<void> {
  await archive(ports, [await ports.journal.stripEnded(account.runId, NOT_TAKEN)]);
  ports.report(account.runId, cause);
}

const NOT_TAKEN = "could not be kept";

async function archive({ archive: to, journal, tenant }: DrainPorts, runs: Ended): Promise<void> {
  await to.save(tenant, { runs, events: [], ledger: runs.flatMap(({ account }) => account.ledger) });
  journal.dropEnded(runs.map(({ account }) => account.runId));
}

const DRAIN_AFTER_MS = 300;
/** If this process dies before it drains, the alarm does it. */
export const DRAIN_NET_MS = 5_000;

/** Drains a moment after something ended, so that runs leave in batches; one drain at a time. */
export class Drainer {
  readonly #ports: DrainPorts;
  readonly #clock: Clock;
  readonly #wake: (at: number) => void;
  #draining: Promise<boolean> | null = null;
  #hurry: () => void = () => undefined;

  constructor(ports: DrainPorts, clock: Clock, wake: (at: number) => void) {
    this.#ports = ports;
    this.#clock = clock;
    this.#wake = wake;
  }

  soon(): void {
    if (this.#draining) return;
    this.#wake(this.#clock.now() + DRAIN_NET_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#hurry = resolve;
    this.#clock.after(DRAIN_AFTER_MS, resolve);
    // A failed drain keeps its rows; the alarm set above tries again.
    this.#start(promise).catch(() => undefined);
  }

  /** Returns when nothing is left: whether anything was. */
  async now(): Promise<boolean> {
    this.#hurry();
    return this.#draining ?? this.#start(Promise.resolve());
  }

  #start(after: Promise<void>): Promise<boolean> {
    const running = after
      .then(async () => {
        let left = 0;
        for (let more = 1; more > 0; left += more) more = await drainOnce(this.#ports);
        return left > 0;
      })
      .finally(() => {
        this.#draining = null;
      });
    this.#draining = running;
    return running;
  }
}
