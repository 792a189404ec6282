// Budgets, rates and concurrent runs of one user, skill or key within the tenant, and the switch that stops them.
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { FORBIDS_AFTER_MS } from "../../src/kernel/ports/guard.ts";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/paid", PAID);
  await tenant.saveSkill("test/free", "  - id: one\n    http: { get: /free, connector: sink }\n");
  await tenant.saveSkill("test/slow", "  - id: one\n    http: { get: /hold, connector: sink }\n");
});

const PAID = "  - id: one\n    llm: { model: mock/echo, prompt: hello, max_tokens: 100 }\n";
const run = (skill: string, who = tenant) => who.ask(`POST /skills/test/${skill}/run`, {});

it("holds a user to a budget of his own, and nobody else", async () => {
  const member = await tenant.join("boris", "member");
  const changed = await tenant.ask("PUT /budgets", { scope: "user:boris", daily_usd: 0.000001 });
  expect(changed).toMatchObject({ capped: [{ scope: "user:boris", limits: { daily_usd: 0.000001 } }] });
  expect(await run("paid", member)).toMatchObject({
    status: 402,
    code: "budget_exceeded",
    payer: "user:boris",
  });
  const { detail, fix } = await run("paid", member);
  expect(`${String(detail)} ${String(fix)}`).toMatch(/for user boris.*--for user:boris --daily-usd/);
  expect(await run("paid")).toMatchObject({ status: "succeeded" });
  expect(await run("free", member)).toMatchObject({ status: "succeeded" });
  await tenant.ask("PUT /budgets", { scope: "user:boris", daily_usd: null });
  expect(await run("paid", member)).toMatchObject({ status: "succeeded" });
});

it("counts what was spent before the budget was set", async () => {
  expect(await run("paid")).toMatchObject({ status: "succeeded" });
  const { spent_usd } = (await tenant.ask("GET /budgets")) as { spent_usd: { day: number } };
  expect(spent_usd.day).toBeGreaterThan(0);
  const { capped } = await tenant.ask("PUT /budgets", { scope: "skill:test.paid", monthly_usd: 1 });
  expect(capped).toMatchObject([
    { scope: "skill:test/paid", spent_usd: { day: spent_usd.day, month: spent_usd.day } },
  ]);
});

it("lets so many runs of a skill be under way, and another when one has ended", async () => {
  await tenant.ask("PUT /limits", { scope: "skill:test/slow", concurrent: 1 });
  const first = run("slow");
  await until(async () => (await visits()).length === 1);
  expect(await run("slow")).toMatchObject({
    status: 429,
    code: "too_many_running",
    payer: "skill:test/slow",
  });
  expect(await run("free")).toMatchObject({ status: "succeeded" });
  await release();
  expect(await first).toMatchObject({ status: "succeeded" });
  // Its end is told with the next drain.
  await tenant.ask("GET /budgets");
  const next = run("slow");
  await until(async () => (await visits()).length === 3);
  await release();
  expect(await next).toMatchObject({ status: "succeeded" });
});

it("holds a skill to a rate of its own", async () => {
  await tenant.ask("PUT /limits", { scope: "skill:test/free", requests: 2, window_seconds: 3_600 });
  const answers = [await run("free"), await run("free"), await run("free")];
  expect(answers).toMatchObject([
    { status: "succeeded" },
    { status: "succeeded" },
    { status: 429, limit: 2 },
  ]);
});

it("stops one skill, or everything, from the very next request on, and after a crash too", async () => {
  expect(await tenant.ask("POST /pause", { scope: "skill:test/free" })).toEqual({
    paused: ["skill:test/free"],
  });
  expect(await run("free")).toMatchObject({ status: 503, code: "paused", payer: "skill:test/free" });
  expect(await run("paid")).toMatchObject({ status: "succeeded" });
  await tenant.ask("POST /pause", {});
  expect(await run("paid")).toMatchObject({ status: 503, code: "paused", payer: "tenant" });
  await evictDurableObject(tenant.guard);
  expect((await tenant.send("POST /skills/test/free/run", { async: true })).status).toBe(503);
  await tenant.ask("POST /resume", {});
  await tenant.ask("POST /resume", { scope: "skill:test/free" });
  expect(await run("free")).toMatchObject({ status: "succeeded" });
  expect(await visits()).toHaveLength(1);
});

it.each([
  [{ scope: "tenant", daily_usd: null }],
  [{ scope: "user:boris", on_low: "refuse" }],
  [{ scope: "nobody", daily_usd: 1 }],
  [{ scope: "user:", daily_usd: 1 }],
  [{ scope: "user:boris", daily_usd: -1 }],
  [{ scope: "user:boris", daily_usd: 0.0000001 }],
])("refuses %j and changes nothing", async (body) => {
  const before = await tenant.ask("GET /budgets");
  expect(await tenant.ask("PUT /budgets", body)).toMatchObject({ status: 400, code: "bad_request" });
  expect(await tenant.ask("GET /budgets")).toEqual(before);
});

it("goes on with the cheaper model where little is left, and says so; or refuses, if that is wished", async () => {
  const ask = (model: string) =>
    `  - id: one\n    llm: { model: ${model}, prompt: hello, max_tokens: 100 }\n`;
  const text = "note: For tests.\nanswers:\n  - { match: hello, text: Good day. }\n";
  await tenant.ask("POST /registry/files", { files: [{ path: "fixtures/model.yaml", text }] });
  await tenant.saveSkill("test/open", ask("standard"));
  await tenant.saveSkill("test/named", ask("mock/echo"));
  const rich = await run("open");
  expect(rich).toMatchObject({ status: "succeeded" });
  expect(rich).not.toHaveProperty("degraded");
  await tenant.ask("PUT /budgets", { low_remaining_usd: 1_000 });
  const poor = await run("open");
  expect(poor).toMatchObject({ status: "succeeded", degraded: true });
  const usd = ({ cost }: Record<string, unknown>): number => (cost as { usd: number }).usd;
  expect(usd(poor)).toBeLessThan(usd(rich));
  await tenant.ask("PUT /budgets", { on_low: "refuse" });
  expect(await run("named")).toMatchObject({ status: 402, code: "budget_exceeded" });
  expect(await run("free")).toMatchObject({ status: "succeeded" });
});

it.each([
  ["a pause", () => tenant.ask("POST /pause", { scope: "tenant" })],
  ["a policy", () => tenant.ask("PUT /policies/permission_policies", NO_WRITES)],
])("lets nothing be written once %s was answered, whatever is under way", async (_, stop) => {
  const posts = Array.from(
    { length: 60 },
    (_one, n) => `  - id: s${n}\n    http: { post: /many, connector: sink, body: {} }\n`,
  );
  await tenant.saveSkill("test/many", posts.join(""));
  const runs = Array.from({ length: 4 }, () =>
    tenant.ask("POST /skills/test/many/run", { approval: "approved" }),
  );
  await until(async () => (await visits()).length > 8);
  const asked = performance.now();
  await stop();
  // Not before what runners were told of earlier is too old to write by.
  expect(performance.now() - asked).toBeGreaterThanOrEqual(FORBIDS_AFTER_MS - 1);
  const before = (await visits()).length;
  const ended = await Promise.all(runs);
  expect(ended.map(({ status }) => status)).toEqual(["failed", "failed", "failed", "failed"]);
  expect((await visits()).length).toBe(before);
  expect(before).toBeLessThan(240);
});
const NO_WRITES = { rules: [{ id: "none", effect: "deny", actions: ["write"] }] };
