import { describe, expect, it } from "vitest";
import { NOW, someLimits } from "../../../test/builders.ts";
import type { Admission, Payer, Settlement } from "../ports/guard.ts";
import { decideAdmission, decideChange, decideExtension, decideRenewal } from "./admission.ts";
import { toBudgetView, toStanding } from "./budget.ts";
import { decideOrder } from "./orders.ts";
import { newGuardState, tenantAccount } from "./state.ts";
import { decideSettlements } from "./settlement.ts";

const DEADLINE = NOW + 900_000;

function anAdmission(changes: Partial<Admission> = {}): Admission {
  return {
    runId: "run_0_a",
    catalogueVersion: 0,
    user: "anna",
    upperMicroUsd: 100,
    windows: [],
    hosts: [],
    payers: ["tenant"],
    skill: "a/b",
    deadline: DEADLINE,
    ...changes,
  };
}

describe("an admission", () => {
  it.each([
    ["request", { perRequestMicroUsd: 99 }],
    ["day", { dailyMicroUsd: 99 }],
    ["month", { monthlyMicroUsd: 99 }],
  ])("is refused at the limit of one %s, with the facts", (scope, limit) => {
    const state = newGuardState(someLimits(limit), NOW);
    const { answer, changes } = decideAdmission(state, anAdmission(), NOW);
    expect(answer).toMatchObject({
      admitted: false,
      refusal: { reason: "budget_exceeded", scope, neededMicroUsd: 100, limitMicroUsd: 99 },
    });
    expect(changes).toEqual([]);
    expect(tenantAccount(state).heldMicroUsd).toBe(0);
  });

  it("of a run that was admitted before holds nothing more", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission(), NOW);
    expect(decideAdmission(state, anAdmission(), NOW)).toMatchObject({
      answer: { admitted: true },
      changes: [],
    });
    expect(tenantAccount(state).heldMicroUsd).toBe(100);
  });

  it.each([
    [{ dailyMicroUsd: 160 }, { admitted: true, held: 160 }],
    [{ dailyMicroUsd: 159 }, { admitted: false, held: 0 }],
    [{ perRequestMicroUsd: 159 }, { admitted: false, held: 0 }],
  ])(
    "of a run that was admitted before and costs more by now, within %j: %j",
    (limits, { admitted, held }) => {
      const state = newGuardState(someLimits(limits), NOW);
      decideAdmission(state, anAdmission(), NOW);
      const { answer } = decideAdmission(state, anAdmission({ upperMicroUsd: 160 }), NOW);
      expect(answer).toMatchObject({ admitted });
      expect(tenantAccount(state).heldMicroUsd).toBe(held);
    },
  );

  it("of a run that somebody else pays for by now is weighed by his budget too", () => {
    const spent = { spentDayMicroUsd: 0, spentMonthMicroUsd: 0 };
    const state = newGuardState(someLimits(), NOW);
    for (const payer of ["key:old", "key:new"] as const)
      decideOrder(state, { order: "caps", payer, change: { dailyMicroUsd: 120, concurrent: 1 }, spent }, NOW);
    const of = (payer: Payer, runId = "run_0_a") => anAdmission({ runId, payers: ["tenant", payer] });
    const running = (payer: Payer) => state.accounts.get(payer)?.running;
    decideAdmission(state, of("key:old"), NOW);
    expect(decideAdmission(state, of("key:new"), NOW).answer).toMatchObject({ admitted: true });
    expect([running("key:old"), running("key:new")]).toEqual([0, 1]);
    decideAdmission(state, of("key:old", "run_0_b"), NOW);
    expect(decideAdmission(state, of("key:old"), NOW).answer).toMatchObject({
      refusal: { reason: "too_many_running", payer: "key:old" },
    });
    expect([running("key:old"), running("key:new")]).toEqual([1, 0]);
  });

  it("counts nothing when it is refused or stale", () => {
    const state = newGuardState(someLimits({ requests: 1 }), NOW);
    const free = { upperMicroUsd: 0, windows: ["user:anna"] };
    state.registryVersion = 3;
    expect(decideAdmission(state, anAdmission({ ...free, catalogueVersion: 2 }), NOW).answer).toEqual({
      stale: 3,
    });
    const current = { ...free, catalogueVersion: 3 };
    expect(decideAdmission(state, anAdmission({ ...current, upperMicroUsd: 1e9 }), NOW).answer).toMatchObject(
      {
        admitted: false,
      },
    );
    expect(decideAdmission(state, anAdmission(current), NOW).answer).toMatchObject({ admitted: true });
    expect(decideAdmission(state, anAdmission(current), NOW).answer).toMatchObject({
      refusal: { reason: "rate_limited", limit: 1, retryAfterMs: 60_000 },
    });
  });

  it("frees a window when its oldest request leaves it", () => {
    const state = newGuardState(someLimits({ requests: 2, burst: 1, windowMs: 1_000 }), NOW);
    const at = (now: number) =>
      decideAdmission(state, anAdmission({ upperMicroUsd: 0, windows: ["user:anna"] }), now).answer;
    for (const ms of [0, 100, 200]) expect(at(NOW + ms)).toMatchObject({ admitted: true });
    expect(at(NOW + 300)).toMatchObject({ refusal: { retryAfterMs: 700 } });
    expect(at(NOW + 1_000)).toMatchObject({ admitted: true });
    expect(at(NOW + 1_001)).toMatchObject({ admitted: false });
  });
});

describe("a hold", () => {
  it("ends at its deadline, and its late settlement is booked once", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission(), NOW);
    const settlement = { runId: "run_0_a", spentMicroUsd: 60, ended: true };
    decideSettlements(state, { settlements: [], calls: [] }, DEADLINE);
    expect(tenantAccount(state).heldMicroUsd).toBe(0);
    decideSettlements(state, { settlements: [settlement], calls: [] }, DEADLINE + 1);
    decideSettlements(state, { settlements: [settlement], calls: [] }, DEADLINE + 2);
    expect(toBudgetView(state, NOW)).toMatchObject({ spentDayMicroUsd: 60, heldMicroUsd: 0 });
  });

  it("that is renewed keeps the money of its run from others until that has ended", () => {
    const state = newGuardState(someLimits({ dailyMicroUsd: 100 }), NOW);
    decideAdmission(state, anAdmission(), NOW);
    const other = (now: number) => decideAdmission(state, anAdmission({ runId: "run_0_b" }), now).answer;
    decideRenewal(state, ["run_0_a", "run_0_gone"], NOW + 600_000);
    expect(other(DEADLINE)).toMatchObject({ admitted: false });
    // Again by the run itself, after a crash.
    decideAdmission(state, anAdmission(), DEADLINE);
    expect(other(DEADLINE + 600_000)).toMatchObject({ admitted: false });
    decideSettlements(
      state,
      { settlements: [{ runId: "run_0_a", spentMicroUsd: 100, ended: true }], calls: [] },
      DEADLINE + 700_000,
    );
    expect(other(DEADLINE + 700_000)).toMatchObject({ admitted: false });
    expect(tenantAccount(state).spentDayMicroUsd).toBe(100);
  });

  it("that had ended when its run was heard of again is taken up; what a waiting run gave back is not", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission(), NOW);
    decideSettlements(state, { settlements: [], calls: [] }, DEADLINE);
    expect(tenantAccount(state).heldMicroUsd).toBe(0);
    expect(decideRenewal(state, ["run_0_a"], DEADLINE).answer).toEqual([]);
    expect(tenantAccount(state).heldMicroUsd).toBe(100);
    decideSettlements(
      state,
      { settlements: [{ runId: "run_0_a", spentMicroUsd: 30, ended: false }], calls: [] },
      DEADLINE,
    );
    expect(decideRenewal(state, ["run_0_a"], DEADLINE + 99_000).changes).toEqual([]);
    expect(tenantAccount(state).heldMicroUsd).toBe(0);
  });

  it("that had ended and was given to others is not taken up: its run is told, and asks anew before it spends", () => {
    const state = newGuardState(someLimits({ dailyMicroUsd: 100 }), NOW);
    decideAdmission(state, anAdmission(), NOW);
    expect(
      decideAdmission(state, anAdmission({ runId: "run_0_b", deadline: 2 * DEADLINE }), DEADLINE).answer,
    ).toMatchObject({
      admitted: true,
    });
    expect(decideRenewal(state, ["run_0_a"], DEADLINE + 1)).toEqual({ answer: ["run_0_a"], changes: [] });
    expect(tenantAccount(state).heldMicroUsd).toBe(100);
    const more = { runId: "run_0_a", payers: ["tenant"] as const, neededMicroUsd: 1 };
    expect(decideExtension(state, more, DEADLINE + 2).answer).toMatchObject({ reason: "budget_exceeded" });
  });

  it("is raised within the same limits, its own part not counted twice", () => {
    const state = newGuardState(someLimits({ dailyMicroUsd: 150 }), NOW);
    decideAdmission(state, anAdmission(), NOW);
    const raise = (neededMicroUsd: number) =>
      decideExtension(state, { runId: "run_0_a", payers: ["tenant"], neededMicroUsd }, NOW).answer;
    expect(raise(150)).toBeNull();
    expect(raise(151)).toMatchObject({ reason: "budget_exceeded", scope: "day" });
    expect(tenantAccount(state).heldMicroUsd).toBe(150);
  });

  it("of a run that waited reserves only what was not booked yet", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission(), NOW);
    decideSettlements(
      state,
      { settlements: [{ runId: "run_0_a", spentMicroUsd: 30, ended: false }], calls: [] },
      NOW,
    );
    expect(toBudgetView(state, NOW)).toMatchObject({ heldMicroUsd: 0, spentDayMicroUsd: 30 });
    decideAdmission(state, anAdmission(), NOW);
    expect(tenantAccount(state).heldMicroUsd).toBe(70);
    decideSettlements(
      state,
      { settlements: [{ runId: "run_0_a", spentMicroUsd: 80, ended: true }], calls: [] },
      NOW,
    );
    expect(toBudgetView(state, NOW)).toMatchObject({
      heldMicroUsd: 0,
      spentDayMicroUsd: 80,
      spentMonthMicroUsd: 80,
    });
  });
});

it("starts a new day at local midnight and never because a clock went back", () => {
  const state = newGuardState(someLimits(), NOW);
  decideAdmission(state, anAdmission(), NOW);
  decideSettlements(
    state,
    { settlements: [{ runId: "run_0_a", spentMicroUsd: 50, ended: true }], calls: [] },
    NOW,
  );
  decideSettlements(state, { settlements: [], calls: [] }, NOW - 86_400_000);
  expect(tenantAccount(state).spentDayMicroUsd).toBe(50);
  const midnight = Date.UTC(2026, 10, 21, 21);
  decideSettlements(state, { settlements: [], calls: [] }, midnight - 1);
  expect(tenantAccount(state).spentDayMicroUsd).toBe(50);
  decideSettlements(state, { settlements: [], calls: [] }, midnight);
  expect(toBudgetView(state, NOW)).toMatchObject({ spentDayMicroUsd: 0, spentMonthMicroUsd: 50 });
});

describe("a settlement that was lost while its run waited", () => {
  const MIDNIGHT = Date.UTC(2026, 10, 21, 21);
  const PARTS = [
    { at: NOW, microUsd: 30 },
    { at: MIDNIGHT + 5, microUsd: 50 },
  ];
  const ended = { runId: "run_0_a", spentMicroUsd: 80, ended: true, at: MIDNIGHT + 5, parts: PARTS };
  const tell = (state: ReturnType<typeof newGuardState>, settlement: Settlement, now: number) =>
    decideSettlements(state, { settlements: [settlement], calls: [] }, now);

  it("is made good when the run ends, each part in the day of its effects", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission({ deadline: MIDNIGHT + 900_000 }), NOW);
    tell(state, ended, MIDNIGHT + 6);
    expect(toBudgetView(state, MIDNIGHT + 6)).toMatchObject({ spentDayMicroUsd: 50, spentMonthMicroUsd: 80 });
    tell(state, ended, MIDNIGHT + 7);
    expect(toBudgetView(state, MIDNIGHT + 7)).toMatchObject({ spentDayMicroUsd: 50, spentMonthMicroUsd: 80 });
  });

  it("that was not lost is not booked again", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission(), NOW);
    tell(state, { runId: "run_0_a", spentMicroUsd: 30, ended: false, at: NOW }, NOW);
    tell(state, ended, MIDNIGHT + 6);
    expect(toBudgetView(state, MIDNIGHT + 6)).toMatchObject({ spentDayMicroUsd: 50, spentMonthMicroUsd: 80 });
  });

  it("is told again without a change to what is held, once", () => {
    const state = newGuardState(someLimits(), NOW);
    decideAdmission(state, anAdmission(), NOW);
    const again = { runId: "run_0_a", spentMicroUsd: 30, ended: false, keepsHold: true as const };
    for (const now of [NOW, NOW + 1]) {
      tell(state, { ...again, parts: PARTS.slice(0, 1) }, now);
      expect(toBudgetView(state, now)).toMatchObject({ spentDayMicroUsd: 30, heldMicroUsd: 70 });
    }
    tell(state, ended, MIDNIGHT + 6);
    expect(toBudgetView(state, MIDNIGHT + 6)).toMatchObject({ spentMonthMicroUsd: 80, heldMicroUsd: 0 });
  });
});

describe("how things stand", () => {
  it("is new with a pause and with a policy, and not with a skill", () => {
    const state = newGuardState(someLimits(), NOW);
    const registry = (version: number, isOfPolicies: boolean) =>
      decideChange(state, { change: "registry", version, isOfPolicies });
    registry(3, false);
    expect(toStanding(state)).toEqual({ epoch: 1, registryVersion: 3, policiesVersion: 0, paused: [] });
    registry(4, true);
    expect(toStanding(state)).toMatchObject({ epoch: 2, registryVersion: 4, policiesVersion: 4 });
    decideChange(state, { change: "pause", payer: "skill:a/b", isPaused: true });
    expect(toStanding(state)).toMatchObject({ epoch: 3, paused: ["skill:a/b"] });
  });
});
