import { expect, it } from "vitest";
import { aRun, NOW } from "../../../test/builders.ts";
import { Runner } from "./runner.ts";

it("tells of a waiting run that it is cancelled once that is durable", async () => {
  const happened: string[] = [];
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const journal = {
    ready: () => null,
    enter: () => () => undefined,
    loadLive: () => aRun({ status: "waiting", waitingFor: "approval", finishedAt: null }),
    saveEnd: () => written.then(() => happened.push("durable")),
  };
  const ports = { journal, clock: { now: () => NOW }, drainSoon: () => undefined };
  // A run that was waiting and is cancelled reaches no other port.
  const runner = new Runner(ports as unknown as ConstructorParameters<typeof Runner>[0]);
  const cancelling = runner.cancel(aRun().id).then((run) => happened.push(String(run?.status)));
  await new Promise((next) => setImmediate(next));
  expect(happened).toEqual([]);
  write();
  await cancelling;
  expect(happened).toEqual(["durable", "cancelled"]);
});
