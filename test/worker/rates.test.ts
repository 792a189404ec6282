// What an answer says of the windows it was counted in, and that a strict guard forgets no request when it is killed.
import { abortAllDurableObjects, evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant({ unlimited: false });
  await tenant.saveSkill("test/one", "  - id: a\n    set: { x: 1 }\n");
});

const run = (headers = {}) => tenant.send("POST /skills/test/one/run", {}, headers);

describe("a counted answer", () => {
  it("names every window, the tightest first, as the IETF draft writes them", async () => {
    await tenant.ask("PUT /limits", { requests: 10, window_seconds: 60 });
    await tenant.ask("PUT /limits", { per: "tenant", requests: 8, window_seconds: 60 });
    await tenant.ask("PUT /limits", { scope: "skill:test/one", requests: 2, window_seconds: 3_600 });
    const { headers } = await run();
    expect(headers.get("ratelimit-policy")).toBe(
      '"skill";q=2;w=3600, "tenant";q=8;w=60, "user";q=10;w=60, "user-skill";q=10;w=60',
    );
    expect(headers.get("ratelimit")).toMatch(/^"skill";r=1;t=3600, "tenant";r=7;t=60, "user";r=9;t=60, /);
    await run();
    const refused = await run();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("ratelimit")).toMatch(/^"skill";r=0;t=3[56]\d\d, /);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_500);
  });

  it("is one that was counted: not one that is looked up, replayed, or refused for another cause", async () => {
    await tenant.ask("PUT /limits", { requests: 10 });
    const keyed = { "idempotency-key": "one" };
    expect((await run(keyed)).headers.has("ratelimit")).toBe(true);
    expect((await run(keyed)).headers.has("ratelimit")).toBe(false);
    expect((await tenant.send("GET /budgets")).headers.has("ratelimit")).toBe(false);
    await tenant.ask("POST /pause", {});
    const paused = await run();
    expect([paused.status, paused.headers.has("ratelimit"), paused.headers.get("retry-after")]).toEqual([
      503,
      false,
      "60",
    ]);
  });
});

describe("a strict guard", () => {
  it.each([
    ["evicted", () => evictDurableObject(tenant.guard)],
    ["killed", () => abortAllDurableObjects()],
  ])("that is %s admits no more than its limit", async (_, stop) => {
    await tenant.ask("PUT /limits", { requests: 5, window_seconds: 3_600 });
    const codes: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const answers = await Promise.all([run(), run()]);
      codes.push(...answers.map(({ status }) => status));
      await stop();
    }
    expect(codes.filter((status) => status === 200)).toHaveLength(5);
    expect(codes.filter((status) => status === 429)).toHaveLength(3);
  });
});
