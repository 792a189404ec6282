// How the services that a runner calls behave: each call is asked for here and its outcome noted, so that a run stops calling what
// does not answer before the guard knows. What was seen is told to the guard with the next settlements.
import type { RefusalOf } from "../domain/refusal.ts";
import {
  afterCalls,
  type Breaker,
  findClosedUntil,
  LONGEST_OPEN_MS,
  NEW_BREAKER,
  SLOW_MS,
} from "../guard/breaker.ts";
import { toBreakerRefusal } from "../guard/hosts.ts";
import type { Clock } from "../ports/clock.ts";
import type { CallTally, ClosedOff } from "../ports/guard.ts";

/** One run's calls. */
export interface CallWatch {
  /** Null: it may be called. */
  findRefusal(host: string): RefusalOf<"breaker_open"> | null;
  /** A call begins; what is returned is told how it ended. */
  begin(host: string): (hasFailed: boolean) => void;
}

/** More are not watched. */
const MOST_HOSTS = 500;

export class HostWatch {
  readonly #clock: Pick<Clock, "now">;
  readonly #seen = new Map<string, Breaker>();
  readonly #tallies = new Map<string, CallTally>();
  #epoch = 0;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** What was seen before somebody changed something at the guard, a reset among them, is forgotten. */
  learn(epoch: number): void {
    if (epoch !== this.#epoch) this.#seen.clear();
    this.#epoch = epoch;
  }

  /** `closedOff`: what the guard said when this run was admitted. */
  watch(runId: string, closedOff: readonly ClosedOff[]): CallWatch {
    return {
      findRefusal: (host) => {
        const now = this.#clock.now();
        // Further away than any: the clock was set back meanwhile, and what is said here of its end is not true any more.
        const isNear = ({ until }: ClosedOff) => until > now && until <= now + LONGEST_OPEN_MS;
        const known = closedOff.find((one) => one.host === host && isNear(one));
        if (known) return toBreakerRefusal(known, now);
        const seen = this.#seen.get(host);
        const until = seen ? findClosedUntil(seen, runId, now) : null;
        if (until === null || !seen?.opening) return null;
        return toBreakerRefusal({ host, why: seen.opening.why, until }, now);
      },
      begin: (host) => {
        const startedAt = this.#clock.now();
        return (hasFailed) => this.#note(host, { startedAt, hasFailed });
      },
    };
  }

  #note(host: string, { startedAt, hasFailed }: { startedAt: number; hasFailed: boolean }): void {
    if (!this.#seen.has(host) && this.#seen.size >= MOST_HOSTS) this.#seen.clear();
    const now = this.#clock.now();
    const one = {
      host,
      calls: 1,
      failed: hasFailed ? 1 : 0,
      slow: now - startedAt > SLOW_MS ? 1 : 0,
      lastAt: startedAt,
    };
    this.#seen.set(host, afterCalls(this.#seen.get(host) ?? NEW_BREAKER, one, now));
    const before = this.#tallies.get(host);
    this.#tallies.set(host, before === undefined ? one : toSum(before, one));
  }

  /** What was seen since this was asked last. */
  take(): readonly CallTally[] {
    if (this.#tallies.size === 0) return [];
    const taken = [...this.#tallies.values()];
    this.#tallies.clear();
    return taken;
  }
}

function toSum(one: CallTally, other: CallTally): CallTally {
  return {
    host: one.host,
    calls: one.calls + other.calls,
    failed: one.failed + other.failed,
    slow: one.slow + other.slow,
    lastAt: Math.max(one.lastAt, other.lastAt),
  };
}
