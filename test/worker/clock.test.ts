// A clock that is an hour off, in either direction and over a restart: limits stay limits, and nothing is locked for long.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aTenant, Tenant, visits } from "./tenant.ts";

const HOUR_MS = 3_600_000;
const SET = "  - id: a\n    set: { x: 1 }\n";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant({ unlimited: false });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const toIso = (ms: number) => new Date(Date.now() + ms).toISOString();
/** What the guard had in memory is gone, what it stored is there. */
async function restartGuard(): Promise<void> {
  await runInDurableObject(tenant.guard, () => undefined);
  await evictDurableObject(tenant.guard);
}

describe("a clock that was an hour ahead and is set back", () => {
  it("neither opens a full window nor keeps it shut for an hour", async () => {
    await tenant.saveSkill("test/one", SET);
    await tenant.ask("PUT /limits", { scope: "tenant", requests: 2, window_seconds: 60 });
    const run = () => tenant.ask("POST /skills/test/one/run", {});
    pass(HOUR_MS);
    for (let n = 0; n < 2; n += 1) expect(await run()).toMatchObject({ status: "succeeded" });
    pass(-HOUR_MS);
    const refused = await run();
    expect(refused).toMatchObject({ status: 429, code: "rate_limited" });
    expect(Number(refused["retry_after_ms"])).toBeLessThanOrEqual(60_000);
    pass(60_001);
    expect(await run()).toMatchObject({ status: "succeeded" });
  });

  it("does not give a day's budget twice, over a restart neither", async () => {
    vi.setSystemTime(Date.UTC(2027, 0, 15, 20, 30));
    const resets = async () => Date.parse(String((await tenant.ask("GET /budgets"))["resets_at"]));
    const first = await resets();
    pass(HOUR_MS);
    const next = await resets();
    expect(next).toBe(first + 24 * HOUR_MS);
    pass(-HOUR_MS);
    expect(await resets()).toBe(next);
    await restartGuard();
    expect(await resets()).toBe(next);
  });

  it("lets a key in again that had ended too early", async () => {
    const { key } = await tenant.ask("POST /keys", { name: "x", expires_at: toIso(HOUR_MS / 2) });
    const holder = new Tenant(tenant.id, String(key));
    expect(await holder.ask("GET /keys")).toHaveProperty("keys");
    pass(HOUR_MS);
    expect(await holder.ask("GET /keys")).toMatchObject({ status: 401 });
    pass(-HOUR_MS);
    expect(await holder.ask("GET /keys")).toHaveProperty("keys");
  });
});

describe.each([
  ["ahead", HOUR_MS],
  ["behind", -HOUR_MS],
])("a clock that goes an hour %s", (_name, jump) => {
  it("does not make a repeat a second request, over a restart neither", async () => {
    await tenant.saveSkill("test/one", "  - id: a\n    http: { post: /one, connector: sink, body: {} }\n");
    const key = { "idempotency-key": "k" };
    const ask = async () => [
      await tenant.ask("POST /skills/test/one/run", {}, key),
      await tenant.ask("POST /users", { id: "boris", role: "member" }, key),
    ];
    const first = await ask();
    pass(jump);
    expect(await ask()).toEqual(first);
    for (const shard of [0, 1]) {
      await runInDurableObject(tenant.runner(shard), () => undefined);
      await evictDurableObject(tenant.runner(shard));
    }
    expect(await ask()).toEqual(first);
    expect(await visits()).toHaveLength(1);
  });

  it("refuses a revoked key all the same", async () => {
    const { key, id } = await tenant.ask("POST /keys", { name: "x" });
    const holder = new Tenant(tenant.id, String(key));
    expect(await holder.ask("GET /keys")).toHaveProperty("keys");
    await tenant.ask(`DELETE /keys/${String(id)}`);
    pass(jump);
    expect(await holder.ask("GET /keys")).toMatchObject({ status: 401 });
  });

  it("starts no slot of a schedule twice", async () => {
    await tenant.saveSkill("test/one", SET);
    const made = await tenant.ask("POST /schedules", { id: "s", skill: "test/one", cron: "0 * * * *" });
    pass(Date.parse(String(made["next_at"])) - Date.now() + 1_000);
    await tenant.ask("POST /schedules/tick", {});
    pass(jump);
    await tenant.ask("POST /schedules/tick", {});
    pass(-jump);
    await tenant.ask("POST /schedules/tick", {});
    const { runs } = (await tenant.ask("GET /runs")) as { runs: unknown[] };
    expect(runs).toHaveLength(jump > 0 ? 2 : 1);
  });
});
