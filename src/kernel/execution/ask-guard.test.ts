import { expect, it } from "vitest";
import { anOrder, aPlan, NOW, someLimits } from "../../../test/builders.ts";
import type { Admission } from "../ports/guard.ts";
import { admitAgain } from "./ask-guard.ts";
import { newLiveRun } from "./live-run.ts";
import type { RunnerPorts } from "./runner-ports.ts";

it("a run that goes on asks for all that it may spend, what it was extended by too", async () => {
  const asked: Admission[] = [];
  const granted = { admitted: true, epoch: 1, isHeld: true, isLow: false, rates: [], openHosts: [] } as const;
  const ports = {
    tenant: "ten_test",
    clock: { now: () => NOW },
    hosts: { learn: () => undefined },
    guard: {
      admit: async (_tenant: string, admission: Admission) => {
        asked.push(admission);
        return { ...granted, budget: { limits: someLimits(), remainingMicroUsd: 0 } };
      },
    },
  } as unknown as RunnerPorts; // Nothing else is asked of it here.
  const forecast = { p50MicroUsd: 1, p95MicroUsd: 2, upperMicroUsd: 100 };
  const live = newLiveRun(anOrder({ plan: aPlan({ forecast }) }), "run_0_a", NOW);
  live.extendedMicroUsd = 50;
  await admitAgain(ports, live);
  expect(asked).toMatchObject([{ isAgain: true, upperMicroUsd: 150 }]);
  expect(live.heldMicroUsd).toBe(150);
});
