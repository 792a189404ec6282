// What is set for a skill holds wherever it runs: by itself, and called by another.
import { beforeEach, expect, it } from "vitest";
import { aTenant, type Body, release, type Tenant, until, visits } from "./tenant.ts";

const call = (skill: string) => `  - id: call\n    skill: { run: ${skill} }\n`;
const PAID = "  - id: one\n    llm: { model: mock/echo, prompt: hello, max_tokens: 100 }\n";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/free", "  - id: one\n    http: { get: /free, connector: sink }\n");
  await tenant.saveSkill("test/paid", PAID);
  await tenant.saveSkill("test/slow", "  - id: one\n    http: { get: /hold, connector: sink }\n");
  for (const name of ["free", "paid", "slow"]) {
    await tenant.saveSkill(`test/calls_${name}`, call(`test/${name}`));
    await tenant.saveSkill(`test/far_${name}`, call(`test/calls_${name}`));
  }
});

const run = (skill: string) => tenant.ask(`POST /skills/test/${skill}/run`, {});

it("a pause, however far away it is called", async () => {
  await tenant.ask("POST /pause", { scope: "skill:test/free" });
  for (const skill of ["free", "calls_free", "far_free"])
    expect(await run(skill)).toMatchObject({ status: 503, code: "paused", payer: "skill:test/free" });
  expect(await visits()).toEqual([]);
  expect(await run("calls_paid")).toMatchObject({ status: "succeeded" });
  await tenant.ask("POST /resume", { scope: "skill:test/free" });
  expect(await run("far_free")).toMatchObject({ status: "succeeded" });
});

it("a pause that comes while its caller is under way, before the next write", async () => {
  const WRITES = `  - id: look\n    http: { get: /hold, connector: sink }\n${call("test/write")}`;
  await tenant.saveSkill("test/write", "  - id: add\n    http: { post: /add, connector: sink, body: {} }\n");
  await tenant.saveSkill("test/outer", WRITES);
  const going = tenant.ask("POST /skills/test/outer/run", { execute: true });
  await until(async () => (await visits()).length >= 1);
  await tenant.ask("POST /pause", { scope: "skill:test/write" });
  await release();
  const answer = await going;
  expect(answer).not.toMatchObject({ status: "succeeded" });
  expect((await visits()).map((visit) => JSON.stringify(visit)).join("\n")).not.toContain("/add");
});

it("a rate, in which a run of its caller counts once", async () => {
  await tenant.ask("PUT /limits", { scope: "skill:test/free", requests: 2, window_seconds: 3_600 });
  const answers = [await run("far_free"), await run("free"), await run("calls_free")];
  expect(answers).toMatchObject([
    { status: "succeeded" },
    { status: "succeeded" },
    { status: 429, limit: 2 },
  ]);
});

it("how many may be under way", async () => {
  await tenant.ask("PUT /limits", { scope: "skill:test/slow", concurrent: 1 });
  const first = run("far_slow");
  await until(async () => (await visits()).length === 1);
  expect(await run("slow")).toMatchObject({
    status: 429,
    code: "too_many_running",
    payer: "skill:test/slow",
  });
  await release();
  expect(await first).toMatchObject({ status: "succeeded" });
});

it("a budget, counted as the books have it, before and after it was set", async () => {
  const spent = (of: Body) =>
    (of as { capped: { spent_usd: { day: number } }[] }).capped[0]?.spent_usd.day ?? 0;
  expect(await run("paid")).toMatchObject({ status: "succeeded" });
  const { spent_usd } = (await tenant.ask("GET /budgets")) as { spent_usd: { day: number } };
  const price = spent_usd.day;
  const last = await run("far_paid");
  const set = await tenant.ask("PUT /budgets", { scope: "skill:test/paid", daily_usd: 1 });
  expect(spent(set)).toBeCloseTo(price * 2, 9);
  expect(await run("calls_paid")).toMatchObject({ status: "succeeded" });
  expect(spent(await tenant.ask("GET /budgets"))).toBeCloseTo(price * 3, 9);
  await tenant.ask("POST /ledger/corrections", { run: last["run_id"], usd: price * 2, because: "a bill" });
  expect(spent(await tenant.ask("GET /budgets"))).toBeCloseTo(price * 4, 9);
  expect(await tenant.ask("GET /ledger/verify")).toMatchObject({ verified: true });
  const full = await tenant.ask("PUT /budgets", { scope: "skill:test/paid", daily_usd: price * 4 });
  expect(full).toMatchObject({ capped: [{ scope: "skill:test/paid" }] });
  for (const skill of ["paid", "calls_paid", "far_paid"])
    expect(await run(skill)).toMatchObject({
      status: 402,
      code: "budget_exceeded",
      payer: "skill:test/paid",
    });
  expect(await run("calls_free")).toMatchObject({ status: "succeeded" });
});

it("whose they are is told by whoever explains a policy", async () => {
  expect(await tenant.ask("POST /policies/explain", { skill: "test/far_paid" })).toMatchObject({
    paid_by: expect.arrayContaining(["skill:test/far_paid", "skill:test/calls_paid", "skill:test/paid"]),
  });
});
