// Who was refused what stands in the audit, whichever way it came; a flood of the same is one counted row.
import { abortAllDurableObjects, env, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { aTenant, type Body, type Tenant, until } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const SET = "  - id: a\n    set: { x: 1 }\n";

/** Windows that are open now are over. */
const endWindows = () =>
  runInDurableObject(
    tenant.guard,
    (_, { storage }) => void storage.sql.exec("update audit_outbox set due_at = 0"),
  );

const countWaiting = () =>
  runInDurableObject(tenant.guard, (_, { storage }) => {
    const sum = "select sum(entry->>'$.body.count') as sum from audit_outbox where due_at > 0";
    return storage.sql.exec(sum).toArray()[0]?.["sum"];
  });

async function list(): Promise<readonly Body[]> {
  await endWindows();
  expect(await tenant.ask("GET /audit/verify")).toMatchObject({ verified: true });
  const { entries } = await tenant.ask("GET /audit");
  return (entries as readonly Body[]).filter(({ outcome }) => outcome !== "done");
}

const anAdmission = (n: number, changes: object = {}) => ({
  ...{
    runId: `run_0_${n}`,
    catalogueVersion: 0,
    upperMicroUsd: 0,
    windows: ["user:anna"],
    hosts: [],
    payers: ["tenant" as const],
    skill: "a/b",
    user: "anna",
  },
  deadline: Date.now() + 60_000,
  ...changes,
});

it("counts 540 requests above a rate in one row, which is there when its window is over", async () => {
  await tenant.guard.change({
    order: "limits",
    change: { requests: 60, windowMs: 3_600_000, burst: 0, rateEnabled: true },
  });
  await Promise.all(Array.from({ length: 600 }, (_, n) => tenant.guard.admit(anAdmission(n))));
  expect((await tenant.ask("GET /audit"))["entries"]).toEqual([]);
  expect(await list()).toMatchObject([
    {
      user: "anna",
      action: "run.refuse",
      target: "a/b",
      outcome: "rate_limited",
      body: { limit: 60, count: 540 },
    },
  ]);
  await tenant.guard.admit(anAdmission(601));
  expect(await list()).toHaveLength(1);
});

it("loses less than half of a count when the guard dies", async () => {
  await tenant.guard.change({
    order: "limits",
    change: { requests: 1, windowMs: 3_600_000, burst: 0, rateEnabled: true },
  });
  for (let n = 0; n < 8; n += 1) await tenant.guard.admit(anAdmission(n));
  await abortAllDurableObjects();
  // Of seven refusals four were written; its windows are strict here, so that these two are refused as well.
  await tenant.guard.admit(anAdmission(8));
  await tenant.guard.admit(anAdmission(9));
  expect(await list()).toMatchObject([{ body: { count: 6 } }]);
});

it("tells a budget that was too small, and none that was free a moment later", async () => {
  await tenant.guard.change({ order: "limits", change: { dailyMicroUsd: 10 } });
  const first = anAdmission(1, { upperMicroUsd: 10 });
  const second = anAdmission(2, { upperMicroUsd: 6 });
  await tenant.guard.admit(first);
  await tenant.guard.admit(second);
  await tenant.guard.settle([{ runId: first.runId, spentMicroUsd: 4, ended: true }]);
  expect(await tenant.guard.admit(second)).toMatchObject({ admitted: true });
  expect(await list()).toEqual([]);
  await tenant.guard.admit(anAdmission(3, { upperMicroUsd: 6 }));
  expect(await list()).toMatchObject([
    {
      outcome: "budget_exceeded",
      body: { scope: "day", needed_micro_usd: 6, remaining_micro_usd: 0, count: 1 },
    },
  ]);
});

it("tells what a role may not call and what a policy did not let run", async () => {
  await tenant.saveSkill("test/post", "  - id: a\n    http: { post: /x, connector: sink, body: {} }\n");
  const viewer = await tenant.join("egor", "viewer");
  for (let n = 0; n < 2; n += 1) expect(await viewer.ask("GET /audit")).toMatchObject({ status: 403 });
  expect(await viewer.ask("POST /skills/test/post/run", {})).toMatchObject({ status: 403 });
  await until(async () => (await countWaiting()) === 3);
  expect(await list()).toMatchObject([
    { user: "egor", action: "call.refuse", target: "audit-list", outcome: "forbidden", body: { count: 2 } },
    {
      ...{ user: "egor", action: "call.refuse", target: "skill-run", outcome: "forbidden" },
      body: { asked: "write with test/post", role: "viewer" },
    },
  ]);
});

it("tells which run was stopped at the door", async () => {
  await tenant.send("PUT /connectors/inside", "type: http\nbase_url: http://10.0.0.1\n");
  await tenant.saveSkill("test/inside", `${SET}  - id: b\n    http: { get: /x, connector: inside }\n`);
  const { run_id: run } = await tenant.ask("POST /skills/test/inside/run", {});
  await env.RUNNER.getByName(`${tenant.id}/${String(run).split("_")[1]}`).drain();
  expect(await list()).toMatchObject([
    {
      user: "anna",
      action: "run.fail",
      target: run,
      outcome: "address_forbidden",
      body: { skill: "test/inside" },
    },
  ]);
});

it("tells that a caller agreed beforehand to what his run deletes", async () => {
  await tenant.saveSkill("test/drop", "  - id: a\n    http: { delete: /status/200, connector: sink }\n");
  const ran = await tenant.ask("POST /skills/test/drop/run", { approval: "approved" });
  expect(ran).toMatchObject({ status: "succeeded" });
  const run = String(ran["run_id"]);
  await env.RUNNER.getByName(`${tenant.id}/${run.split("_")[1]}`).drain();
  expect((await tenant.ask("GET /audit?action=approval.approve"))["entries"]).toMatchObject([
    { user: "anna", target: run, body: { skill: "test/drop", beforehand: true } },
  ]);
});
