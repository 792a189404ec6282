// A part that is reset or overloaded: whoever asks hears to come again, and no mistake of ours is reported.
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import { toDatabaseFault } from "../../src/storage/d1/away.ts";
import { aTenant } from "./tenant.ts";

const away = () => Promise.reject(new Error("Network connection lost."));
// Stubs of an object that is away: whatever is asked of them fails.
const AWAY = {
  getByName: () => new Proxy({}, { get: (_, name) => (name === "then" ? undefined : away) }),
} as unknown as DurableObjectNamespace<never>;

it.each([
  ["the guard", "GET /skills", { GUARD: AWAY }],
  ["the guard", "GET /budgets", { GUARD: AWAY }],
  ["the store", "GET /data", { STORE: AWAY }],
  ["the runner", "GET /runs", { RUNNER: AWAY }],
])("%s away is 503 for %s", async (what, route, parts) => {
  const tenant = await aTenant();
  const [method = "GET", path = "/"] = route.split(" ");
  const app = createApp(toPlatform({ ...env, ...parts }), { verify: async () => null });
  const headers = { authorization: `Bearer ${tenant.key}` };
  const answer = await app.fetch(new Request(`https://skillos.test${path}`, { method, headers }));
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    code: "unavailable",
    retryable: true,
    title: `${what} is not available now`,
  });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});

it("what keeps the routing indexes away: sentences are still understood", async () => {
  const tenant = await aTenant();
  await tenant.saveSkill("test/greet", "  - { id: one, set: { done: true } }\n", "tags: [guests]\n");
  const BLOBS = new Proxy({}, { get: () => away }) as unknown as R2Bucket;
  const app = createApp(toPlatform({ ...env, BLOBS }), { verify: async () => null });
  const headers = { authorization: `Bearer ${tenant.key}` };
  const answer = await app.fetch(new Request("https://skillos.test/route?q=greet+guests", { headers }));
  expect(await answer.json()).toMatchObject({ candidates: [{ skill: "test/greet" }] });
});

/** Whatever is asked of the database fails as it fails when it is away. */
const DOWN = {
  prepare: () => {
    const statement: unknown = new Proxy(
      {},
      { get: (_, name) => (name === "bind" ? () => statement : () => Promise.reject(LOST)) },
    );
    return statement;
  },
  batch: () => Promise.reject(LOST),
} as unknown as D1Database;
const LOST = new Error("D1_ERROR: Network connection lost.");

describe("the database away", () => {
  it.each([
    ["GET /skills", undefined],
    ["GET /keys", undefined],
    ["POST /run", { query: "x" }],
    ["POST /users", { id: "boris", role: "member" }],
    ["PUT /budgets", { scope: "tenant", daily_usd: 1 }],
    ["GET /audit", undefined],
  ])("is 503 for %s, neither a 401 nor a fault of ours", async (route, body) => {
    const tenant = await aTenant();
    const [method = "GET", path = "/"] = route.split(" ");
    const app = createApp(toPlatform({ ...env, DB: DOWN }), { verify: async () => null });
    const headers = { authorization: `Bearer ${tenant.key}`, "accept-language": "ru" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await app.fetch(new Request(`https://skillos.test${path}`, init));
    expect(await answer.json()).toMatchObject({
      status: 503,
      code: "unavailable",
      retryable: true,
      title: "база данных: сейчас недоступно",
    });
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(await tenant.ask("GET /users")).toMatchObject({ users: [{ id: "anna" }] });
  });

  it("in the middle of a change under a key lets the same request finish it", async () => {
    const tenant = await aTenant();
    const headers = { "idempotency-key": "k" };
    const good = toPlatform(env);
    const users = { ...good.users, find: good.users.find, add: () => Promise.reject(LOST) };
    const app = createApp({ ...good, users }, { verify: async () => null });
    const body = { id: "boris", role: "member" };
    const asked = new Request("https://skillos.test/users", {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.key}`, ...headers },
      body: JSON.stringify(body),
    });
    const answer = await app.fetch(asked);
    expect(await answer.json()).toMatchObject({
      status: 503,
      detail: expect.stringContaining("may have been done"),
      fix: expect.stringContaining("Idempotency-Key"),
    });
    const other = await tenant.ask("POST /users", { ...body, role: "viewer" }, headers);
    expect(other).toMatchObject({ code: "idempotency_mismatch" });
    expect(await tenant.ask("POST /users", body, headers)).toMatchObject({ id: "boris" });
  });

  it("lets health be asked, and hides no mistake in a statement of ours", async () => {
    const app = createApp(toPlatform({ ...env, DB: DOWN }), { verify: async () => null });
    expect((await app.fetch(new Request("https://skillos.test/health"))).status).toBe(200);
    expect(toDatabaseFault(new Error("D1_ERROR: no such column: x: SQLITE_ERROR"))).toBeNull();
    expect(toDatabaseFault(new Error("Network connection lost."))).toBeNull();
  });
});

describe("a query", () => {
  const ask = async (query: unknown) => {
    const tenant = await aTenant();
    return tenant.ask("POST /run", { query });
  };

  it("that is empty, or blank, finds nothing and asks what to do", async () => {
    for (const query of ["", "   "]) {
      const told = await ask(query);
      expect(told).toMatchObject({ status: expect.anything() });
      expect(JSON.stringify(told)).toMatch(/no_skill_found|bad_request/);
    }
  });

  it("of a few thousand characters is read; a longer one is refused with its limit", async () => {
    expect(await ask("слово ".repeat(300))).toMatchObject({ status: "no_skill_found" });
    expect(await ask("я".repeat(20_001))).toMatchObject({
      status: 400,
      code: "bad_request",
      detail: expect.stringContaining("20000"),
    });
  });
});
