// Keys and users as their owners administer them: what a key reaches, when it ends, and that it ends everywhere.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import type { Principal } from "../../src/kernel/domain/principal.ts";
import { startTriggered } from "../../src/operations/triggers/start-triggered.ts";
import { aTenant, type Body, Tenant } from "./tenant.ts";

const SET = "  - id: a\n    set: { x: 1 }\n";
const HOUR_MS = 3_600_000;
const FORBIDDEN = { status: 403, code: "forbidden" };
const NOBODY = { status: 401, code: "unauthenticated" };

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const toIso = (ms: number) => new Date(Date.now() + ms).toISOString();

async function make(body: object, maker: Tenant = tenant): Promise<Tenant & { made: Body }> {
  const made = await maker.ask("POST /keys", { name: "test", ...body });
  if (typeof made["key"] !== "string") throw new Error(JSON.stringify(made));
  return Object.assign(new Tenant(tenant.id, made["key"]), { made });
}

async function list(asker: Tenant = tenant): Promise<readonly Body[]> {
  const { keys } = (await asker.ask("GET /keys")) as { keys: readonly Body[] };
  return keys;
}

describe("a key", () => {
  it("is shown once and kept nowhere", async () => {
    const { key, made } = await make({ scopes: ["read"] });
    expect(made).toMatchObject({ name: "test", user: "anna", scopes: ["read"], skills: null });
    expect(JSON.stringify(await list())).not.toContain(key);
    const rows = await env.DB.prepare("select * from api_keys").all();
    expect(JSON.stringify(rows.results)).not.toContain(key);
    const audit = await tenant.ask("GET /audit?action=key.add");
    expect(audit).toMatchObject({ entries: [{ target: made["id"], body: { scopes: ["read"] } }] });
    expect(JSON.stringify(audit)).not.toContain(key);
  });

  it("reaches what its scopes say and no further", async () => {
    const reader = await make({ scopes: ["read"] });
    expect(await reader.ask("GET /skills")).toMatchObject({ skills: [] });
    expect(await reader.ask("PUT /skills/test/one", "x")).toMatchObject(FORBIDDEN);
    expect(await reader.ask("POST /keys", { name: "more", scopes: ["read"] })).toMatchObject(FORBIDDEN);
  });

  it("makes none that may more, reaches more or lasts longer than itself", async () => {
    const maker = await make({ scopes: ["read", "run"], skills: ["travel/*"], expires_at: toIso(HOUR_MS) });
    const soon = { name: "x", expires_at: toIso(HOUR_MS / 2) };
    for (const beyond of [
      { ...soon, scopes: ["admin"] },
      { ...soon, scopes: ["read", "build"] },
      { ...soon, skills: ["*/*"] },
      { ...soon, skills: ["trav*/x"] },
      { name: "x" },
      { name: "x", expires_at: toIso(2 * HOUR_MS) },
    ])
      expect(await maker.ask("POST /keys", beyond)).toMatchObject({ status: 400, code: "bad_request" });
    expect(await maker.ask("POST /keys", { ...soon, user: "boris" })).toMatchObject(FORBIDDEN);
    const child = await make({ ...soon, skills: ["travel/find_*"] }, maker);
    expect(child.made).toMatchObject({ scopes: ["read", "run"], skills: ["travel/find_*"] });
    expect((await make(soon, maker)).made).toMatchObject({ skills: ["travel/*"] });
  });

  it("ends when it was said to", async () => {
    const key = await make({ expires_at: toIso(HOUR_MS) });
    expect(await key.ask("GET /keys")).toHaveProperty("keys");
    pass(HOUR_MS);
    expect(await key.ask("GET /keys")).toMatchObject(NOBODY);
  });

  it.each([
    [{}, "name"],
    [{ name: "" }, "name"],
    [{ name: "x", scopes: [] }, "scopes"],
    [{ name: "x", scopes: ["root"] }, "scopes"],
    [{ name: "x", skills: [] }, "skills"],
    [{ name: "x", skills: ["travel"] }, "skills"],
    [{ name: "x", skills: ["*a/b"] }, "skills"],
    [{ name: "x", skills: ["travel/**"] }, "skills"],
    [{ name: "x", expires_at: "tomorrow" }, "expires_at"],
    [{ name: "x", expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
    [{ name: "x", role: "owner" }, "role"],
  ])("is not made of %j", async (body, field) => {
    const refused = await tenant.ask("POST /keys", body);
    expect(refused).toMatchObject({ status: 400, code: "bad_request" });
    expect(JSON.stringify(refused)).toContain(field);
    expect(await list()).toHaveLength(1);
  });
});

describe("a key that was revoked", () => {
  it("is refused within 5 seconds, although this isolate has just seen it", async () => {
    const key = await make({});
    expect(await key.ask("GET /keys")).toHaveProperty("keys");
    expect(await tenant.ask(`DELETE /keys/${String(key.made["id"])}`)).toMatchObject({ revoked: true });
    pass(4_999);
    expect(await key.ask("GET /keys")).toMatchObject(NOBODY);
    expect(await list()).toHaveLength(1);
    const again = await tenant.ask(`DELETE /keys/${String(key.made["id"])}`);
    expect(again).toMatchObject({ status: 404, code: "not_found" });
    expect(await tenant.ask("GET /audit?action=key.revoke")).toMatchObject({ entries: [{ user: "anna" }] });
  });

  it("is one's own, or one asks as an owner: somebody else's is not there", async () => {
    const boris = await tenant.join("boris", "member");
    const mine = await make({ scopes: ["read"] });
    expect(await boris.ask(`DELETE /keys/${String(mine.made["id"])}`)).toMatchObject({ status: 404 });
    expect((await list(boris)).map(({ user }) => user)).toEqual(["boris"]);
    const his = await make({}, boris);
    expect(await tenant.ask(`DELETE /keys/${String(his.made["id"])}`)).toMatchObject({ revoked: true });
    const stranger = await aTenant();
    const theirs = await stranger.ask(`DELETE /keys/${String(mine.made["id"])}`);
    expect(theirs).toMatchObject({ status: 404, code: "not_found" });
  });

  it("is not a larger one of the same person, nor that of this computer", async () => {
    const small = await make({ scopes: ["read", "run"], skills: ["travel/*"] });
    const large = await make({});
    const id = String(large.made["id"]);
    expect(await small.ask(`DELETE /keys/${id}`)).toMatchObject(FORBIDDEN);
    expect(await small.ask(`POST /keys/${id}/rotate`, {})).toMatchObject(FORBIDDEN);
    const own = `DELETE /keys/${encodeURIComponent(`key_${tenant.key}`)}`;
    expect(await tenant.ask(own)).toMatchObject({ status: 409, code: "conflict" });
  });
});

describe("a key that is rotated", () => {
  it("has a successor that reaches the same, and goes on for the overlap only", async () => {
    const old = await make({ scopes: ["read", "run"], skills: ["travel/*"] });
    const route = `POST /keys/${String(old.made["id"])}/rotate`;
    const made = await tenant.ask(route, { overlap_seconds: 60 });
    expect(made).toMatchObject({ scopes: ["read", "run"], skills: ["travel/*"], user: "anna" });
    const next = new Tenant(tenant.id, String(made["key"]));
    pass(59_000);
    for (const key of [old, next]) expect(await key.ask("GET /keys")).toHaveProperty("keys");
    pass(6_000);
    expect(await old.ask("GET /keys")).toMatchObject(NOBODY);
    expect(await next.ask("GET /keys")).toHaveProperty("keys");
    expect(await tenant.ask("GET /audit?action=key.rotate")).toMatchObject({
      entries: [{ target: old.made["id"], body: { to: made["id"] } }],
    });
  });

  it("does not get more time by it than it had", async () => {
    const old = await make({ expires_at: toIso(60_000) });
    const made = await tenant.ask(`POST /keys/${String(old.made["id"])}/rotate`, { overlap_seconds: 600 });
    expect(made).toMatchObject({
      expires_at: old.made["expires_at"],
      old: { until: old.made["expires_at"] },
    });
    for (const overlap of [-1, 0.5, 10 ** 9])
      expect(
        await tenant.ask(`POST /keys/${String(old.made["id"])}/rotate`, { overlap_seconds: overlap }),
      ).toMatchObject({ status: 400 });
  });
});

describe("the last use of a key", () => {
  it("is told, and written once a minute at most", async () => {
    const key = await make({});
    const told = async () => (await list()).find(({ id }) => id === key.made["id"])?.["last_used_at"];
    expect(await told()).toBeNull();
    await key.ask("GET /keys");
    const first = await vi.waitUntil(told);
    for (let n = 0; n < 5; n += 1) {
      pass(6_000);
      await key.ask("GET /keys");
    }
    expect(await told()).toBe(first);
    pass(31_000);
    await key.ask("GET /keys");
    await vi.waitUntil(async () => (await told()) !== first);
  });
});

describe("a key of some skills", () => {
  let key: Tenant;
  beforeEach(async () => {
    await tenant.saveSkill("travel/find", SET);
    await tenant.saveSkill("shop/pay", SET);
    await tenant.saveSkill("travel/both", "  - id: a\n    skill: { run: shop/pay }\n");
    key = await make({ skills: ["travel/*"] });
  });

  it("neither runs nor sees another, in the words of one that does not exist", async () => {
    const { skills } = (await key.ask("GET /skills")) as { skills: readonly Body[] };
    expect(new Set(skills.map(({ id }) => id))).toEqual(new Set(["travel/both", "travel/find"]));
    expect(await key.ask("POST /skills/travel/find/run", {})).toMatchObject({ status: "succeeded" });
    const told = async (route: string, body?: object) => {
      const text = await (await key.send(route, body)).text();
      return text.replace(/"request_id":"[^"]*"/, "").replaceAll(/shop\/(pay|nay)/g, "shop/X");
    };
    for (const [route, body] of [
      ["GET /skills/shop/NAME", undefined],
      ["POST /skills/shop/NAME/run", {}],
      ["POST /skills/shop/NAME/test", {}],
      ["POST /skills/shop/NAME/deprecate", { reason: "x" }],
    ] as const) {
      const hidden = await told(route.replace("NAME", "pay"), body);
      expect(hidden).toContain('"status":404');
      expect(hidden).toBe(await told(route.replace("NAME", "nay"), body));
    }
    for (const [route, body] of [
      ["POST /run", { skill: "shop/pay" }],
      ["POST /webhooks", { id: "a", skill: "shop/pay", secret: "0123456789abcdef" }],
      ["POST /schedules", { id: "a", skill: "shop/pay", cron: "0 9 * * *" }],
      ["POST /feedback", { expected_skill_id: "shop/pay", query: "x" }],
    ] as const)
      expect(await key.ask(route, body)).toMatchObject({ status: 404, code: "not_found" });
    expect(JSON.stringify(await key.ask("GET /route?q=shop pay"))).not.toContain("shop/pay");
  });

  it("does not run it through another skill either", async () => {
    const refused = await key.ask("POST /skills/travel/both/run", {});
    expect(refused).toMatchObject(FORBIDDEN);
    expect(JSON.stringify(refused)).not.toContain("shop/pay");
    expect(await tenant.ask("POST /skills/travel/both/run", {})).toMatchObject({ status: "succeeded" });
  });

  it("sees no run of another", async () => {
    const { run_id } = (await tenant.ask("POST /skills/shop/pay/run", {})) as { run_id: string };
    expect(await key.ask(`GET /runs/${run_id}`)).toMatchObject({ status: 404, code: "not_found" });
    expect(await key.ask("GET /runs")).toMatchObject({ runs: [] });
    for (const route of [
      "GET /events",
      "GET /metrics",
      "GET /webhooks",
      "GET /schedules",
      "GET /audit",
      "GET /users",
    ])
      expect(await key.ask(route)).toMatchObject(FORBIDDEN);
  });

  it("finds its own behind many of another", async () => {
    const { run_id } = (await tenant.ask("POST /skills/travel/find/run", {})) as { run_id: string };
    for (let n = 0; n < 3; n += 1) await tenant.ask("POST /skills/shop/pay/run", {});
    expect(await key.ask("GET /runs?limit=1")).toMatchObject({ runs: [{ run_id }] });
  });

  it("changes no other", async () => {
    const text = `description: x\nsteps:\n${SET}`;
    expect(await key.ask("PUT /skills/shop/pay", text)).toMatchObject(FORBIDDEN);
    expect(await key.ask("PUT /skills/travel/find", text)).toMatchObject({ id: "travel/find" });
    const files = { files: [{ path: "shop/pay.yaml", text }] };
    expect(await key.ask("POST /registry/files", files)).toMatchObject(FORBIDDEN);
  });
});

describe("whoever is removed", () => {
  it("comes back with no token either, and with no larger role than the owners gave", async () => {
    await tenant.join("boris", "viewer");
    const toPrincipal = (user: string): Principal => ({
      tenant: tenant.id,
      user,
      role: "manager",
      scopes: ["read", "run", "build"],
      keyId: null,
      unlimited: false,
    });
    const ask = async (user: string, method: string, path: string) => {
      const app = createApp(toPlatform(env), { verify: async () => toPrincipal(user) });
      const headers = { authorization: "Bearer a.b.c" };
      return (await app.fetch(new Request(`https://skillos.test${path}`, { method, headers }))).status;
    };
    expect(await ask("boris", "GET", "/skills")).toBe(200);
    expect(await ask("boris", "PUT", "/skills/test/one")).toBe(403);
    expect(await ask("unknown", "PUT", "/skills/test/one")).toBe(400);
    await tenant.ask("DELETE /users/boris");
    pass(4_999);
    expect(await ask("boris", "GET", "/skills")).toBe(401);
  });

  it("starts nothing by what he had set up", async () => {
    await tenant.saveSkill("test/one", SET);
    const boris = await tenant.join("boris", "manager");
    const hook = { id: "hook", skill: "test/one", secret: "0123456789abcdef" };
    expect(await boris.ask("POST /webhooks", hook)).toMatchObject({ id: "hook" });
    await tenant.ask("DELETE /users/boris");
    pass(4_999);
    const outcome = await startTriggered(toPlatform(env), {
      requestId: "q_1",
      channel: "webhook",
      tenant: tenant.id,
      user: "boris",
      role: "manager",
      keyId: null,
      skill: "test/one",
      payload: {},
      givenBy: [],
      key: "k",
      ttlMs: HOUR_MS,
      maxRetries: 0,
      waitMs: 0,
      told: [],
    });
    expect(outcome).toMatchObject({ refusal: { reason: "forbidden" } });
    expect(await tenant.ask("GET /runs")).toMatchObject({ runs: [] });
  });
});

describe("a user", () => {
  it("joins, gets a key from an owner, another role, and is removed: the key goes with him", async () => {
    // What he is refused is counted by the minute, and stands in the audit when that is over: this one lasts.
    vi.setSystemTime(Math.ceil(Date.now() / 60_000) * 60_000);
    expect(await tenant.ask("POST /users", { id: "boris", name: "Б", role: "member" })).toMatchObject({
      id: "boris",
      role: "member",
    });
    const boris = await make({ user: "boris" });
    expect(boris.made).toMatchObject({ user: "boris", role: "member", scopes: ["read", "run"] });
    const text = `description: x\nsteps:\n${SET}`;
    expect(await boris.ask("PUT /skills/test/one", text)).toMatchObject(FORBIDDEN);
    expect(await tenant.ask("PUT /users/boris", { role: "viewer" })).toMatchObject({ role: "viewer" });
    expect((await list()).find(({ user }) => user === "boris")).toMatchObject({ role: "viewer" });
    expect(await tenant.ask("DELETE /users/boris")).toMatchObject({ removed: true });
    pass(4_999);
    expect(await boris.ask("GET /keys")).toMatchObject(NOBODY);
    expect(await tenant.ask("GET /users")).toMatchObject({ users: [{ id: "anna" }] });
    expect(await tenant.ask("POST /keys", { name: "x", user: "boris" })).toMatchObject({ status: 404 });
    const { entries } = (await tenant.ask("GET /audit")) as { entries: readonly Body[] };
    expect(entries.map(({ action }) => action)).toEqual([
      "user.add",
      "key.add",
      "user.change",
      "user.remove",
    ]);
  });

  it("whose address is changed stands in the audit with that, and with no address", async () => {
    await tenant.ask("POST /users", { id: "boris", role: "member" });
    const put = (body: object) => tenant.ask("PUT /users/boris", body);
    expect(await put({ email: "b@oysters.example" })).toMatchObject({
      role: "member",
      email: "b@oysters.example",
    });
    await put({ role: "owner", email: "c@oysters.example" });
    expect(await put({ email: "" })).not.toHaveProperty("email");
    const audit = await tenant.ask("GET /audit?action=user.change");
    expect(audit).toMatchObject({
      entries: [
        { target: "boris", body: { email: "set" } },
        { target: "boris", body: { role: { from: "member", to: "owner" }, email: "changed" } },
        { target: "boris", body: { email: "removed" } },
      ],
    });
    expect(JSON.stringify(audit)).not.toContain("oysters.example");
  });

  it("who is removed and comes back does not get the old key back", async () => {
    const boris = await tenant.join("boris", "member");
    await tenant.ask("DELETE /users/boris");
    expect(await tenant.ask("POST /users", { id: "boris", role: "member" })).toMatchObject({ id: "boris" });
    pass(4_999);
    expect(await boris.ask("GET /keys")).toMatchObject(NOBODY);
  });

  it("is never the last owner to go", async () => {
    const last = { status: 409, code: "conflict" };
    expect(await tenant.ask("DELETE /users/anna")).toMatchObject(last);
    expect(await tenant.ask("PUT /users/anna", { role: "member" })).toMatchObject(last);
    expect(await tenant.ask("POST /users", { id: "olga", role: "owner" })).toMatchObject({ role: "owner" });
    expect(await tenant.ask("PUT /users/anna", { role: "owner" })).toMatchObject({ role: "owner" });
    expect(await tenant.ask("DELETE /users/olga")).toMatchObject({ removed: true });
  });

  it("is not the one whose computer this is: the commands would be left without their key", async () => {
    const owner = await tenant.join("olga", "owner");
    expect(await owner.ask("DELETE /users/anna")).toMatchObject({ status: 409, code: "conflict" });
    expect(await tenant.ask("GET /users")).toMatchObject({ users: [{ id: "anna" }, { id: "olga" }] });
  });

  it("is administered by owners only, and named so that rows and paths hold it", async () => {
    const manager = await tenant.join("maria", "manager");
    for (const route of ["GET /users", "DELETE /users/anna"])
      expect(await manager.ask(route)).toMatchObject(FORBIDDEN);
    expect(await manager.ask("POST /users", { id: "x", role: "owner" })).toMatchObject(FORBIDDEN);
    for (const body of [
      { id: "a b", role: "member" },
      { id: "a/b", role: "member" },
      { id: "", role: "member" },
      { id: "a", role: "king" },
      { id: "a" },
    ])
      expect(await tenant.ask("POST /users", body)).toMatchObject({ status: 400, code: "bad_request" });
    expect(await tenant.ask("POST /users", { id: "maria", role: "owner" })).toMatchObject({ status: 409 });
    expect(await tenant.ask("PUT /users/nobody", { role: "owner" })).toMatchObject({ status: 404 });
  });
});
