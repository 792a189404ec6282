// How the services that a runner calls behave: each call is asked for here and its outcome noted, so that a run stops calling what
// does not answer before the guard knows. What was seen is told to the guard with the next settlements.
import { Fault, type Refusal } from "../domain/refusal.ts";
import {
  afterCalls,
  type Breaker,
  type Caller,
  findClosedUntil,
  isToBeTried,
  LONGEST_OPEN_MS,
  NEW_BREAKER,
  SLOW_MS,
} from "../guard/breaker.ts";
import { toBreakerRefusal } from "../guard/hosts.ts";
import type { Clock } from "../ports/clock.ts";
import type { CallTally, OpenHost, HostCall } from "../ports/guard.ts";
import { toUnavailable } from "../domain/unavailable.ts";

/** One run's calls. */
export interface CallWatch {
  /** Null: it may be called. `isTold`: how that ends is told by `begin`, so that it tries the service for others. */
  findRefusal(host: string, isTold: boolean): Promise<Refusal | null>;
  /** A call begins; what is returned is told how it ended. */
  begin(host: string): (hasFailed: boolean) => void;
}

/** Services that were left alone when the guard was in this epoch: a later one may have opened them again. */
export interface GuardSaid {
  readonly epoch: number;
  readonly openHosts: readonly OpenHost[];
}

/** Further away than any: the clock was set back meanwhile, and what was said of its end is not true any more. */
function isNear({ until }: OpenHost, now: number): boolean {
  return until > now && until <= now + LONGEST_OPEN_MS;
}

/** More are not watched. */
const MOST_HOSTS = 500;

export class HostWatch {
  readonly #clock: Pick<Clock, "now">;
  readonly #tryCall: (call: HostCall) => Promise<Refusal | null>;
  readonly #seen = new Map<string, Breaker>();
  readonly #tallies = new Map<string, CallTally>();
  #epoch = 0;

  /** `tryCall`: asks the guard, where a service may be in use again. */
  constructor(clock: Pick<Clock, "now">, tryCall: (call: HostCall) => Promise<Refusal | null>) {
    this.#clock = clock;
    this.#tryCall = tryCall;
  }

  /** What was seen before somebody changed something at the guard, a reset among them, is forgotten. */
  learn(epoch: number): void {
    if (epoch > this.#epoch) this.#seen.clear();
    this.#epoch = Math.max(epoch, this.#epoch);
  }

  /** `said`: by the guard, when this run was admitted. */
  watch(caller: Caller, said: GuardSaid): CallWatch {
    /** Of these the guard has said something since. */
    const asked = new Set<string>();
    return {
      findRefusal: async (host, isTold) => {
        const known = asked.has(host) ? undefined : said.openHosts.find((one) => one.host === host);
        const isSure = said.epoch >= this.#epoch;
        const refused = this.#findSeen(host) ?? (isSure ? this.#findSaid(known) : null);
        if (refused !== null) return refused;
        const isOpen = known !== undefined || this.#isToBeTried(host);
        if (!isOpen || !isTold) return null;
        const refusal = await this.#ask({ ...caller, host });
        if (refusal === null) asked.add(host);
        return refusal;
      },
      begin: (host) => {
        const startedAt = this.#clock.now();
        return (hasFailed) => this.#note(host, { startedAt, hasFailed });
      },
    };
  }

  #findSeen(host: string): Refusal | null {
    const now = this.#clock.now();
    const seen = this.#seen.get(host);
    const until = seen ? findClosedUntil(seen, null, now) : null;
    if (until === null || !seen?.opening) return null;
    return toBreakerRefusal({ host, why: seen.opening.why, until }, now);
  }

  #findSaid(said: OpenHost | undefined): Refusal | null {
    const now = this.#clock.now();
    return said && isNear(said, now) ? toBreakerRefusal(said, now) : null;
  }

  #isToBeTried(host: string): boolean {
    const seen = this.#seen.get(host);
    return seen !== undefined && isToBeTried(seen, this.#clock.now());
  }

  async #ask(call: HostCall): Promise<Refusal | null> {
    try {
      return await this.#tryCall(call);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return toUnavailable("the guard");
    }
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
