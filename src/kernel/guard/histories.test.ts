// Any history of admissions, extensions, settlements and time: money is never promised twice and each hold ends once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW, someLimits } from "../../../test/builders.ts";
import { decideAdmission, decideExtension, decideSettlements } from "./admission.ts";
import { type GuardState, newGuardState } from "./state.ts";

const HOLD_MS = 15 * 60_000;
const RUNS = 6;
const limits = someLimits({ perRequestMicroUsd: 400, dailyMicroUsd: 1_000, monthlyMicroUsd: 1_500 });

const run = fc.nat(RUNS - 1).map((n) => `run_0_${n}`);
const amount = fc.nat(500);
const event = fc.oneof(
  fc.record({ what: fc.constant("admit" as const), run, amount }),
  fc.record({ what: fc.constant("extend" as const), run, amount }),
  fc.record({ what: fc.constant("settle" as const), run, amount, ended: fc.boolean() }),
  fc.record({
    what: fc.constant("pass" as const),
    ms: fc.constantFrom(1, HOLD_MS, 86_400_000, 31 * 86_400_000),
  }),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** What an accountant would write down beside the guard. */
class Books {
  readonly state: GuardState = newGuardState(limits, NOW);
  now = NOW;
  /** Booked in all, by run; and what came in after its hold had expired. */
  readonly booked = new Map<string, number>();
  late = 0;
  spentDay = 0;
  spentMonth = 0;

  apply(step: Event): void {
    if (step.what === "pass") return this.pass(step.ms);
    const { run: runId, amount: neededMicroUsd } = step;
    const hold = this.state.holds.get(runId);
    if (step.what === "admit") {
      const deadline = this.now + HOLD_MS;
      const asked = {
        runId,
        catalogueVersion: 0,
        user: "anna",
        upperMicroUsd: step.amount,
        windows: [],
        skill: "a/b",
        deadline,
      };
      decideAdmission(this.state, asked, this.now);
      return;
    }
    if (step.what === "extend") {
      decideExtension(this.state, { runId, neededMicroUsd, deadline: this.now + HOLD_MS }, this.now);
      return;
    }
    // A run spends what it holds at most; the door asks before it spends more.
    const settled = hold?.settledMicroUsd ?? 0;
    const spentMicroUsd = Math.min(step.amount, settled + (hold?.microUsd ?? 0));
    const newly = hold ? Math.max(0, spentMicroUsd - settled) : 0;
    if (hold?.expired) this.late += newly;
    this.booked.set(runId, (this.booked.get(runId) ?? 0) + newly);
    this.spentDay += newly;
    this.spentMonth += newly;
    const settlement = { runId, spentMicroUsd, ended: step.ended };
    decideSettlements(this.state, [settlement, settlement], this.now);
  }

  pass(ms: number): void {
    this.now += ms;
    const [day, month] = [this.state.dayEndsAt, this.state.monthEndsAt];
    decideSettlements(this.state, [], this.now);
    if (this.state.dayEndsAt !== day) this.spentDay = 0;
    if (this.state.monthEndsAt !== month) this.spentMonth = 0;
    if (this.state.dayEndsAt !== day || this.state.monthEndsAt !== month) this.late = 0;
  }
}

describe("any history", () => {
  it("keeps spent and held within the limits, and books each run's money once", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (steps) => {
        const books = new Books();
        for (const step of steps) {
          books.apply(step);
          const { state } = books;
          const held = [...state.holds.values()].filter((hold) => !hold.expired);
          expect(state.heldMicroUsd).toBe(held.reduce((sum, hold) => sum + hold.microUsd, 0));
          expect(state.heldMicroUsd).toBeGreaterThanOrEqual(0);
          expect(state.spentDayMicroUsd).toBe(books.spentDay);
          expect(state.spentMonthMicroUsd).toBe(books.spentMonth);
          if (books.late === 0) {
            expect(state.spentMonthMicroUsd + state.heldMicroUsd).toBeLessThanOrEqual(limits.monthlyMicroUsd);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
