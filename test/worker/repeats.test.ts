// A POST that starts no run, sent again under its Idempotency-Key.
import { env, exports } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { toPlatform } from "../../src/compose/compose.ts";
import { createApp } from "../../src/channels/http/app.ts";
import { OPERATIONS } from "../../src/operations/index.ts";
import { aTenant, Tenant, until, visits } from "./tenant.ts";

const KEY = { "idempotency-key": "k" };
const SHARDS = [0, 1];

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

async function told(route: string, body: object | string, headers: Record<string, string> = KEY) {
  const answer = await tenant.send(route, body, headers);
  const isRepeat = answer.headers.get("idempotency-replayed") === "true";
  const about = ["content-type", "location", "retry-after"].map((name) => answer.headers.get(name));
  return { status: answer.status, text: await answer.text(), about, isRepeat };
}

/** What the objects had in memory is gone. */
async function restart(): Promise<void> {
  for (const shard of SHARDS) {
    await runInDurableObject(tenant.runner(shard), () => undefined);
    await evictDurableObject(tenant.runner(shard));
  }
}

const users = async () => {
  const { users: list } = (await tenant.ask("GET /users")) as { users: { id: string }[] };
  return list.map(({ id }) => id);
};

describe("another key of the same user", () => {
  const make = async (body: object): Promise<Tenant> => {
    const made = await tenant.ask("POST /keys", { name: "another", ...body });
    return new Tenant(tenant.id, String(made["key"]));
  };

  it.each([{ skills: ["x/*"] }, { scopes: ["read", "run"] }])(
    "that reaches less is not told what a larger one was: %j",
    async (less) => {
      await tenant.saveSkill("x/first", "  - id: a\n    set: { x: 1 }\n");
      const [large, small] = [await make({}), await make(less)];
      for (const [route, body] of [
        ["POST /eval", { expression: "1 + 1" }],
        ["POST /skills/x/first/run", {}],
      ] as const) {
        expect((await large.send(route, body, KEY)).status).toBe(200);
        expect((await large.send(route, body, KEY)).headers.get("idempotency-replayed")).toBe("true");
        expect(await small.ask(route, body, KEY)).toMatchObject({
          status: 422,
          code: "idempotency_mismatch",
        });
      }
    },
  );

  it("that reaches as far gets the same answer", async () => {
    const body = { expression: "1 + 1" };
    const [one, other] = [await make({ skills: ["x/*", "y/*"] }), await make({ skills: ["y/*", "x/*"] })];
    const first = await (await one.send("POST /eval", body, KEY)).text();
    const again = await other.send("POST /eval", body, KEY);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toBe(first);
  });
});

describe("the same request under the same key", () => {
  it.each([
    ["POST /users", { id: "boris", role: "member" }],
    ["POST /pause", { scope: "user:anna" }],
    ["POST /data/notes", [{ a: 1 }]],
    ["POST /attachments", "hello"],
    ["POST /eval", { expression: "1 + 1" }],
  ])("%s gets the same bytes and does nothing", async (route, body) => {
    const first = await told(route, body);
    expect(first).toMatchObject({
      status: expect.toSatisfy((status: number) => status < 300),
      isRepeat: false,
    });
    expect(await told(route, body)).toEqual({ ...first, isRepeat: true });
  });

  it("changes nothing a second time, even when things have changed meanwhile", async () => {
    const body = { id: "boris", role: "member" };
    await told("POST /users", body);
    await tenant.ask("DELETE /users/boris");
    expect(await told("POST /users", body)).toMatchObject({ status: 201, isRepeat: true });
    expect(await users()).not.toContain("boris");
  });

  it("gets the same after a restart", async () => {
    const first = await told("POST /users", { id: "boris", role: "member" });
    await restart();
    expect(await told("POST /users", { id: "boris", role: "member" })).toEqual({ ...first, isRepeat: true });
  });

  it("is done once of many at once: the others hear its answer or are told to come again", async () => {
    const body = { id: "boris", role: "member" };
    const all = await Promise.all(Array.from({ length: 30 }, () => told("POST /users", body)));
    expect(all.filter(({ status, isRepeat }) => status === 201 && !isRepeat)).toHaveLength(1);
    for (const one of all.filter(({ status }) => status !== 201))
      expect(one).toMatchObject({ status: 409, text: expect.stringContaining('"in_progress"') });
    for (const { status, about } of all) expect(about[2]).toBe(status === 409 ? "1" : null);
  });
});

describe("a key", () => {
  it("is refused for another body or query, and is another user's or operation's own", async () => {
    await told("POST /users", { id: "boris", role: "member" });
    const mismatch = { status: 422, code: "idempotency_mismatch", key: "k" };
    const send = (body: object, more = {}, query = "") =>
      tenant.ask(`POST /users${query}`, body, { ...KEY, ...more });
    expect(await send({ id: "boris", role: "viewer" })).toMatchObject(mismatch);
    expect(await send({ id: "boris", role: "member" }, {}, "?name=x")).toMatchObject(mismatch);
    expect(await told("POST /pause", { scope: "user:boris" })).toMatchObject({
      status: 200,
      isRepeat: false,
    });
    const clara = await tenant.join("clara", "owner");
    expect(await clara.ask("POST /users", { id: "boris", role: "member" }, KEY)).toMatchObject({
      status: 409,
      code: "conflict",
    });
  });

  it("is refused for other bytes that are no text", async () => {
    const send = async (byte: number) => {
      const answer = await exports.default.fetch("https://skillos.test/attachments?filename=a.bin", {
        method: "POST",
        headers: { authorization: `Bearer ${tenant.key}`, ...KEY },
        body: new Uint8Array([0xff, byte]),
      });
      return answer.status;
    };
    expect([await send(0xfe), await send(0xfe), await send(0xfd)]).toEqual([201, 201, 422]);
  });

  it("is another tenant's own", async () => {
    await told("POST /users", { id: "boris", role: "member" });
    const stranger = await aTenant();
    expect(await stranger.ask("POST /users", { id: "eve", role: "viewer" }, KEY)).toMatchObject({
      id: "eve",
    });
  });

  it("is free again where nothing was done", async () => {
    expect(await told("POST /users", { id: "anna", role: "member" })).toMatchObject({ status: 409 });
    expect(await told("POST /users", { id: "boris", role: "member" })).toMatchObject({ status: 201 });
  });

  it("is free again where we failed", async () => {
    const broken = { ...toPlatform(env) };
    const users = {
      ...broken.users,
      add: () => Promise.reject(new Error("D1_ERROR: Network connection lost.")),
    };
    const app = createApp({ ...broken, users }, { verify: async () => null });
    const headers = { authorization: `Bearer ${tenant.key}`, ...KEY };
    const body = JSON.stringify({ id: "boris", role: "member" });
    const failed = await app.fetch(new Request("https://x.test/users", { method: "POST", headers, body }));
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect(await told("POST /users", JSON.parse(body))).toMatchObject({ status: 201, isRepeat: false });
  });

  it.each(["", "x".repeat(1_001)])("of no sensible length is refused", async (key) => {
    const refused = await tenant.ask("POST /users", { id: "b", role: "member" }, { "idempotency-key": key });
    expect(refused).toMatchObject({ status: 400, code: "bad_request", field: "Idempotency-Key" });
    expect(await users()).toEqual(["anna"]);
  });

  it("says nothing of what is not a POST", async () => {
    await tenant.ask("POST /users", { id: "boris", role: "member" });
    for (const role of ["viewer", "manager"])
      expect(await tenant.ask("PUT /users/boris", { role }, KEY)).toMatchObject({ role });
  });

  it("is forgotten when its time is over", async () => {
    await told("POST /eval", { expression: "1" });
    for (const shard of SHARDS) {
      await runInDurableObject(tenant.runner(shard), (_, { storage }) => {
        storage.sql.exec("update replies set expires_at = 1");
        return storage.setAlarm(Date.now() + 60_000);
      });
      await runDurableObjectAlarm(tenant.runner(shard));
      const rows = await runInDurableObject(tenant.runner(shard), (_, { storage }) =>
        storage.sql.exec("select key from replies").toArray(),
      );
      expect(rows).toEqual([]);
    }
    expect(await told("POST /eval", { expression: "2" })).toMatchObject({ status: 200, isRepeat: false });
  });
});

describe("a secret that is shown once", () => {
  const SHOWN_ONCE = { status: 409, code: "shown_once" };
  const keys = async () => ((await tenant.ask("GET /keys")) as { keys: unknown[] }).keys.length;

  it("is kept nowhere, and a repeat makes no second one", async () => {
    const made = await tenant.ask("POST /keys", { name: "x" }, KEY);
    expect(made["key"]).toMatch(/^sk_/);
    expect(await tenant.ask("POST /keys", { name: "x" }, KEY)).toMatchObject(SHOWN_ONCE);
    const rotate = `POST /keys/${String(made["id"])}/rotate`;
    expect(await tenant.ask(rotate, {}, KEY)).toHaveProperty("key");
    expect(await tenant.ask(rotate, {}, KEY)).toMatchObject(SHOWN_ONCE);
    expect(await keys()).toBe(3);
    for (const shard of SHARDS) {
      const rows = await runInDurableObject(tenant.runner(shard), (_, { storage }) =>
        storage.sql.exec("select * from replies").toArray(),
      );
      expect(JSON.stringify(rows)).not.toContain("sk_");
    }
  });

  it("whose maker died in the middle is not made twice", async () => {
    await tenant.ask("POST /keys", { name: "x" }, KEY);
    for (const shard of SHARDS) {
      await runInDurableObject(
        tenant.runner(shard),
        (_, { storage }) => void storage.sql.exec("update replies set done = 0"),
      );
    }
    await restart();
    for (let n = 0; n < 2; n += 1)
      expect(await tenant.ask("POST /keys", { name: "x" }, KEY)).toMatchObject(SHOWN_ONCE);
    expect(await keys()).toBe(2);
  });
});

it("of every POST that shows a secret nothing is kept", () => {
  const secret = OPERATIONS.filter(({ showsSecret }) => showsSecret).map(({ http }) => http);
  expect(secret).toEqual([
    "POST /approvals/{id}/link",
    "POST /tenants",
    "POST /keys",
    "POST /keys/{id}/rotate",
  ]);
});

describe("the key of a run", () => {
  const steps = (path: string, more = "") =>
    `  - id: look\n    http: { get: /status/200, connector: sink }\n${more}  - id: fails\n    http: { get: ${path}, connector: sink }\n`;
  const POST = "  - id: sent\n    http: { post: /one, connector: sink, body: {} }\n";
  const run = (id: string, body: object = {}) => tenant.ask(`POST /skills/test/${id}/run`, body, KEY);

  it("is free again when it failed before any write", async () => {
    await tenant.saveSkill("test/looks", steps("/status/404"));
    const first = await run("looks");
    expect(first).toMatchObject({ status: "failed" });
    const again = await run("looks");
    expect(again).toMatchObject({ status: "failed" });
    expect(again["run_id"]).not.toBe(first["run_id"]);
    // Another body too: the key stands for nothing.
    expect(await run("looks", { debug: true })).toMatchObject({ status: "failed" });
  });

  it("stays with it when it failed after one", async () => {
    await tenant.saveSkill("test/writes", steps("/status/404", POST));
    const first = await run("writes");
    expect(first).toMatchObject({ status: "failed" });
    const count = (await visits()).length;
    expect(await run("writes")).toMatchObject({ run_id: first["run_id"] });
    expect(await visits()).toHaveLength(count);
  });

  it("stays with it when a person said no", async () => {
    await tenant.store.importTable("quotes", [{ id: 1 }], "own");
    await tenant.saveSkill("test/remove", "  - id: gone\n    sql: delete from quotes\n");
    const { run_id } = await run("remove");
    const question = String(run_id).replace("run_", "apr_");
    await tenant.ask(`POST /approvals/${question}`, { decision: "deny" });
    await until(async () => (await tenant.ask(`GET /runs/${String(run_id)}`))["status"] === "failed");
    expect(await run("remove")).toMatchObject({ run_id });
  });
});
