import { describe, expect, it } from "vitest";
import { NOW } from "../../../test/builders.ts";
import type { CallTally } from "../ports/guard.ts";
import {
  afterCalls,
  type Breaker,
  findClosedUntil,
  NEW_BREAKER,
  toBreakerView,
  withAsked,
  withProbe,
} from "./breaker.ts";

const ANNA = { runId: "run_0_a", user: "anna" };
const BORIS = { runId: "run_0_b", user: "boris" };
const HOUR_MS = 3_600_000;

function someCalls(changes: Partial<CallTally> = {}): CallTally {
  return { host: "a.example", calls: 20, failed: 0, slow: 0, lastAt: NOW, ...changes };
}

const broken = (now = NOW): Breaker => afterCalls(NEW_BREAKER, someCalls({ failed: 10, lastAt: now }), now);

describe("a service", () => {
  it.each([
    ["fails in half of 20 calls", { failed: 10 }, "open"],
    ["fails in less than half", { failed: 9 }, "closed"],
    ["fails in all of 19", { calls: 19, failed: 19 }, "closed"],
    ["is slow in four of five", { slow: 16 }, "open"],
    ["is slow in less", { slow: 15 }, "closed"],
  ])("that %s is then %o", (_, calls, state) => {
    const breaker = afterCalls(NEW_BREAKER, someCalls(calls), NOW);
    expect(toBreakerView("a.example", breaker, NOW).state).toBe(state);
  });

  it("is judged by the last minute only", () => {
    const early = afterCalls(NEW_BREAKER, someCalls({ calls: 10, failed: 10 }), NOW);
    const late = afterCalls(early, someCalls({ calls: 10, failed: 10 }), NOW + 70_000);
    expect(late.opening).toBeNull();
    expect(afterCalls(early, someCalls({ calls: 10, failed: 10 }), NOW + 40_000).opening).not.toBeNull();
  });

  it("is left alone for half a minute, tried by one run, and in use again when that goes well", () => {
    const until = NOW + 30_000;
    expect(findClosedUntil(broken(), ANNA, NOW + 29_999)).toBe(until);
    expect(findClosedUntil(broken(), ANNA, until)).toBeNull();
    const tried = withProbe(broken(), ANNA, until);
    expect(findClosedUntil(tried, ANNA, until + 1)).toBeNull();
    expect(findClosedUntil(tried, BORIS, until + 1)).toBe(until + 30_000);
    // It said nothing for so long: the next one tries.
    expect(findClosedUntil(tried, BORIS, until + 30_000)).toBeNull();
    const well = afterCalls(tried, someCalls({ calls: 1, lastAt: until + 5 }), until + 10);
    expect(toBreakerView("a.example", well, until + 10)).toMatchObject({ state: "closed", calls: 0 });
  });

  it("is not tried by the same user twice in a row while another asks, and by him again when nobody else comes", () => {
    const until = NOW + 30_000;
    const again = { runId: "run_0_c", user: "anna" };
    const lapsed = until + 30_000;
    const tried = withProbe(broken(), ANNA, until);
    // Nobody else has asked.
    expect(findClosedUntil(tried, again, lapsed)).toBeNull();
    const asked = withAsked(tried, BORIS);
    expect(findClosedUntil(asked, again, lapsed)).toBe(lapsed + 30_000);
    expect(findClosedUntil(asked, BORIS, lapsed)).toBeNull();
    expect(findClosedUntil(asked, again, lapsed + 30_000)).toBeNull();
    // It is remembered when it is left alone once more, and one who only asks himself is nobody else.
    const failed = afterCalls(asked, someCalls({ calls: 1, failed: 1, lastAt: until + 5 }), until + 10);
    const next = failed.opening?.until ?? 0;
    expect(findClosedUntil(withAsked(failed, again), again, next)).toBeNull();
    expect(findClosedUntil(withAsked(failed, BORIS), again, next)).toBe(next + 30_000);
  });

  it("is left alone twice as long each time that the try fails, ten minutes at most", () => {
    let [breaker, now] = [broken(), NOW];
    const lengths: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      const until = findClosedUntil(breaker, null, now) ?? now;
      lengths.push((until - now) / 1000);
      now = until;
      breaker = afterCalls(breaker, someCalls({ calls: 1, failed: 1, lastAt: now }), now);
    }
    expect(lengths).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  it("takes no notice of calls that were begun before it was left alone", () => {
    const late = afterCalls(broken(), someCalls({ lastAt: NOW - 5 }), NOW + 31_000);
    expect(late).toEqual(broken());
  });
});

describe("a clock that is an hour off", () => {
  it("goes back behind the closing: it may be tried at once, and no later than it would have been", () => {
    expect(findClosedUntil(broken(), ANNA, NOW - HOUR_MS)).toBeNull();
    expect(toBreakerView("a.example", broken(), NOW - HOUR_MS).state).toBe("half_open");
    const tried = withProbe(broken(), ANNA, NOW - HOUR_MS);
    const well = afterCalls(tried, someCalls({ calls: 1, lastAt: NOW - HOUR_MS }), NOW - HOUR_MS + 5);
    expect(well.opening).toBeNull();
  });

  it("goes forward: its time is over, and what was counted is too", () => {
    expect(findClosedUntil(broken(), ANNA, NOW + HOUR_MS)).toBeNull();
    const counted = afterCalls(NEW_BREAKER, someCalls({ calls: 19, failed: 19 }), NOW + HOUR_MS);
    // What was counted in an hour that has not come yet counts for nothing.
    expect(afterCalls(counted, someCalls({ calls: 1, failed: 1 }), NOW).opening).toBeNull();
  });
});
