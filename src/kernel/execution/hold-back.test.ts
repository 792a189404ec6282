import { expect, it } from "vitest";
import { anOrder, NOW } from "../../../test/builders.ts";
import type { Refusal } from "../domain/refusal.ts";
import { holdBack, isHeldBack, toHeldBack } from "./hold-back.ts";
import { newLiveRun, toRecord } from "./live-run.ts";

const HOUR_MS = 3_600_000;
const PAUSED: Refusal = { reason: "paused", payer: "tenant" };
const SPENT: Refusal = {
  reason: "budget_exceeded",
  scope: "day",
  neededMicroUsd: 1,
  limitMicroUsd: 1,
  remainingMicroUsd: 0,
  resetsAt: NOW + 25 * HOUR_MS,
};

function aRun(expiresMs = 24 * HOUR_MS) {
  const live = newLiveRun(anOrder({ terms: { expiresMs, onTimeout: "deny" } }), "run_0_a", NOW);
  live.attempts = 2;
  return live;
}

/** When each try is made, until the run is given up. */
function tryAll(refusal: Refusal, expiresMs?: number): readonly number[] {
  const live = aRun(expiresMs);
  const tries: number[] = [];
  for (let now = NOW; ; now = live.wakeAt ?? now) {
    const held = toHeldBack(live, refusal, now);
    if (held === null) return tries;
    holdBack(live, held, now);
    expect(isHeldBack(toRecord(live))).toBe(true);
    tries.push((live.wakeAt ?? 0) - NOW);
    // It is taken up again.
    live.attempts += 1;
  }
}

it("is tried soon at first, then every half hour, for at least as long as the longest day and not for ever", () => {
  const tries = tryAll(PAUSED);
  expect(tries.slice(0, 3)).toEqual([5_000, 15_000, 35_000]);
  expect(tries.at(-1)).toBe(26 * HOUR_MS);
  expect(tries.length).toBeLessThan(70);
  const longest = tryAll(PAUSED, 365 * 24 * HOUR_MS);
  expect(longest.at(-1)).toBe(30 * 24 * HOUR_MS);
  expect(longest.length).toBeLessThan(1_500);
});

it("is tried at the very moment in which the budget starts again", () => {
  expect(tryAll(SPENT)).toContain(25 * HOUR_MS);
});

it("is tried when a service is tried again, and not before", () => {
  const until = NOW + 7 * 60_000;
  const live = aRun();
  const refusal: Refusal = { reason: "breaker_open", host: "a", why: "slow", until, retryAfterMs: 1 };
  const held = toHeldBack(live, refusal, NOW);
  if (held) holdBack(live, held, NOW);
  expect(live.wakeAt).toBe(until);
});

it.each<[string, Refusal]>([
  ["who was removed", { reason: "forbidden", action: "call x", rule: "removed", role: "member" }],
  ["a plan that has changed", { reason: "plan_drift", message: { en: "", ru: "" }, before: "a", now: "b" }],
  ["a request too dear for its own limit", { ...SPENT, scope: "request", resetsAt: null }],
])("does not wait for what does not pass: %s", (_, refusal) => {
  expect(toHeldBack(aRun(), refusal, NOW)).toBeNull();
});

it("does not wait where its caller is there to hear it", () => {
  expect(toHeldBack(Object.assign(aRun(), { attempts: 1 }), PAUSED, NOW)).toBeNull();
});
