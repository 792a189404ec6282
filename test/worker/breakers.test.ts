// A service that keeps failing is left alone: by the run that sees it, by those that come after, until it is tried again or reset.
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, release, type Tenant, visits } from "./tenant.ts";

const HOST = "sink.example";
let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/broken", "  - id: one\n    http: { get: /status/500, connector: sink }\n");
  await tenant.saveSkill("test/wrong", "  - id: one\n    http: { get: /status/404, connector: sink }\n");
  await tenant.saveSkill("test/fine", "  - id: one\n    http: { get: /fine, connector: sink }\n");
  await tenant.saveSkill("test/other", "  - id: one\n    http: { get: https://other.example/x }\n");
});

const run = (skill: string, more = {}) => tenant.ask(`POST /skills/test/${skill}/run`, more);
const breakers = async () => (await tenant.ask("GET /breakers"))["breakers"] as Body[];

/** Three tries each. */
async function breakIt(): Promise<void> {
  for (let n = 0; n < 7; n += 1) await run("broken");
  await tenant.ask("GET /breakers");
}

describe("a service that fails", () => {
  it("is called no more from its twentieth failure on, by the run that meets it", async () => {
    const step = (n: number) =>
      `  - id: s${n}\n    http: { get: /status/500, connector: sink }\n    on_error: continue\n`;
    await tenant.saveSkill("test/stubborn", Array.from({ length: 9 }, (_, n) => step(n)).join(""));
    await run("stubborn");
    expect(await visits()).toHaveLength(20);
  });

  it("is refused at the next admission, with when to come again; others are not", async () => {
    await breakIt();
    const before = (await visits()).length;
    const refused = await tenant.send("POST /skills/test/fine/run", {});
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(25);
    const body: Body = await refused.json();
    expect(body).toMatchObject({ code: "breaker_open", host: HOST, why: "failures", retryable: true });
    expect(String(body["fix"])).toContain(`skillos breakers reset ${HOST}`);
    expect(await visits()).toHaveLength(before);
    expect(await run("other")).toMatchObject({ status: "succeeded" });
    const stranger = await aTenant();
    await stranger.saveSkill("test/fine", "  - id: one\n    http: { get: /fine, connector: sink }\n");
    expect(await stranger.ask("POST /skills/test/fine/run", {})).toMatchObject({ status: "succeeded" });
  });

  it("stays closed off when the guard is restarted, and is shown, told and noted", async () => {
    await breakIt();
    await evictDurableObject(tenant.guard);
    expect(await breakers()).toMatchObject([
      { host: HOST, state: "open", why: "failures", until: expect.any(String) },
    ]);
    const { events } = await tenant.ask("GET /events");
    expect(events).toContainEqual(expect.objectContaining({ event: "breaker_opened", host: HOST }));
    const { entries } = await tenant.ask("GET /audit?action=breaker.open");
    expect(entries).toMatchObject([{ target: HOST, body: { why: "failures" } }]);
  });

  it("is used again when somebody resets it, at once and by runners that saw it fail", async () => {
    await breakIt();
    expect(await tenant.ask("POST /breakers/reset", { host: HOST })).toEqual({
      host: HOST,
      state: "closed",
      was: "open",
    });
    expect(await run("fine")).toMatchObject({ status: "succeeded" });
    expect(await run("fine")).toMatchObject({ status: "succeeded" });
    const { entries } = await tenant.ask("GET /audit?action=breaker.reset");
    expect(entries).toMatchObject([{ target: HOST, body: { was: "open" } }]);
  });
});

it("a service that says no is not one that fails", async () => {
  for (let n = 0; n < 25; n += 1) await run("wrong");
  expect(await breakers()).toMatchObject([
    { host: HOST, state: "closed", last_minute: { calls: 25, failed: 0 } },
  ]);
  expect(await run("fine")).toMatchObject({ status: "succeeded" });
});

it("nobody resets what there is not", async () => {
  await run("fine");
  expect(await tenant.ask("POST /breakers/reset", { host: "sink.exampel" })).toMatchObject({
    status: 404,
    code: "not_found",
    suggestion: HOST,
  });
  const viewer = await tenant.join("vera", "viewer");
  expect(await viewer.ask("POST /breakers/reset", { host: HOST })).toMatchObject({ status: 403 });
  await release();
});
