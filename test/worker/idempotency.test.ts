// One key is one request of one user: whatever changes its meaning makes it another, and another is refused.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Tenant, visits } from "./tenant.ts";

const POST = "  - id: one\n    http: { post: /one, connector: sink, body: {} }\n";
const KEY = { "idempotency-key": "k" };

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/one", POST);
  await tenant.saveSkill("test/two", POST, "tags: [two]\n");
  await tenant.ask("POST /skills/test/one/run", {}, KEY);
});

const MISMATCH = { status: 422, code: "idempotency_mismatch" };

describe("a key that was used", () => {
  it.each([
    ["on another skill", "POST /skills/test/two/run", {}, {}],
    ["on another route", "POST /run", { skill: "test/one" }, {}],
    ["with another query", "POST /skills/test/one/run?query=x", {}, {}],
    ["with another body", "POST /skills/test/one/run", { debug: true }, {}],
    ["in a smaller role", "POST /skills/test/one/run", {}, { "x-skillos-role": "member" }],
  ])("is refused %s", async (...[, route, body, headers]) => {
    expect(await tenant.ask(route, body, { ...KEY, ...headers })).toMatchObject(MISMATCH);
    expect(await visits()).toHaveLength(1);
  });

  it("is named as it was sent, with the run that has it and how to go on", async () => {
    const told = await tenant.ask("POST /skills/test/two/run", {}, KEY);
    expect(told).toMatchObject({
      detail: expect.stringMatching(/^Idempotency-Key "k" came before, with run r-[0-9a-z]{6}; /),
      fix: expect.stringMatching(/a new key.*`skillos runs r-[0-9a-z]{6}`/),
      key: "k",
    });
    expect(JSON.stringify(told)).not.toMatch(/[0-9a-f]{64}/);
  });

  it("answers the same to the same request, and is another user's own", async () => {
    expect(await tenant.ask("POST /skills/test/one/run", {}, KEY)).toMatchObject({ status: "succeeded" });
    expect(await visits()).toHaveLength(1);
    const other = await tenant.join("boris", "member");
    expect(await other.ask("POST /skills/test/one/run", {}, KEY)).toMatchObject({ status: "succeeded" });
    expect(await visits()).toHaveLength(2);
  });
});

describe("a key whose time is over", () => {
  const SHARDS = [0, 1];
  const ask = () => tenant.ask("POST /skills/test/gone/run", {}, { "idempotency-key": "waits" });
  const letKeysExpire = async () => {
    for (const shard of SHARDS) {
      await runInDurableObject(tenant.runner(shard), (_, { storage }) => {
        storage.sql.exec("update keys set expires_at = 1");
        return storage.setAlarm(Date.now() + 60_000);
      });
      await runDurableObjectAlarm(tenant.runner(shard));
    }
  };

  it("still is its run's while that waits, and for its time after that", async () => {
    await tenant.store.importTable("quotes", [{ id: 1 }], "own");
    await tenant.saveSkill("test/gone", "  - id: gone\n    sql: delete from quotes\n");
    const waiting = await ask();
    expect(waiting).toMatchObject({ status: "waiting" });
    await letKeysExpire();
    const { run_id } = waiting;
    expect(await ask()).toMatchObject({ run_id, status: "waiting" });
    expect(await tenant.ask("GET /runs?status=waiting")).toMatchObject({ runs: [{ run_id }] });
    await tenant.ask(`POST /approvals/${String(run_id).replace("run_", "apr_")}`, { decision: "approve" });
    expect(await ask()).toMatchObject({ run_id, status: "succeeded" });
    await letKeysExpire();
    expect(await ask()).not.toMatchObject({ run_id });
  });
});
