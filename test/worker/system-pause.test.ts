// The operator's switch over all tenants: effective at each tenant's very next admission, of one that is made meanwhile too.
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sha256 } from "../../src/kernel/domain/hash.ts";
import { aTenant, release, Tenant, until, visits } from "./tenant.ts";

const OPERATOR = "sk_operator_of_all";
const operator = new Tenant("ten_local", OPERATOR);
let tenant: Tenant;
beforeEach(async () => {
  await env.DB.batch([
    env.DB.prepare("insert or ignore into tenants (id, name, created_at) values ('ten_local', 'local', 0)"),
    env.DB.prepare(
      `insert or ignore into api_keys (hash, id, tenant, user, role, scopes, unlimited, created_at)
       values (?, 'key_operator', 'ten_local', 'owner', 'owner', '["read","run","build","admin"]', 0, 0)`,
    ).bind(sha256(OPERATOR)),
  ]);
  tenant = await aTenant();
  await tenant.saveSkill("test/one", SKILL);
});
afterEach(async () => void (await operator.ask("POST /system/resume", {})));

const SKILL = "  - id: a\n    set: { x: 1 }\n";
const HELD = `  - id: first
    http: { post: /first, connector: sink, body: {} }
  - id: look
    http: { get: /hold, connector: sink }
  - id: second
    http: { post: /second, connector: sink, body: {} }
`;
const run = (who = tenant) => who.ask("POST /skills/test/one/run", {});

it("stops every tenant at once, also one that is made meanwhile, until it is taken back", async () => {
  expect(await run()).toMatchObject({ status: "succeeded" });
  expect(await operator.ask("POST /system/pause", {})).toMatchObject({ paused: true, running: 0 });
  expect(await run()).toMatchObject({ status: 503, code: "paused", payer: "all" });
  expect(await tenant.send("POST /skills/test/one/run", { async: true })).toMatchObject({ status: 503 });
  await evictDurableObject(tenant.guard);
  // A tenant may not take it back for itself.
  await tenant.ask("POST /resume", {});
  expect(await run()).toMatchObject({ status: 503, payer: "all" });

  const made = await operator.ask("POST /tenants", { name: "late" });
  const late = new Tenant(made["tenant"] as Tenant["id"], String(made["api_key"]));
  await late.saveSkill("test/one", SKILL);
  expect(await run(late)).toMatchObject({ status: 503, payer: "all" });

  expect(await operator.ask("POST /system/resume", {})).toMatchObject({ paused: false, since: null });
  expect(await run()).toMatchObject({ status: "succeeded" });
  expect(await run(late)).toMatchObject({ status: "succeeded" });
});

it("a tenant's day and month start again at midnight in its own zone", async () => {
  const made = await operator.ask("POST /tenants", { name: "east", time_zone: "Asia/Tokyo" });
  const east = new Tenant(made["tenant"] as Tenant["id"], String(made["api_key"]));
  const told = await east.ask("GET /budgets");
  expect(told).toMatchObject({ time_zone: "Asia/Tokyo" });
  expect(told["resets_at"]).toMatch(/T15:00:00/);
  await evictDurableObject(east.guard);
  expect(await east.ask("GET /budgets")).toEqual(told);
});

it.each([
  { letEnd: true, ends: { status: "succeeded" }, sent: ["/first", "/second"] },
  { letEnd: false, ends: { status: "failed", problem: { code: "paused" } }, sent: ["/first"] },
])("lets a run under way end where it lets them, and stops it at once otherwise: %o", async (told) => {
  const { letEnd, ends, sent } = told;
  await tenant.saveSkill("test/held", HELD);
  const running = tenant.ask("POST /skills/test/held/run", {});
  await until(async () => (await visits()).some(({ url }) => url.endsWith("/hold")));
  expect(await operator.ask("POST /system/pause", { let_end: letEnd })).toMatchObject({
    let_end: letEnd,
    running: 1,
  });
  expect(await run()).toMatchObject({ status: 503, payer: letEnd ? "letting_end" : "all" });
  await release();
  expect(await running).toMatchObject(ends);
  const posts = (await visits()).filter(({ method }) => method === "POST");
  expect(posts.map(({ url }) => new URL(url).pathname)).toEqual(sent);
});

it("leaves the pauses that tenants set themselves", async () => {
  await tenant.ask("POST /pause", {});
  await operator.ask("POST /system/pause", {});
  await operator.ask("POST /system/resume", {});
  expect(await run()).toMatchObject({ status: 503, payer: "tenant" });
});

it.each(["POST /system/pause", "POST /system/resume", "GET /system"])(
  "%s is the operator's alone",
  async (route) => {
    const body = route.startsWith("GET") ? undefined : {};
    expect(await tenant.ask(route, body)).toMatchObject({ status: 403, code: "forbidden" });
    expect(await run()).toMatchObject({ status: "succeeded" });
  },
);
