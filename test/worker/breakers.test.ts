// A service that keeps failing is left alone: by the run that sees it, by those that come after, until it is tried again or reset.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, release, type Tenant, until, visits } from "./tenant.ts";

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

  it("stays left alone when the guard is restarted, and is shown, told and noted", async () => {
    await breakIt();
    await evictDurableObject(tenant.guard);
    expect(await breakers()).toMatchObject([
      {
        ...{ host: HOST, state: "open", why: "failures", until: expect.any(String) },
        at_opening: { calls: 21, failed: 21, slow: 0 },
      },
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

it.each(["http://SINK.example/fine", "sink.example:443"])(
  "%s is the service that was meant",
  async (host) => {
    await breakIt();
    expect(await tenant.ask("POST /breakers/reset", { host })).toEqual({
      host: HOST,
      state: "closed",
      was: "open",
    });
  },
);

it("a service that was never left alone has nothing to reset, and one with a slip is told", async () => {
  await breakIt();
  expect(await tenant.ask("POST /breakers/reset", { host: "other.example" })).toMatchObject({
    code: "not_found",
    detail: expect.stringContaining("nothing to reset"),
    fix: expect.stringContaining("skillos breakers"),
  });
  expect(await tenant.ask("POST /breakers/reset", { host: "sinc.example" })).toMatchObject({
    code: "not_found",
    fix: expect.stringContaining(HOST),
  });
});

describe("a service whose time is over", () => {
  /** Half open, without waiting for it. */
  const passTime = async () => {
    await runInDurableObject(tenant.guard, (_, { storage }) => {
      storage.sql.exec("update breakers set opening = json_set(opening, '$.until', 1, '$.at', 0)");
    });
    await evictDurableObject(tenant.guard);
    // Runners forget what they saw themselves.
    await tenant.ask("PUT /limits", { requests: 1_000 });
  };

  it("is not kept closed by runs that name it and never call it", async () => {
    await tenant.saveSkill(
      "test/idle",
      '  - id: one\n    if: "1 > 2"\n    http: { get: /fine, connector: sink }\n',
    );
    await breakIt();
    await passTime();
    const idle = tenant.ask("POST /skills/test/idle/run", {});
    expect(await idle).toMatchObject({ status: "succeeded" });
    // The one that would have been the probe has not called: the next one does, and it is in use again.
    expect(await run("fine")).toMatchObject({ status: "succeeded" });
    expect(await breakers()).toMatchObject([{ host: HOST, state: "closed" }]);
  });

  it("is tried by one run at a time, and what that finds holds for all", async () => {
    await tenant.saveSkill("test/held", "  - id: one\n    http: { get: /hold, connector: sink }\n");
    await breakIt();
    const before = (await visits()).length;
    await passTime();
    const trying = run("held");
    await until(async () => (await visits()).length === before + 1);
    expect(await run("fine")).toMatchObject({ status: 503, code: "breaker_open" });
    await release();
    expect(await trying).toMatchObject({ status: "succeeded" });
    await breakers();
    expect(await run("fine")).toMatchObject({ status: "succeeded" });
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
