import { describe, expect, it } from "vitest";
import { NOW, someLimits } from "../../../test/builders.ts";
import type { Admission } from "../ports/guard.ts";
import { decideAdmission } from "./admission.ts";
import { decideOrder } from "./orders.ts";
import { newGuardState } from "./state.ts";

const HOUR_MS = 3_600_000;
let made = 0;

function ask(changes: Partial<Admission> = {}): Admission {
  made += 1;
  return {
    runId: `run_0_${made}`,
    catalogueVersion: 0,
    user: "anna",
    upperMicroUsd: 0,
    windows: ["user:anna", "user:anna:skill:a/b"],
    hosts: [],
    payers: ["tenant", "user:anna", "skill:a/b"],
    skill: "a/b",
    deadline: NOW + 1,
    ...changes,
  };
}

const none = { spentDayMicroUsd: 0, spentMonthMicroUsd: 0 };

it("counts a run once: one that goes on after it waited is in no window again, nobody's own either", () => {
  const state = newGuardState(someLimits({ requests: 1 }), NOW);
  const rate = { requests: 1, windowMs: HOUR_MS, burst: 0 };
  decideOrder(state, { order: "caps", payer: "user:anna", change: { rate }, spent: none }, NOW);
  expect(decideAdmission(state, ask(), NOW).answer).toMatchObject({ admitted: true });
  expect(decideAdmission(state, ask({ isAgain: true }), NOW).answer).toMatchObject({ admitted: true });
  expect(decideAdmission(state, ask(), NOW).answer).toMatchObject({ admitted: false });
});

describe("the windows of an answer", () => {
  it("stand with the tightest first, each with what is left and when there is room for more", () => {
    const state = newGuardState(someLimits({ requests: 10 }), NOW);
    const rate = { requests: 2, windowMs: HOUR_MS, burst: 0 };
    decideOrder(state, { order: "caps", payer: "tenant", change: { rate }, spent: none }, NOW);
    expect(decideAdmission(state, ask(), NOW).answer).toMatchObject({
      rates: [
        { name: "tenant", quota: 2, remaining: 1, resetMs: HOUR_MS },
        { name: "user", quota: 10, remaining: 9, resetMs: 60_000 },
        { name: "user-skill", quota: 10, remaining: 9, resetMs: 60_000 },
      ],
    });
    decideAdmission(state, ask(), NOW + 1_000);
    const { answer } = decideAdmission(state, ask(), NOW + 2_000);
    expect(answer).toMatchObject({
      refusal: { reason: "rate_limited", limit: 2, retryAfterMs: HOUR_MS - 2_000 },
      rates: [{ name: "tenant", remaining: 0, resetMs: HOUR_MS - 2_000 }, {}, {}],
    });
  });

  it("name the key, and apart from it those that it comes from", () => {
    const state = newGuardState(someLimits(), NOW);
    for (const [payer, requests] of [
      ["key:old", 2],
      ["key:new", 1],
    ] as const) {
      const rate = { requests, windowMs: HOUR_MS, burst: 0 };
      decideOrder(state, { order: "caps", payer, change: { rate }, spent: none }, NOW);
    }
    const of = (...payers: Admission["payers"]) => ask({ windows: [], payers: ["tenant", ...payers] });
    expect(decideAdmission(state, of("key:new", "key:old"), NOW).answer).toMatchObject({
      rates: [
        { name: "key", remaining: 0 },
        { name: "key:old", remaining: 1 },
      ],
    });
    expect(decideAdmission(state, of("key:other", "key:old"), NOW).answer).toMatchObject({ admitted: true });
    expect(decideAdmission(state, of("key:old"), NOW).answer).toMatchObject({ admitted: false });
  });

  it("name the skill, and apart from it those that it calls", () => {
    const state = newGuardState(someLimits(), NOW);
    const rate = { requests: 2, windowMs: HOUR_MS, burst: 0 };
    for (const payer of ["skill:a/outer", "skill:a/inner"] as const)
      decideOrder(state, { order: "caps", payer, change: { rate }, spent: none }, NOW);
    const of = (...payers: Admission["payers"]) => ask({ windows: [], payers: ["tenant", ...payers] });
    decideAdmission(state, of("skill:a/inner"), NOW);
    expect(decideAdmission(state, of("skill:a/outer", "skill:a/inner"), NOW).answer).toMatchObject({
      rates: [
        { name: "skill:a/inner", remaining: 0 },
        { name: "skill", remaining: 1 },
      ],
    });
  });

  it("are none where nothing was counted", () => {
    const state = newGuardState(someLimits(), NOW);
    expect(decideAdmission(state, ask({ windows: [] }), NOW).answer).toMatchObject({ rates: [] });
    const dear = ask({ upperMicroUsd: 1e9 });
    expect(decideAdmission(state, dear, NOW).answer).toMatchObject({ admitted: false, rates: [] });
  });
});

it("a clock that goes back an hour frees nobody, and keeps nobody out for more than a window", () => {
  const state = newGuardState(someLimits({ requests: 2 }), NOW);
  decideAdmission(state, ask(), NOW);
  decideAdmission(state, ask(), NOW);
  const back = NOW - HOUR_MS;
  expect(decideAdmission(state, ask(), back).answer).toMatchObject({
    refusal: { reason: "rate_limited", retryAfterMs: 60_000 },
  });
  expect(decideAdmission(state, ask(), back + 60_000).answer).toMatchObject({ admitted: true });
});

it("a clock that jumps an hour ahead opens the windows, as an hour does", () => {
  const state = newGuardState(someLimits({ requests: 1 }), NOW);
  decideAdmission(state, ask(), NOW);
  expect(decideAdmission(state, ask(), NOW + 1).answer).toMatchObject({ admitted: false });
  expect(decideAdmission(state, ask(), NOW + HOUR_MS).answer).toMatchObject({ admitted: true });
});
