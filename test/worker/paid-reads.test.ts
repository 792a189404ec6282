// A paid read whose answer never came may have been paid for: it is booked at what was held for it.
import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

/** Of one call, in micro-USD. */
const PRICE = 1_000;
const paid = (path: string, more = "") => `    http: { get: ${path}, connector: paid }\n${more}`;
const run = () => tenant.ask("POST /skills/test/paid/run", {});

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await savePaid("timeout: 10s");
});

async function savePaid(more: string): Promise<void> {
  const text = `type: http\nbase_url: https://paid.example\nprice_per_call_usd: 0.001\n${more}\n`;
  expect((await tenant.send("PUT /connectors/paid", text)).status).toBe(200);
}

/** What the run says, what the budget counts and what the ledger holds. */
async function toBooked(run: Awaited<ReturnType<Tenant["ask"]>>) {
  const cost = run["cost"] as { micro_usd: number };
  const budget = await tenant.ask("GET /budgets");
  const ledger = await env.DB.prepare(
    "select total(micro_usd) as sum, total(abs(micro_usd)) as turned from ledger where tenant = ?",
  )
    .bind(tenant.id)
    .first();
  return { told: cost.micro_usd, spent: budget["spent_usd"], held: budget["held_usd"], ledger };
}

/** All of them are one number. */
function all(microUsd: number) {
  const usd = microUsd / 1e6;
  const ledger = { sum: 0, turned: 2 * microUsd };
  return { told: microUsd, spent: { day: usd, month: usd }, held: 0, ledger };
}

describe("a paid read without an answer", () => {
  it("is booked for each time that it was asked for", async () => {
    await savePaid("timeout: 500ms");
    await tenant.saveSkill("test/paid", `  - id: one\n${paid("/hold")}`);
    const failed = await run();
    expect(failed).toMatchObject({ status: "failed", problem: { code: "source_unreachable" } });
    expect(await visits()).toHaveLength(3);
    expect(await toBooked(failed)).toEqual(all(3 * PRICE));
  });

  it("is booked when its step takes too long, each time it is tried", async () => {
    await tenant.saveSkill(
      "test/paid",
      `  - id: one\n${paid("/hold", "    timeout: 500ms\n    retry: 1\n")}`,
    );
    const failed = await run();
    expect(failed).toMatchObject({ status: "failed", problem: { code: "timeout" } });
    expect(await toBooked(failed)).toEqual(all(2 * PRICE));
  });

  it("is booked when the run goes on without it, and its late answer changes nothing", async () => {
    const steps = `  - id: one\n${paid("/hold", "    timeout: 500ms\n    on_error: continue\n")}  - id: two\n${paid("/fast")}`;
    await tenant.saveSkill("test/paid", steps);
    const done = await run();
    await release();
    expect(done).toMatchObject({ status: "succeeded" });
    expect(await toBooked(done)).toEqual(all(2 * PRICE));
  });

  it("is asked for again only within the budget", async () => {
    await savePaid("timeout: 500ms");
    await tenant.ask("PUT /budgets", { scope: "tenant", per_request_usd: 0.0015 });
    await tenant.saveSkill("test/paid", `  - id: one\n${paid("/hold")}`);
    const failed = await run();
    expect(failed).toMatchObject({ status: "failed", problem: { code: "budget_exceeded" } });
    expect(await visits()).toHaveLength(1);
    expect(await toBooked(failed)).toEqual(all(PRICE));
  });

  it("is free where the source said no", async () => {
    await tenant.saveSkill("test/paid", `  - id: one\n${paid("/status/404")}`);
    expect(await toBooked(await run())).toEqual(all(0));
  });
});

describe("a crash while a paid read is on its way", () => {
  it.each([
    ["in a run", ""],
    ["in its trial", "  - id: two\n    sql: delete from quotes where id = 9\n"],
  ])("%s does not make it free", async (_, more) => {
    await tenant.store.importTable("quotes", [{ id: 1 }], "own");
    await tenant.saveSkill("test/paid", `  - id: one\n${paid("/hold")}${more}`);
    const { run_id } = (await tenant.ask("POST /skills/test/paid/run", { async: true })) as {
      run_id: string;
    };
    await until(async () => (await visits()).length === 1);
    await abortAllDurableObjects();
    await release();
    await runDurableObjectAlarm(tenant.runner(Number(run_id.split("_")[1])));
    await until(async () => (await visits()).length === 2);
    await release();
    const done = await until(async () => {
      const seen = await tenant.ask(`GET /runs/${run_id}`);
      return seen["status"] === "succeeded" ? seen : null;
    });
    expect(await toBooked(done)).toEqual(all(2 * PRICE));
  });
});

it("a trial is paid once, also by a run that crashes after it", async () => {
  await tenant.store.importTable("quotes", [{ id: 1 }], "own");
  const steps = `  - id: one\n${paid("/fast")}  - id: two\n    sql: delete from quotes\n  - id: three\n    http: { post: /hold, connector: sink, body: {} }\n`;
  await tenant.saveSkill("test/paid", steps);
  const body = { async: true, approval: "approved" };
  const { run_id } = (await tenant.ask("POST /skills/test/paid/run", body)) as { run_id: string };
  await until(async () => (await visits()).length === 2);
  await abortAllDurableObjects();
  await release();
  await runDurableObjectAlarm(tenant.runner(Number(run_id.split("_")[1])));
  await until(async () => (await visits()).length === 3);
  await release();
  const done = await until(async () => {
    const seen = await tenant.ask(`GET /runs/${run_id}`);
    return seen["status"] === "succeeded" ? seen : null;
  });
  expect(await toBooked(done)).toEqual(all(PRICE));
});

it("a trial that failed is paid beside the one that follows", async () => {
  await tenant.store.importTable("quotes", [{ id: 1 }], "own");
  const steps = `  - id: one\n${paid("/fast")}  - id: two\n    http: { get: /status/503, connector: sink }\n  - id: three\n    sql: delete from quotes where id = 9\n`;
  await tenant.saveSkill("test/paid", steps);
  const { run_id } = (await tenant.ask("POST /skills/test/paid/run", { async: true, max_retries: 1 })) as {
    run_id: string;
  };
  const failed = await until(async () => {
    const seen = await tenant.ask(`GET /runs/${run_id}`);
    return seen["status"] === "failed" ? seen : null;
  });
  expect(await toBooked(failed)).toEqual(all(2 * PRICE));
});

it("a paid write to a target that remembers keys is one purchase, however often it is sent", async () => {
  await savePaid("timeout: 500ms\nidempotency: header");
  await tenant.saveSkill(
    "test/paid",
    "  - id: one\n    http: { post: /hold, connector: paid, body: {} }\n    retry: 1\n",
  );
  const failed = await run();
  expect(failed).toMatchObject({ status: "failed", problem: { code: "source_unreachable" } });
  expect(await visits()).toHaveLength(6);
  expect(await toBooked(failed)).toEqual(all(PRICE));
});

it("a paid write whose outcome nobody knows is booked, whatever is said of it later", async () => {
  await savePaid("timeout: 500ms");
  await tenant.saveSkill("test/paid", "  - id: one\n    http: { post: /hold, connector: paid, body: {} }\n");
  const waiting = await run();
  expect(waiting).toMatchObject({ status: "waiting", waiting_for: "outcome", cost: { micro_usd: PRICE } });
  const resolve = (happened: boolean) =>
    tenant.ask(`POST /runs/${String(waiting["run_id"])}/resolve`, { happened });
  expect(await resolve(false)).toMatchObject({ status: "waiting" });
  expect(await visits()).toHaveLength(2);
  expect(await toBooked(await resolve(true))).toEqual(all(2 * PRICE));
});

it("a run that is worked on keeps its money, however long it takes", async () => {
  await tenant.ask("PUT /budgets", { scope: "tenant", daily_usd: 0.004 });
  await tenant.saveSkill("test/paid", `  - id: one\n${paid("/hold")}`);
  const first = run();
  await until(async () => (await visits()).length === 1);
  const toHeld = async () => (await tenant.guard.budget()).heldMicroUsd;
  const held = await toHeld();
  expect(held).toBeGreaterThan(0);
  await runInDurableObject(
    tenant.guard,
    (_, { storage }) => void storage.sql.exec("update holds set deadline = 1"),
  );
  await evictDurableObject(tenant.guard);
  expect(await toHeld()).toBe(0);
  for (const shard of [0, 1]) await runDurableObjectAlarm(tenant.runner(shard));
  expect(await toHeld()).toBe(held);
  await release();
  expect(await toBooked(await first)).toEqual(all(PRICE));
});

it("what a run that failed did not spend is there for the next one at once", async () => {
  await tenant.saveSkill("test/paid", `  - id: one\n${paid("/status/404")}`);
  await tenant.saveSkill("test/free", "  - id: one\n    set: { a: 1 }\n");
  await tenant.saveSkill("test/next", `  - id: one\n${paid("/fine")}`);
  await tenant.ask("PUT /budgets", { scope: "tenant", daily_usd: 0.001 });
  expect(await run()).toMatchObject({ status: "failed", problem: { code: "step_failed" } });
  // Runs without a key take turns with the shards.
  await tenant.ask("POST /skills/test/free/run", {});
  expect(await tenant.ask("POST /skills/test/next/run", {})).toMatchObject({ status: "succeeded" });
});
