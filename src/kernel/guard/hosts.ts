// The breakers of one tenant: who may call what now, and what becomes of them when calls are told.
import type { RefusalOf } from "../domain/refusal.ts";
import type { BreakerView, CallTally, OpenHost, HostCall } from "../ports/guard.ts";
import {
  afterCalls,
  type Breaker,
  type Caller,
  findClosedUntil,
  isForgettable,
  NEW_BREAKER,
  toBreakerView,
  withAsked,
  withProbe,
} from "./breaker.ts";
import { applyAll, type GuardChange, type GuardState } from "./state.ts";

/** A skill may name its services by a value: their number has an end. Of one more nothing is counted. */
const MOST_HOSTS = 500;

/** What happened to a breaker, for the record. */
export interface BreakerChange {
  readonly what: "opened" | "closed";
  readonly host: string;
  readonly why: OpenHost["why"];
  readonly at: number;
  /** When it is tried again. */
  readonly until: number;
}

export function toBreakerRefusal({ host, why, until }: OpenHost, now: number): RefusalOf<"breaker_open"> {
  return { reason: "breaker_open", host, why, until, retryAfterMs: Math.max(1, until - now) };
}

/** The first of these services that is left alone for this run. Nobody has tried one before he calls it. */
export function findBreakerRefusal(
  state: GuardState,
  asked: Caller & { readonly hosts: readonly string[] },
  now: number,
): RefusalOf<"breaker_open"> | null {
  for (const host of asked.hosts) {
    const breaker = state.breakers.get(host);
    const until = breaker ? findClosedUntil(breaker, asked, now) : null;
    if (until !== null && breaker?.opening)
      return toBreakerRefusal({ host, why: breaker.opening.why, until }, now);
  }
  return null;
}

/** Whoever was refused has asked: it is remembered who may not go first the next time. */
export function toAsked(state: GuardState, caller: Caller, host: string): GuardChange[] {
  const before = state.breakers.get(host);
  const breaker = before && withAsked(before, caller);
  return breaker === undefined || breaker === before ? [] : [{ change: "calls", host, breaker }];
}

/** A run under way is about to call a service whose time is over, or of which it knows nothing new. Null: it does, and tries it. */
export function decideCall(
  state: GuardState,
  asked: HostCall,
  now: number,
): { readonly answer: RefusalOf<"breaker_open"> | null; readonly changes: GuardChange[] } {
  const { host } = asked;
  const refusal = findBreakerRefusal(state, { ...asked, hosts: [host] }, now);
  if (refusal) return { answer: refusal, changes: applyAll(state, toAsked(state, asked, host)) };
  const before = state.breakers.get(host);
  const breaker = before && withProbe(before, asked, now);
  if (breaker === undefined || breaker === before) return { answer: null, changes: [] };
  return { answer: null, changes: applyAll(state, [{ change: "calls", host, breaker }]) };
}

/** Until when each is; one whose time is over is to be asked for before it is called. */
export function listOpenHosts(state: GuardState, caller: Caller, now: number): readonly OpenHost[] {
  return [...state.breakers].flatMap(([host, breaker]) => {
    if (breaker.opening === null) return [];
    const { why } = breaker.opening;
    return [{ host, why, until: findClosedUntil(breaker, caller, now) ?? now }];
  });
}

/** The change and what it means, for each service that was called. */
export function decideCalls(
  state: GuardState,
  tally: CallTally,
  now: number,
): { readonly changes: GuardChange[]; readonly news: BreakerChange | null } {
  const { host } = tally;
  const before = state.breakers.get(host) ?? NEW_BREAKER;
  const forgotten = state.breakers.size < MOST_HOSTS ? [] : listForgettable(state, now);
  if (!state.breakers.has(host) && state.breakers.size - forgotten.length >= MOST_HOSTS)
    return { changes: forgotten, news: null };
  const breaker = afterCalls(before, tally, now);
  const news = toBreakerChange(host, { before, after: breaker }, now);
  const change = news === null ? "calls" : "breaker";
  return { changes: [...forgotten, { change, host, breaker }], news };
}

function listForgettable(state: GuardState, now: number): GuardChange[] {
  return [...state.breakers].flatMap(([host, breaker]): GuardChange[] =>
    isForgettable(breaker, now) ? [{ change: "calls", host, breaker: null }] : [],
  );
}

function toBreakerChange(
  host: string,
  { before, after }: { readonly before: Breaker; readonly after: Breaker },
  now: number,
): BreakerChange | null {
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
