import { expect, it } from "vitest";
import { anOrder, aRun, NOW } from "../../../test/builders.ts";
import { fromRecord } from "./live-run.ts";
import { workOn } from "./work.ts";

it("gives a run up that never comes to an end, and says how often it was begun", async () => {
  const record = aRun({
    status: "running",
    finishedAt: null,
    order: anOrder({ maxRetries: 3, idempotency: null }),
  });
  const live = Object.assign(fromRecord(record), { attempts: 24, refusal: null });
  const ports = { clock: { now: () => NOW }, journal: { saveEnd: async () => undefined } };
  // What is given up reaches no other port.
  await workOn(ports as unknown as Parameters<typeof workOn>[0], live);
  expect(live).toMatchObject({
    status: "failed",
    refusal: { reason: "lost", message: { en: "It was begun 23 times and never came to an end." } },
  });
});
