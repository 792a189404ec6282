// Runs over midnights and ends of months, waits, and corrections of what they cost: no day is given money that it never had, and
// none admits beyond its budget.
import fc from "fast-check";
import { expect, it } from "vitest";
import { NOW, someLimits } from "../../../test/builders.ts";
import { divideCorrection } from "../domain/correction.ts";
import { decideAdmission } from "./admission.ts";
import { toBudgetView } from "./budget.ts";
import { decideOrder } from "./orders.ts";
import { newGuardState, tenantAccount } from "./state.ts";
import { decideSettlements } from "./settlement.ts";

const limits = someLimits({ perRequestMicroUsd: 1_000, dailyMicroUsd: 1_000, monthlyMicroUsd: 1_500 });
const HOUR_MS = 3_600_000;

const step = fc.oneof(
  fc.record({ what: fc.constant("pay" as const), run: fc.nat(4), amount: fc.nat(400), ended: fc.boolean() }),
  fc.record({ what: fc.constant("correct" as const), run: fc.nat(4), amount: fc.nat(1_200) }),
  fc.record({
    what: fc.constant("pass" as const),
    ms: fc.constantFrom(1, HOUR_MS, 24 * HOUR_MS, 20 * 24 * HOUR_MS),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What stands in the ledger of one run: as billed, and with corrections, by its moments. */
interface Booked {
  readonly at: number;
  wasMicroUsd: number;
  bookedMicroUsd: number;
}

class Histories {
  now = NOW;
  readonly state = newGuardState(limits, NOW);
  readonly runs = new Map<number, { id: string; parts: Booked[]; spent: number; isOver: boolean }>();
  readonly all = new Set<readonly Booked[]>();
  made = 0;
  mistake: string | null = null;

  apply(what: Step): void {
    if (what.what === "pass") this.now += what.ms;
    else if (what.what === "pay") this.pay(what.run, what);
    else this.correct(what.run, what.amount);
    decideSettlements(this.state, { settlements: [], calls: [] }, this.now);
  }

  pay(n: number, { amount, ended }: { amount: number; ended: boolean }): void {
    const before = this.runs.get(n);
    const run =
      before && !before.isOver
        ? before
        : { id: `run_${(this.made += 1)}`, parts: [], spent: 0, isOver: false };
    const wanted = run.spent + amount;
    const asked = { runId: run.id, catalogueVersion: 0, upperMicroUsd: wanted, windows: [], hosts: [] };
    const rest = {
      skill: "a/b",
      user: "anna",
      deadline: this.now + HOUR_MS,
      isAgain: run.spent > 0,
    } as const;
    const { answer } = decideAdmission(this.state, { ...asked, ...rest, payers: ["tenant"] }, this.now);
    if (!("admitted" in answer) || !answer.admitted) return;
    const { spentDayMicroUsd, spentMonthMicroUsd, heldMicroUsd } = tenantAccount(this.state);
    // A correction may come to more than is left; what costs nothing is admitted all the same.
    const isPaid = amount > 0;
    if (isPaid && spentDayMicroUsd + heldMicroUsd > limits.dailyMicroUsd) this.mistake = "beyond the day";
    if (isPaid && spentMonthMicroUsd + heldMicroUsd > limits.monthlyMicroUsd)
      this.mistake = "beyond the month";
    const settlement = { runId: run.id, spentMicroUsd: wanted, ended, at: this.now };
    decideSettlements(this.state, { settlements: [settlement], calls: [] }, this.now);
    if (amount > 0) run.parts.push({ at: this.now, wasMicroUsd: amount, bookedMicroUsd: amount });
    run.spent = wanted;
    run.isOver = ended;
    this.runs.set(n, run);
    this.all.add(run.parts);
  }

  /** What the ledger says since then. */
  booked(since: number): number {
    const parts = [...this.all].flat().filter(({ at }) => at >= since);
    return parts.reduce((sum, { bookedMicroUsd }) => sum + bookedMicroUsd, 0);
  }

  correct(n: number, rightMicroUsd: number): void {
    const run = this.runs.get(n);
    if (!run?.isOver) return;
    const parts = divideCorrection(toMoments(run.parts), rightMicroUsd, this.now);
    for (const { at, microUsd } of parts) run.parts.push({ at, wasMicroUsd: 0, bookedMicroUsd: microUsd });
    const id = `correction_${(this.made += 1)}`;
    const order = { order: "correct", id, payers: ["tenant"], parts } as const;
    for (let again = 0; again < 2; again += 1) decideOrder(this.state, order, this.now);
    const moments = toMoments(run.parts);
    const sum = moments.reduce((total, one) => total + one.bookedMicroUsd, 0);
    if (sum !== rightMicroUsd) this.mistake = `${sum} for ${rightMicroUsd}`;
    if (moments.some((one) => one.bookedMicroUsd < 0)) this.mistake = "a moment below nothing";
  }
}

function toMoments(parts: readonly Booked[]): Booked[] {
  const moments = new Map<number, Booked>();
  for (const { at, wasMicroUsd, bookedMicroUsd } of parts) {
    const one = moments.get(at) ?? { at, wasMicroUsd: 0, bookedMicroUsd: 0 };
    one.wasMicroUsd += wasMicroUsd;
    one.bookedMicroUsd += bookedMicroUsd;
    moments.set(at, one);
  }
  return [...moments.values()];
}

it("a correction gives no day what it never had, and none admits beyond its budget", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const histories = new Histories();
      for (const one of steps) {
        histories.apply(one);
        expect(histories.mistake).toBeNull();
        const { spentDayMicroUsd, spentMonthMicroUsd } = tenantAccount(histories.state);
        expect(Math.min(spentDayMicroUsd, spentMonthMicroUsd)).toBeGreaterThanOrEqual(0);
        const { since } = toBudgetView(histories.state, histories.now);
        expect([spentDayMicroUsd, spentMonthMicroUsd]).toEqual([
          histories.booked(since.day),
          histories.booked(since.month),
        ]);
      }
    }),
    { numRuns: Number(process.env["HISTORIES"] ?? 1_000) },
  );
});

it("yesterday's money, corrected away, lets no more be spent today", () => {
  const [yesterday, today] = [NOW, NOW + 24 * HOUR_MS];
  const state = newGuardState(limits, yesterday);
  const pay = (runId: string, at: number, ended: boolean) => {
    const more = {
      windows: [],
      hosts: [],
      skill: "a/b",
      user: "anna",
      deadline: at + HOUR_MS,
      catalogueVersion: 0,
    };
    const { answer } = decideAdmission(state, { runId, payers: ["tenant"], upperMicroUsd: 700, ...more }, at);
    const settlement = { runId, spentMicroUsd: 700, ended, at };
    decideSettlements(state, { settlements: [settlement], calls: [] }, at);
    return "admitted" in answer && answer.admitted;
  };
  expect(pay("run_0_a", yesterday, false)).toBe(true);
  expect(pay("run_0_b", today, true)).toBe(true);
  const booked = [{ at: yesterday, wasMicroUsd: 700, bookedMicroUsd: 700 }];
  const parts = divideCorrection(booked, 0, today);
  decideOrder(state, { order: "correct", id: "c", payers: ["tenant"], parts }, today);
  expect(tenantAccount(state)).toMatchObject({ spentDayMicroUsd: 700, spentMonthMicroUsd: 700 });
  expect(pay("run_0_c", today, true)).toBe(false);
});

it("is divided as the run was billed, in whole micro-dollars, and undone to nothing", () => {
  const booked = [1, 2, 3].map((at) => ({ at, wasMicroUsd: 10, bookedMicroUsd: 10 }));
  const parts = divideCorrection(booked, 100, 9);
  expect(parts.map(({ microUsd }) => microUsd)).toEqual([23, 23, 24]);
  expect(divideCorrection([], 7, 9)).toEqual([{ at: 9, microUsd: 7 }]);
});

it("two rebuilds of one difference, and one that comes late, count it once", () => {
  const state = newGuardState(limits, NOW);
  const run = { runId: "run_0_a", payers: ["tenant"] as const, upperMicroUsd: 900, windows: [], hosts: [] };
  const more = { skill: "a/b", user: "anna", deadline: NOW + HOUR_MS, catalogueVersion: 0 };
  decideAdmission(state, { ...run, ...more }, NOW);
  const settlement = { runId: "run_0_a", spentMicroUsd: 900, ended: true, at: NOW };
  decideSettlements(state, { settlements: [settlement], calls: [] }, NOW);
  const seen = { payer: "tenant", period: "day", countedMicroUsd: 900, bookedMicroUsd: 100 } as const;
  const order = { order: "rebuild", since: toBudgetView(state, NOW).since, sums: [seen] } as const;
  for (let n = 0; n < 2; n += 1) decideOrder(state, order, NOW);
  expect(tenantAccount(state).spentDayMicroUsd).toBe(100);
});
