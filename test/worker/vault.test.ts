// What is kept is sealed, and what does not open is told and never shown.
import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { createTokenVerifier } from "../../src/channels/http/jwt.ts";
import { toPlatform, toVault } from "../../src/compose/compose.ts";
import type { RunId, TenantId } from "../../src/kernel/domain/id.ts";
import type { Place } from "../../src/kernel/ports/vault.ts";
import { KeyRing } from "../../src/storage/vault/key-ring.ts";
import { findMasterRefusal, type MasterSettings } from "../../src/storage/vault/master-keys.ts";
import { TenantKeyChest } from "../../src/storage/vault/key-chest.ts";
import { TenantVault } from "../../src/storage/vault/vault.ts";
import { toCaller } from "./caller.ts";
import { serve, untilRuns } from "./platform.ts";
import { aTenant, until } from "./tenant.ts";

const CANARY = "canary-of-the-vault-5521";
const OTHER_KEY = Buffer.alloc(32, 9).toString("base64");
const FIRST_KEY = Buffer.alloc(32, 7).toString("base64");

const at = (tenant: TenantId, row = "one", column = "tests.text"): Place => ({ tenant, column, row });
const toRing = (master: MasterSettings, now = () => Date.now(), db = env.DB) =>
  new KeyRing(db, master, { background: () => undefined, now });
const FIRST = { key: FIRST_KEY, old: [] };

describe("a sealed value", () => {
  it("opens to what it was, at the place that it was sealed for", async () => {
    const { id } = await aTenant();
    const vault = toVault(env);
    for (const text of ["", "текст 👍", "\uFEFFwith its mark", "x".repeat(200_000)]) {
      const sealed = await vault.seal(at(id), text);
      expect(sealed).toMatch(/^s1\.1\.[\w-]+$/);
      expect(await vault.open(at(id), sealed)).toBe(text);
      expect(vault.openNow(at(id), sealed)).toBe(text);
    }
    const bytes = new Uint8Array([0, 255, 115, 49, 46]);
    const sealed = await vault.sealBytes(at(id), bytes);
    expect([...(await vault.openBytes(at(id), sealed))]).toEqual([...bytes]);
  });

  it("is another one each time", async () => {
    const { id } = await aTenant();
    const vault = toVault(env);
    expect(await vault.seal(at(id), CANARY)).not.toBe(await vault.seal(at(id), CANARY));
  });

  it("opens at no other row, column or tenant", async () => {
    const [{ id }, { id: other }] = [await aTenant(), await aTenant()];
    const vault = toVault(env);
    const sealed = await vault.seal(at(id), CANARY);
    for (const place of [at(id, "two"), at(id, "one", "tests.other"), at(other)])
      await expect(vault.open(place, sealed)).rejects.toMatchObject({ code: "seal_altered" });
  });

  it("is found to be altered in each of its signs, and where it never was sealed", async () => {
    const { id } = await aTenant();
    const vault = toVault(env);
    const sealed = await vault.seal(at(id), "short");
    for (let n = sealed.lastIndexOf(".") + 1; n < sealed.length - 1; n += 1) {
      const sign = sealed[n] === "A" ? "B" : "A";
      const altered = sealed.slice(0, n) + sign + sealed.slice(n + 1);
      await expect(vault.open(at(id), altered)).rejects.toMatchObject({ code: "seal_altered" });
    }
    for (const none of ["", "clear", "s1.1.", "s1.1.AAAA", `${sealed}=`, ` ${sealed}`, null, 7, "s2.1.AAAA"])
      await expect(vault.open(at(id), none)).rejects.toMatchObject({ code: "seal_altered" });
  });

  it("of a key version that there is not says that the key is missing", async () => {
    const { id } = await aTenant();
    const sealed = await toVault(env).seal(at(id), "short");
    await expect(toVault(env).open(at(id), sealed.replace("s1.1.", "s1.7."))).rejects.toMatchObject({
      code: "seal_key_missing",
      message: expect.stringContaining(`"${id}","tests.text","one"`),
    });
  });
});

describe("master keys", () => {
  it.each([
    ["missing", { key: "", old: [] }, "SKILLOS_MASTER_KEY"],
    ["malformed", { key: "short", old: [] }, "SKILLOS_MASTER_KEY"],
    ["malformed", { key: Buffer.alloc(31).toString("base64"), old: [] }, "SKILLOS_MASTER_KEY"],
    ["malformed", { key: Buffer.alloc(33).toString("base64"), old: [] }, "SKILLOS_MASTER_KEY"],
    ["malformed", { key: `${"?".repeat(43)}=`, old: [] }, "SKILLOS_MASTER_KEY"],
    ["malformed", { key: FIRST_KEY, old: [OTHER_KEY, "x"] }, "SKILLOS_MASTER_KEYS_OLD"],
  ])("that are %s close everything and are told by name", async (why, master, variable) => {
    const refusal = findMasterRefusal(master);
    expect(refusal).toEqual({ reason: "vault_closed", why, variable });
    const { id } = await aTenant();
    await expect(new TenantVault(toRing(master)).seal(at(id), "x")).rejects.toMatchObject({ refusal });
    const app = createApp(
      { ...toPlatform(env), closed: refusal },
      createTokenVerifier({
        ...{ secret: "", keySet: null, algorithms: [] },
        ...{ issuer: "", audience: "", leewaySeconds: 0 },
      }),
    );
    const answer = await app.fetch(new Request("http://skillos/health"));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      code: "vault_closed",
      detail: expect.stringContaining(variable),
    });
  });

  it("are replaced without a row that does not open: old ones read until all is wrapped anew", async () => {
    const { id } = await aTenant();
    const sealed = await new TenantVault(toRing(FIRST)).seal(at(id), CANARY);
    const next = { key: OTHER_KEY, old: [FIRST_KEY] };
    const both = toRing(next);
    both.forget(id);
    expect(await new TenantVault(both).open(at(id), sealed)).toBe(CANARY);
    const chest = new TenantKeyChest(both, env.DB);
    expect(await chest.rewrap()).toEqual({ rewrapped: 1, left: 0 });
    const only = toRing({ key: OTHER_KEY, old: [] });
    only.forget(id);
    expect(await new TenantVault(only).open(at(id), sealed)).toBe(CANARY);
    const former = toRing(FIRST);
    former.forget(id);
    await expect(new TenantVault(former).open(at(id), sealed)).rejects.toMatchObject({
      code: "seal_key_missing",
    });
    former.forget(id);
  });
});

describe("data keys", () => {
  it("have versions: what is new takes the newest, what is old opens with its own", async () => {
    const { id } = await aTenant();
    const ring = toRing(FIRST);
    const vault = new TenantVault(ring);
    const old = await vault.seal(at(id), CANARY);
    expect(await new TenantKeyChest(ring, env.DB).renew(id)).toBe(2);
    const fresh = await vault.seal(at(id), CANARY);
    expect(fresh).toMatch(/^s1\.2\./);
    expect(await vault.open(at(id), old)).toBe(CANARY);
    expect(await vault.open(at(id), fresh)).toBe(CANARY);
  });

  it("that were erased are forgotten within five seconds, in memory too", async () => {
    const { id } = await aTenant();
    let later = 0;
    const vault = new TenantVault(toRing(FIRST, () => Date.now() + later));
    const sealed = await vault.seal(at(id), CANARY);
    await env.DB.batch(
      ["delete from tenant_keys where tenant = ?", "delete from tenants where id = ?"].map((statement) =>
        env.DB.prepare(statement).bind(id),
      ),
    );
    expect(vault.openNow(at(id), sealed)).toBe(CANARY);
    later = 5_000;
    expect(() => vault.openNow(at(id), sealed)).toThrow("the keys of ten_");
    await expect(vault.open(at(id), sealed)).rejects.toMatchObject({ code: "seal_key_missing" });
    await expect(vault.seal(at(id), CANARY)).rejects.toMatchObject({ code: "seal_key_missing" });
  });

  it("seal on while the database is away, and open nothing", async () => {
    const { id } = await aTenant();
    let later = 0;
    const state = { isAway: false };
    const db = new Proxy(env.DB, {
      get: (target, name) => {
        if (state.isAway) throw new Error("Network connection lost.");
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
    const vault = new TenantVault(toRing(FIRST, () => Date.now() + later, db));
    const sealed = await vault.seal(at(id), CANARY);
    [state.isAway, later] = [true, 60_000];
    const kept = await vault.seal(at(id), "done meanwhile");
    expect(() => vault.openNow(at(id), sealed)).toThrow("the keys of ten_");
    await expect(vault.open(at(id), sealed)).rejects.toThrow("lost");
    state.isAway = false;
    expect(await vault.open(at(id), kept)).toBe("done meanwhile");
  });

  it("are not made for a tenant that is not there", async () => {
    await expect(toVault(env).seal(at("ten_nobody"), "x")).rejects.toMatchObject({
      code: "seal_key_missing",
    });
  });
});

describe("rows of the database", () => {
  it("hold no webhook's secret, delivery, schedule's input or correction in clear", async () => {
    const { ask, platform, tenant } = await toCaller();
    const json = { id: "hook", skill: "test/double", secret: CANARY };
    expect((await ask("POST /webhooks", { json })).status).toBe(201);
    await ask("POST /schedules", {
      json: { skill: "test/double", run_at: "2099-01-01T00:00:00Z", input: { n: 1, note: CANARY } },
    });
    const corrected = { query: CANARY, expected_skill_id: "test/double" };
    expect((await ask("POST /feedback", { json: corrected })).status).toBe(200);
    const key = { tenant, webhook: "hook", eventId: "e1" };
    await platform.deliveries.add({ ...key, payload: { note: CANARY }, receivedAt: Date.now() }, 1_000);
    await platform.deliveries.markFailed(key, { detail: CANARY });
    for (const table of ["webhooks", "deliveries", "schedules", "feedback"]) {
      const { results } = await env.DB.prepare(`select * from ${table} where tenant = ?`).bind(tenant).all();
      expect([table, results.length]).toEqual([table, 1]);
      const text = JSON.stringify(results);
      expect(text).toContain("s1.1.");
      expect(text).not.toContain(CANARY);
    }
  });

  it("that were exchanged are told by table and row, in the audit and among the events", async () => {
    const { ask, tenant } = await toCaller();
    for (const id of ["one", "two"])
      await ask("POST /webhooks", { json: { id, skill: "test/double", secret: `${CANARY}-${id}` } });
    await env.DB.prepare(
      "update webhooks set secret = (select secret from webhooks where tenant = ?1 and id = 'two') where tenant = ?1 and id = 'one'",
    )
      .bind(tenant)
      .run();
    const delivered = await ask(`POST /webhooks/${tenant}/one`, { json: { n: 1 } });
    expect(delivered.status).toBe(500);
    expect(delivered.body).toMatchObject({
      ...{ code: "seal_broken", why: "altered", tenant, column: "webhooks.secret", row: "one" },
    });
    const answer = await ask("GET /webhooks");
    expect(answer.body["webhooks"]).toMatchObject([{ id: "one", sealed: "broken" }, { id: "two" }]);
    expect(delivered.text + answer.text).not.toContain(CANARY);
    // Noted after the answer.
    const refusals = () =>
      runInDurableObject(env.GUARD.getByName(tenant), (_, { storage }) => {
        const OF_SEALS = "where entry like '%seal_broken%'";
        storage.sql.exec(`update audit_outbox set due_at = 0 ${OF_SEALS}`);
        return storage.sql.exec(`select id from audit_outbox ${OF_SEALS}`).toArray();
      });
    await until(async () => (await refusals()).length > 1);
    const noted = (await ask("GET /audit?action=call.refuse")).body["entries"];
    expect(noted).toContainEqual(
      expect.objectContaining({
        ...{ target: "webhook-list", outcome: "seal_broken" },
        body: expect.objectContaining({ column: "webhooks.secret", row: "one", why: "altered" }),
      }),
    );
    await until(async () => (await ask("GET /events")).text.includes('"event":"seal_broken"'));
  });
});

describe("rotation over HTTP", () => {
  it("gives a tenant a new data key and seals its secrets anew, while old rows still open", async () => {
    const { ask, tenant } = await toCaller();
    await ask("PUT /secrets/SHOP_KEY", { json: { value: CANARY } });
    await ask("POST /webhooks", { json: { id: "hook", skill: "test/double", secret: CANARY } });
    const corrected = { query: CANARY, expected_skill_id: "test/double" };
    expect((await ask("POST /feedback", { json: corrected })).status).toBe(200);
    const rotated = await ask("POST /vault/rotate", { json: { what: "data" } });
    expect(rotated.body).toEqual({ what: "data", key_version: 2, resealed: 2, left: 0, broken: [] });
    const rows = await env.DB.prepare(
      "select value from secrets where tenant = ?1 union all select secret from webhooks where tenant = ?1",
    )
      .bind(tenant)
      .all<{ value: string }>();
    expect(rows.results.map(({ value }) => value.slice(0, 5))).toEqual(["s1.2.", "s1.2."]);
    expect((await ask("GET /webhooks")).text).not.toContain("broken");
    expect((await ask("GET /skills")).text).not.toContain("broken");
    expect((await ask("POST /skills/test/double/run", { json: { input: { n: 4 } } })).body).toMatchObject({
      result: { twice: 8 },
    });
    expect((await ask("GET /audit")).text).toContain('"vault.rotate"');
    expect((await ask("GET /vault")).body).toEqual({ key_version: 2 });
  });

  it("leaves the master key to the operator", async () => {
    const { ask } = await toCaller();
    expect((await ask("POST /vault/rotate", { json: {} })).body).toMatchObject({ code: "forbidden" });
    expect((await ask("POST /vault/rotate", { json: { what: "all" } })).body).toMatchObject({
      code: "bad_request",
    });
  });
});

describe("erasing a tenant", () => {
  const OPERATOR = { platform: toPlatform(env), tenant: "ten_local" } as const;

  it("takes its keys and all that is in clear; what is left is told by size, and opens no more", async () => {
    const served = await serve();
    const { ask } = await toCaller("owner", served);
    await ask("POST /data/things", { raw: "n\n1\n2\n", headers: { "content-type": "text/csv" } });
    await ask("POST /webhooks", { json: { id: "hook", skill: "test/double", secret: CANARY } });
    await ask("POST /skills/test/double/run", { json: { input: { n: 4 } } });
    const [run] = await untilRuns(served, 1);
    await ask("PUT /budgets", { json: { scope: "user:owner", daily_usd: 3 } });
    await served.platform.approvalLinks.add({
      ...{ hash: "h", tenant: served.tenant, runId: run?.id as RunId, user: "anna@firma.ru", role: "owner" },
      ...{ keyId: null, hands: [], manifest: "m", createdAt: 0, expiresAt: 1, usedAt: null },
    });
    await env.DB.prepare(
      "insert into ledger_corrections values (?, 'c', 'r', 1, 1, 'because of Anna', 'anna@firma.ru', 0, 0)",
    )
      .bind(served.tenant)
      .run();
    await env.DB.prepare("insert into tenants (id, name, created_at) values ('ten_local', 'local', 0)").run();
    const operator = await toCaller("owner", OPERATOR);
    const erased = await operator.ask(`DELETE /tenants/${served.tenant}`);
    expect(erased.body).toMatchObject({ tenant: served.tenant, erased: true });
    expect(erased.body["remains"]).toContainEqual({
      ...{ what: "runs", sealed: true, count: 1 },
      bytes: expect.any(Number),
    });
    for (const table of ["approval_links", "ledger_corrections"]) {
      const { results } = await env.DB.prepare(`select * from ${table} where tenant = ?`)
        .bind(served.tenant)
        .all();
      expect(results).toEqual([]);
    }
    const kept = await runInDurableObject(env.GUARD.getByName(served.tenant), (_, { storage }) =>
      storage.sql.exec("select name from sqlite_master where name in ('accounts', 'audit_outbox')").toArray(),
    );
    expect(kept).toEqual([]);
    expect(await served.platform.store(served.tenant).tables()).toEqual([]);
    await expect(served.platform.runs.load(served.tenant, run?.id as RunId)).rejects.toMatchObject({
      code: "seal_key_missing",
    });
    // Its keys are looked up again within five seconds; a key that was not seen lately is refused at once.
    expect((await ask("GET /runs")).status).toBe(401);
    // As an isolate sees it that has looked at the key a moment ago.
    const late = await toCaller("owner", served);
    const json = { input: { n: 4 } };
    for (const [route, asking] of [
      ["POST /skills/test/double/run", { json }],
      ["POST /skills/test/double/run", { json, headers: { "idempotency-key": "k" } }],
      [`GET /runs/${String(run?.id)}`, {}],
      ["GET /runs", {}],
      ["GET /skills", {}],
      ["PUT /budgets", { json: { daily_usd: 1 } }],
      ["POST /keys", { json: { name: "more" } }],
      ["GET /audit", {}],
    ] as const) {
      const { status } = await late.ask(route, asking);
      expect({ route, status }).toEqual({ route, status: route === "GET /skills" ? 200 : 401 });
    }
    expect((await operator.ask(`DELETE /tenants/${served.tenant}`)).status).toBe(404);
    expect((await operator.ask("GET /audit?action=tenant.erase")).body["entries"]).toMatchObject([
      { target: served.tenant },
    ]);
  });

  it("is the operator's alone, and not of the operator's own tenant", async () => {
    const { ask, tenant } = await toCaller();
    expect((await ask(`DELETE /tenants/${tenant}`)).body).toMatchObject({ code: "forbidden" });
    await env.DB.prepare("insert into tenants (id, name, created_at) values ('ten_local', 'local', 0)").run();
    const operator = await toCaller("owner", OPERATOR);
    expect((await operator.ask("DELETE /tenants/ten_local")).body).toMatchObject({ code: "conflict" });
    expect((await operator.ask("GET /runs")).status).toBe(200);
  });
});
