// The breakers of one tenant: who may call what now, and what becomes of them when calls are told.
import type { RefusalOf } from "../domain/refusal.ts";
import type { BreakerView, CallTally, ClosedOff } from "../ports/guard.ts";
import {
  afterCalls,
  type Breaker,
  findClosedUntil,
  isForgettable,
  NEW_BREAKER,
  toBreakerView,
  withProbe,
} from "./breaker.ts";
import type { GuardChange, GuardState } from "./state.ts";

/** A skill may name its services by a value: their number has an end. Of one more nothing is counted. */
const MOST_HOSTS = 500;

/** What happened to a breaker, for the record. */
export interface BreakerNotice {
  readonly what: "opened" | "closed";
  readonly host: string;
  readonly why: ClosedOff["why"];
  readonly at: number;
  /** When it is tried again. */
  readonly until: number;
}

export function toBreakerRefusal({ host, why, until }: ClosedOff, now: number): RefusalOf<"breaker_open"> {
  return { reason: "breaker_open", host, why, until, retryAfterMs: Math.max(1, until - now) };
}

/** The first of these services that is closed off for this run. */
export function findBreakerRefusal(
  state: GuardState,
  asked: { readonly hosts: readonly string[]; readonly runId: string },
  now: number,
): RefusalOf<"breaker_open"> | null {
  for (const host of asked.hosts) {
    const breaker = state.breakers.get(host);
    const until = breaker ? findClosedUntil(breaker, asked.runId, now) : null;
    if (until !== null && breaker?.opening)
      return toBreakerRefusal({ host, why: breaker.opening.why, until }, now);
  }
  return null;
}

/** A run that is admitted while one of its services is to be tried tries it. */
export function toProbes(
  state: GuardState,
  asked: { readonly hosts: readonly string[]; readonly runId: string },
  now: number,
): GuardChange[] {
  return asked.hosts.flatMap((host): GuardChange[] => {
    const breaker = state.breakers.get(host);
    if (!breaker?.opening || breaker.opening.probe?.runId === asked.runId) return [];
    return [{ change: "calls", host, breaker: withProbe(breaker, asked.runId, now) }];
  });
}

export function listClosedOff(state: GuardState, runId: string, now: number): readonly ClosedOff[] {
  return [...state.breakers].flatMap(([host, breaker]) => {
    const until = findClosedUntil(breaker, runId, now);
    return until === null || breaker.opening === null ? [] : [{ host, why: breaker.opening.why, until }];
  });
}

/** The change and what it means, for each service that was called. */
export function decideCalls(
  state: GuardState,
  tally: CallTally,
  now: number,
): { readonly changes: GuardChange[]; readonly notice: BreakerNotice | null } {
  const { host } = tally;
  const before = state.breakers.get(host) ?? NEW_BREAKER;
  const forgotten = state.breakers.size < MOST_HOSTS ? [] : listForgettable(state, now);
  if (!state.breakers.has(host) && state.breakers.size - forgotten.length >= MOST_HOSTS)
    return { changes: forgotten, notice: null };
  const breaker = afterCalls(before, tally, now);
  const notice = toNotice(host, { before, after: breaker }, now);
  const change = notice === null ? "calls" : "breaker";
  return { changes: [...forgotten, { change, host, breaker }], notice };
}

function listForgettable(state: GuardState, now: number): GuardChange[] {
  return [...state.breakers].flatMap(([host, breaker]): GuardChange[] =>
    isForgettable(breaker, now) ? [{ change: "calls", host, breaker: null }] : [],
  );
}

function toNotice(
  host: string,
  { before, after }: { readonly before: Breaker; readonly after: Breaker },
  now: number,
): BreakerNotice | null {
  const { opening } = after;
  if (opening !== null && opening.at !== before.opening?.at)
    return { what: "opened", host, why: opening.why, at: now, until: opening.until };
  if (opening === null && before.opening !== null)
    return { what: "closed", host, why: before.opening.why, at: now, until: now };
  return null;
}

export function toBreakerViews(state: GuardState, now: number): readonly BreakerView[] {
  return [...state.breakers].map(([host, breaker]) => toBreakerView(host, breaker, now));
}
