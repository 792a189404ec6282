import { describe, expect, it } from "vitest";
import { anOrder, aPlan, NOW } from "../../../test/builders.ts";
import { Fault } from "../domain/refusal.ts";
import { newLiveRun } from "./live-run.ts";
import { HoldRenewal } from "./renew-holds.ts";

const paidPlan = aPlan({ forecast: { p50MicroUsd: 1, p95MicroUsd: 2, upperMicroUsd: 10 } });
const paid = newLiveRun(anOrder({ plan: paidPlan }), "run_0_paid", NOW);
const free = newLiveRun(anOrder(), "run_0_free", NOW);
const MINUTE = 60_000;

function aRenewal(answer: () => void = () => undefined, lost: readonly string[] = []) {
  const asked: (readonly string[])[] = [];
  const guard = {
    renew: async (_: string, runIds: readonly string[]) => {
      asked.push(runIds);
      answer();
      return lost;
    },
  };
  // Only this method is called.
  return { asked, renewal: new HoldRenewal({ tenant: "ten_test", guard: guard as never }) };
}

describe("the holds of runs that are worked on", () => {
  it("are renewed together, a few times in the quarter of an hour that a hold lasts", async () => {
    const { asked, renewal } = aRenewal();
    for (let now = NOW; now < NOW + 15 * MINUTE; now += 5_000) await renewal.renew([paid, free], now);
    expect(asked).toEqual([["run_0_paid"], ["run_0_paid"], ["run_0_paid"], ["run_0_paid"]]);
  });

  it("are nothing to their run any more where the guard has given the money to others", async () => {
    const live = newLiveRun(anOrder({ plan: paidPlan }), "run_0_lost", NOW);
    const { renewal } = aRenewal(undefined, ["run_0_lost"]);
    expect(live.heldMicroUsd).toBe(10);
    await renewal.renew([live, paid], NOW);
    expect([live.heldMicroUsd, paid.heldMicroUsd]).toEqual([0, 10]);
  });

  it("cost no call where there are none", async () => {
    const { asked, renewal } = aRenewal();
    await renewal.renew([free], NOW);
    expect(asked).toEqual([]);
  });

  it("are renewed at the next look when the guard was away", async () => {
    let isAway = true;
    const { asked, renewal } = aRenewal(() => {
      if (isAway) throw new Fault("unreachable", "later", "the guard");
    });
    await renewal.renew([paid], NOW);
    isAway = false;
    await renewal.renew([paid], NOW + 5_000);
    await renewal.renew([paid], NOW + 10_000);
    expect(asked).toHaveLength(2);
  });

  it("do not hide a bug", async () => {
    const { renewal } = aRenewal(() => {
      throw new Error("a bug");
    });
    await expect(renewal.renew([paid], NOW)).rejects.toThrow("a bug");
  });
});
