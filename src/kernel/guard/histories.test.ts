// Any history of admissions, extensions, settlements, pauses, time, crashes and repeated calls: money is never promised twice,
// by nobody's budget, and each hold ends once.
import fc from "fast-check";
import { expect, it } from "vitest";
import { NOW, someLimits } from "../../../test/builders.ts";
import type { Admission, Payer } from "../ports/guard.ts";
import type { GuardDecision } from "./admission.ts";
import { decideAdmission, decideChange, decideExtension, decideRenewal } from "./admission.ts";
import { type Breaker, type Caller, findClosedUntil, type Opening } from "./breaker.ts";
import { decideCall } from "./hosts.ts";
import { decideOrder } from "./orders.ts";
import { type Account, applyChange, type GuardState, isDurable, newGuardState } from "./state.ts";
import { decideSettlements } from "./settlement.ts";

const HOLD_MS = 15 * 60_000;
const PROBE_MS = 30_000;
const limits = someLimits({ perRequestMicroUsd: 400, dailyMicroUsd: 1_000, monthlyMicroUsd: 1_500 });
const CAPS = {
  "user:anna": { dailyMicroUsd: 600, concurrent: 2 },
  "skill:a/b": { monthlyMicroUsd: 900 },
  "key:one": { perRequestMicroUsd: 300, dailyMicroUsd: 700 },
  "key:two": { dailyMicroUsd: 400, concurrent: 1 },
} as const;

/** The longest that a service is left alone. */
const LONGEST_OPEN_MS = 10 * 60_000;
const HOSTS = ["a.example", "b.example"] as const;

const run = fc.nat(5);
const amount = fc.nat(500);
const again = fc.boolean();
const event = fc.oneof(
  {
    weight: 4,
    // Planned anew under the id of before, it may cost more by now, and somebody else may pay.
    arbitrary: fc.record({ what: fc.constant("admit" as const), run, amount, again, by: fc.nat(2) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("extend" as const), run, amount, again }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant("settle" as const), run, amount, again, ended: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("call" as const),
      host: fc.constantFrom(...HOSTS),
      calls: fc.nat(40),
      failed: fc.nat(40),
      slow: fc.nat(40),
      /** How long ago the youngest was begun. */
      ago: fc.constantFrom(0, 1, 30_000, 3_600_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("try" as const), run, host: fc.constantFrom(...HOSTS) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("renew" as const), run }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant("reset" as const), host: fc.constantFrom(...HOSTS) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("crash" as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("pause" as const), isPaused: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("pass" as const),
      // The clock of another machine may be behind.
      ms: fc.constantFrom(1, 31_000, HOLD_MS, 3_600_000, 86_400_000, 31 * 86_400_000, -3_600_000),
    }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** Whose runs these are: every mixture of payers is among them. */
const payersOf = (n: number): readonly Payer[] => [
  "tenant",
  n % 2 === 0 ? "user:anna" : "user:boris",
  n % 3 === 0 ? "skill:a/b" : "skill:c/d",
  ...(n > 3 ? (["key:one"] as const) : []),
  // Made with the one before: both pay.
  ...(n > 4 ? (["key:two"] as const) : []),
];

const userOf = (n: number): string => (n % 2 === 0 ? "anna" : "boris");

/** What an accountant would write down beside the guard, and a disk that holds what was made durable. */
class Books {
  now = NOW;
  state = newGuardState(limits, NOW);
  readonly disk = newGuardState(limits, NOW);
  /** Booked in the day and the month that run, by payer; and whether any of it came in after its hold had ended. */
  readonly spent = new Map<Payer, { day: number; month: number }>();
  isLate = false;
  isCrowded = false;
  mistake: string | null = null;

  constructor() {
    const spent = { spentDayMicroUsd: 0, spentMonthMicroUsd: 0 };
    for (const [payer, change] of Object.entries(CAPS))
      this.keep(decideOrder(this.state, { order: "caps", payer: payer as Payer, change, spent }, NOW));
  }

  keep<T>({ answer, changes }: GuardDecision<T>): T {
    for (const change of changes.filter(isDurable)) applyChange(this.disk, change);
    return answer;
  }

  apply(step: Event): void {
    if (step.what === "pass") return this.pass(step.ms);
    if (step.what === "crash") {
      this.state = structuredClone(this.disk);
      return;
    }
    if (step.what === "call") return this.call(step);
    if (step.what === "try") return this.tryCall(step);
    if (step.what === "renew") return this.renew(`run_0_${step.run}`);
    if (step.what === "reset") {
      this.keep(decideOrder(this.state, { order: "reset_breaker", host: step.host }, this.now));
      return;
    }
    if (step.what === "pause") {
      this.keep(decideChange(this.state, { change: "pause", payer: "skill:c/d", isPaused: step.isPaused }));
      return;
    }
    // An answer that was lost is asked for again.
    for (let n = 0; n < (step.again ? 2 : 1); n += 1) this.ask(step);
  }

  ask(step: Extract<Event, { again: boolean }>): void {
    const runId = `run_0_${step.run}`;
    const payers = step.what === "admit" ? payersOf(step.run + step.by) : this.payersNow(step.run);
    const wish = { runId, payers, deadline: this.now + HOLD_MS };
    if (step.what === "admit") this.admit(step, wish);
    else if (step.what === "extend") {
      // It is worked on, whatever became of its hold, and others may have been admitted in its place.
      if (this.state.holds.get(wish.runId)?.expired !== false) this.isCrowded = true;
      this.keep(decideExtension(this.state, { ...wish, neededMicroUsd: step.amount }, this.now));
    } else this.settle(wish.runId, step);
  }

  admit(
    step: Extract<Event, { what: "admit" }>,
    wish: Pick<Admission, "runId" | "payers" | "deadline">,
  ): void {
    const asked = {
      ...wish,
      catalogueVersion: 0,
      upperMicroUsd: step.amount,
      windows: ["user:x"],
      hosts: step.run % 2 === 0 ? HOSTS : [],
      skill: "a/b",
      user: userOf(step.run),
    };
    const closed = asked.hosts.some((host) => this.isClosed(host, asked));
    const isKnown = this.state.holds.get(asked.runId)?.expired === false;
    const answer = this.keep(decideAdmission(this.state, asked, this.now));
    if (!("admitted" in answer && answer.admitted)) return;
    if (closed && !isKnown)
      this.mistake = `let through to a service that is left alone: ${JSON.stringify(asked)}`;
    if (answer.isHeld) this.mistake ??= findSmallHold(this.state, asked);
  }

  payersNow(n: number): readonly Payer[] {
    return this.state.holds.get(`run_0_${n}`)?.payers ?? payersOf(n);
  }

  isClosed(host: string, caller: Caller): boolean {
    const breaker = this.state.breakers.get(host);
    return breaker !== undefined && findClosedUntil(breaker, caller, this.now) !== null;
  }

  /** A run is about to call: one at a time tries it, and whoever tried it last lets others go first who have asked since. */
  tryCall({ run: n, host }: Extract<Event, { what: "try" }>): void {
    const caller = { runId: `run_0_${n}`, user: userOf(n) };
    const opening = this.state.breakers.get(host)?.opening;
    const { answer } = decideCall(this.state, { ...caller, host }, this.now);
    if (!opening) {
      if (answer !== null) this.mistake = `${host} is in use and was refused`;
      return;
    }
    const after = this.state.breakers.get(host)?.opening ?? null;
    this.mistake ??= answer === null ? findWrongTry({ opening, after, caller }, this.now) : null;
    if (answer !== null && isOfAnother(opening, caller) && after?.isAsked !== true)
      this.mistake = "refused, and nobody knows that he has asked";
  }

  /** Its runner slept for a while: what others were given meanwhile is not held twice. */
  renew(runId: string): void {
    const { now } = this;
    this.rollTo(now);
    const before = this.state.holds.get(runId);
    const lost = this.keep(decideRenewal(this.state, [runId], now));
    const after = this.state.holds.get(runId);
    if (before?.expired === true && after?.expired === false) this.isCrowded = true;
    if (lost.length > 0 && after?.expired !== true) this.mistake = `${runId} lost what it holds`;
  }

  call({ host, calls, failed, slow, ago }: Extract<Event, { what: "call" }>): void {
    const before = this.state.breakers.get(host);
    const tally = { host, calls, failed: Math.min(calls, failed), slow: Math.min(calls, slow) };
    const told = { settlements: [], calls: [{ ...tally, lastAt: this.now - ago }] };
    this.rollTo(this.now);
    const news = this.keep(decideSettlements(this.state, told, this.now));
    const after = this.state.breakers.get(host);
    if (isChanged(before, after) !== news.length > 0)
      this.mistake = `an opening without its news: ${JSON.stringify([before, after, news])}`;
  }

  settle(runId: string, { amount: wanted, ended }: { amount: number; ended: boolean }): void {
    const hold = this.state.holds.get(runId);
    const settled = hold?.settledMicroUsd ?? 0;
    // A run spends what it holds at most; the door asks before it spends more.
    const spentMicroUsd = Math.min(wanted, settled + (hold?.microUsd ?? 0));
    this.rollTo(this.now);
    if (hold)
      this.book(hold.payers, Math.max(0, spentMicroUsd - settled), this.state.holds.get(runId)?.expired);
    this.keep(
      decideSettlements(this.state, { settlements: [{ runId, spentMicroUsd, ended }], calls: [] }, this.now),
    );
  }

  book(payers: readonly Payer[], newly: number, isLate = false): void {
    if (newly > 0 && isLate) this.isLate = true;
    for (const payer of payers) {
      const { day, month } = this.spent.get(payer) ?? { day: 0, month: 0 };
      this.spent.set(payer, { day: day + newly, month: month + newly });
    }
  }

  pass(ms: number): void {
    this.now += ms;
    this.rollTo(this.now);
  }

  /** Periods end before anything else of the same moment happens. */
  rollTo(now: number): void {
    const [day, month] = [this.state.dayEndsAt, this.state.monthEndsAt];
    this.keep(decideSettlements(this.state, { settlements: [], calls: [] }, now));
    for (const spent of this.spent.values()) {
      if (this.state.dayEndsAt !== day) spent.day = 0;
      if (this.state.monthEndsAt !== month) spent.month = 0;
    }
    if (this.state.monthEndsAt !== month) this.isLate = false;
  }

  findWrongBreaker(): string | null {
    for (const [host, breaker] of this.state.breakers) {
      const until = findClosedUntil(breaker, null, this.now);
      // Whatever the clock did: nothing is left alone for longer than the longest time, nor before it was.
      if (until !== null && until - this.now > LONGEST_OPEN_MS) return `${host} is closed until ${until}`;
      if (isChanged(this.disk.breakers.get(host), breaker)) return `${host} is not on the disk as it is`;
    }
    return null;
  }

  findWrongAccount(payer: Payer, account: Account): string | null {
    const holds = [...this.state.holds.values()].filter(
      (hold) => !hold.expired && hold.payers.includes(payer),
    );
    const held = holds.reduce((sum, { microUsd }) => sum + microUsd, 0);
    const { day, month } = this.spent.get(payer) ?? { day: 0, month: 0 };
    const { daily, monthly, concurrent } = toCaps(this.state, payer);
    const facts = `${payer}: ${JSON.stringify(account)}, held ${held}, booked ${day} and ${month}`;
    if (account.heldMicroUsd !== held || account.running !== holds.length) return `holds of ${facts}`;
    if (account.spentDayMicroUsd !== day || account.spentMonthMicroUsd !== month)
      return `spending of ${facts}`;
    const isOver = day + held > daily || month + held > monthly;
    if (!this.isCrowded && account.running > concurrent) return `too many of ${facts}`;
    if (!this.isLate && isOver) return `beyond the limit of ${facts}`;
    return null;
  }

  /** What is wrong, or null. */
  findMistake(): string | null {
    if (this.mistake !== null) return this.mistake;
    const wrong = this.findWrongBreaker();
    if (wrong !== null) return wrong;
    for (const [payer, account] of this.state.accounts) {
      const mistake = this.findWrongAccount(payer, account);
      if (mistake !== null) return mistake;
    }
    return null;
  }
}

/** It goes on to spend as much as it was let in with. */
function findSmallHold(
  { holds }: GuardState,
  { runId, upperMicroUsd, payers }: Pick<Admission, "runId" | "upperMicroUsd" | "payers">,
): string | null {
  const hold = holds.get(runId);
  const held = (hold?.microUsd ?? 0) + (hold?.settledMicroUsd ?? 0);
  const isOf = payers.every((payer) => hold?.payers.includes(payer));
  return held >= upperMicroUsd && isOf ? null : `${runId} was let in with ${upperMicroUsd} and holds ${held}`;
}

function isOfAnother({ lastBy }: Opening, { user }: Caller): boolean {
  return lastBy !== null && lastBy !== user;
}

function findWrongTry(
  { opening, after, caller }: { opening: Opening; after: Opening | null; caller: Caller },
  now: number,
): string | null {
  if (after?.probe?.runId !== caller.runId) return "a try that nobody knows of";
  const isWrong = isOutOfTurn(opening, caller, now);
  return isWrong ? `tried out of turn: ${JSON.stringify({ caller, opening })}` : null;
}

function isOutOfTurn({ probe, until, lastBy, isAsked, at }: Opening, caller: Caller, now: number): boolean {
  if (now < until && now >= at) return true;
  if (probe?.runId === caller.runId) return false;
  const triedUntil = probe === null ? until : probe.at + PROBE_MS;
  if (probe !== null && now >= probe.at && now < triedUntil) return true;
  const from = Math.max(until, triedUntil);
  return lastBy === caller.user && isAsked && now >= from && now < from + PROBE_MS;
}

function isChanged(before: Breaker | undefined, after: Breaker | undefined): boolean {
  return (before?.opening?.at ?? null) !== (after?.opening?.at ?? null);
}

function toCaps(state: GuardState, payer: Payer) {
  const caps = payer === "tenant" ? { ...state.limits, concurrent: null } : state.caps.get(payer);
  return {
    daily: caps?.dailyMicroUsd ?? Infinity,
    monthly: caps?.monthlyMicroUsd ?? Infinity,
    concurrent: caps?.concurrent ?? Infinity,
  };
}

it("keeps spent and held within the limits of every payer, and books each run's money once", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (steps) => {
      const books = new Books();
      for (const step of steps) {
        books.apply(step);
        expect(books.findMistake()).toBeNull();
      }
    }),
    { numRuns: Number(process.env["HISTORIES"] ?? 1_000) },
  );
}, 180_000);
