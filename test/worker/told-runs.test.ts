// A run whose id somebody was told does not vanish and does not start behind anybody's back, whatever it is refused for.
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

const DEAR = "  - id: think\n    llm: { model: mock/echo, prompt: hello, max_tokens: 60000 }\n";
const CHEAP = "  - id: page\n    http: { get: /page, connector: sink }\n";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

/** The guard answers nobody until `free` is called: the caller's patience ends first. */
async function keepGuardBusy(): Promise<() => Promise<void>> {
  let isFree = false;
  let isBusy = false;
  const busy = runInDurableObject(tenant.guard, (_, state) =>
    state.blockConcurrencyWhile(async () => {
      isBusy = true;
      await until(async () => isFree);
    }),
  );
  await until(async () => isBusy);
  return async () => {
    isFree = true;
    await busy;
  };
}

const start = () =>
  tenant.ask("POST /skills/test/told/run", {}, { "idempotency-key": "k", prefer: "wait=0" });

const endOf = (runId: string) =>
  until(async () => {
    const run = await tenant.ask(`GET /runs/${runId}`);
    return run["finished_at"] === undefined ? null : run;
  });

async function comeBack(runId: string): Promise<void> {
  await abortAllDurableObjects();
  await runDurableObjectAlarm(tenant.runner(Number(runId.split("_")[1])));
}

describe("a run that was told of before it was admitted", () => {
  it.each([
    { where: "the budget refuses it", steps: DEAR, code: "budget_exceeded", version: 0 },
    { where: "its plan is older than the registry", steps: CHEAP, code: "unavailable", version: 10_000 },
  ])("ends as failed where $where, and stays so", async ({ steps, code, version }) => {
    await tenant.saveSkill("test/told", steps);
    await tenant.guard.noteRegistry(version, false);
    const free = await keepGuardBusy();
    const told = await start();
    expect(told).toMatchObject({ status: "running" });
    const runId = String(told["run_id"]);
    await free();
    expect(await endOf(runId)).toMatchObject({ status: "failed", problem: { code } });
    await comeBack(runId);
    expect(await endOf(runId)).toMatchObject({ status: "failed", problem: { code } });
    // It changed nothing, so its key is free: the same request is tried anew.
    const again = String((await start())["run_id"]);
    expect(again).not.toBe(runId);
    expect(await endOf(again)).toMatchObject({ status: "failed", problem: { code } });
    expect(await visits()).toEqual([]);
  });
});

describe("a run that was told of while it worked", () => {
  it("ends as failed where it is refused before it changed anything, and its key is free again", async () => {
    const locked = 'type: http\nbase_url: https://locked.example\nheaders: { x-key: "secret:NOBODY_HAS" }\n';
    expect((await tenant.send("PUT /connectors/locked", locked)).status).toBe(200);
    const steps = `  - id: first\n    http: { get: /hold, connector: sink }\n  - id: second\n    http: { get: /x, connector: locked }\n`;
    await tenant.saveSkill("test/told", steps);
    const told = await start();
    expect(told).toMatchObject({ status: "running" });
    const runId = String(told["run_id"]);
    await until(async () => (await visits()).length === 1);
    await release();
    const failed = { run_id: runId, status: "failed", problem: { code: "secret_missing" } };
    expect(await endOf(runId)).toMatchObject(failed);
    await comeBack(runId);
    expect(await endOf(runId)).toMatchObject(failed);
    await tenant.runner(Number(runId.split("_")[1])).drain();
    expect(await tenant.ask("GET /runs")).toMatchObject({ runs: [{ run_id: runId, status: "failed" }] });
    expect(await visits()).toHaveLength(1);
    const again = await start();
    expect(again).toMatchObject({ status: "running" });
    expect(again["run_id"]).not.toBe(runId);
    await until(async () => (await visits()).length === 2);
    await release();
    expect(await endOf(String(again["run_id"]))).toMatchObject({ status: "failed" });
  });
});

describe("an attempt that was given up", () => {
  it("sends nothing after its run has ended, and does not bring it back", async () => {
    const price = "type: http\nbase_url: https://paid.example\nprice_per_call_usd: 0.001\ntimeout: 10s\n";
    expect((await tenant.send("PUT /connectors/paid", price)).status).toBe(200);
    const slow = "  - id: slow\n    http: { get: /hold/status/503, connector: paid }\n    timeout: 50ms\n";
    await tenant.saveSkill("test/told", `${slow}    on_error: continue\n`);
    const ended = await tenant.ask("POST /skills/test/told/run", {});
    expect(ended).toMatchObject({ status: "succeeded" });
    // The answer makes the attempt try once more, and a paid read is written down before it leaves.
    await release();
    for (let round = 0; round < 20; round += 1) await visits();
    const runId = String(ended["run_id"]);
    await comeBack(runId);
    for (let round = 0; round < 20; round += 1) await visits();
    expect(await visits()).toHaveLength(1);
    expect(await tenant.ask(`GET /runs/${runId}`)).toMatchObject(ended);
    expect(await tenant.runner(Number(runId.split("_")[1])).listOpen()).toBe("[]");
  });
});
