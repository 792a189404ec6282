// A run that kills its runner each time it is taken up does not do so for ever.
import { abortAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import { expect, it } from "vitest";
import { aTenant, release, until, visits } from "./tenant.ts";

it("ends as lost after twenty attempts, though it never got far enough to save anything", async () => {
  const tenant = await aTenant();
  await tenant.saveSkill("test/killer", "  - id: one\n    http: { get: /hold, connector: sink }\n");
  const { run_id } = (await tenant.ask("POST /skills/test/killer/run", { async: true })) as {
    run_id: string;
  };
  const shard = Number(run_id.split("_")[1]);
  let kills = 0;
  const ended = await until(async () => {
    const run = await tenant.ask(`GET /runs/${run_id}`);
    if (run["status"] === "failed") return run;
    await until(async () => (await visits()).length > kills || kills > 30);
    kills += 1;
    expect(kills).toBeLessThan(30);
    await abortAllDurableObjects();
    await release();
    // A stub of before is as dead as its object.
    await runDurableObjectAlarm(tenant.runner(shard));
    return null;
  });
  expect(ended).toMatchObject({ problem: { code: "lost" } });
  expect(kills).toBeGreaterThanOrEqual(20);
});
