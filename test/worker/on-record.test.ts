// A change and its entry in the audit: neither stands without the other, whichever part is away in between.
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import { Fault } from "../../src/kernel/domain/refusal.ts";
import type { Audit } from "../../src/kernel/ports/audit.ts";
import type { Platform } from "../../src/kernel/ports/platform.ts";
import { OPERATIONS } from "../../src/operations/index.ts";
import { aTenant, type Tenant } from "./tenant.ts";

const KEY = { "idempotency-key": "k" };
const AWAY = () => Promise.reject(new Fault("unreachable", "later", "the guard"));

/** As `tenant.ask`, at a Worker of which one part is away. */
async function askWithout(tenant: Tenant, parts: (good: Platform) => Partial<Platform>) {
  const good = toPlatform(env);
  const app = createApp({ ...good, ...parts(good) }, { verify: async () => null });
  return async (route: string, body: object) => {
    const [method = "GET", path = "/"] = route.split(" ");
    const headers = { authorization: `Bearer ${tenant.key}`, ...KEY };
    const asked = new Request(`https://x.test${path}`, { method, headers, body: JSON.stringify(body) });
    const answer = await app.fetch(asked);
    return { status: answer.status, body: await answer.json<Record<string, unknown>>() };
  };
}

const withAudit = (change: (audit: Audit) => Partial<Audit>) => (good: Platform) => {
  const { audit } = good;
  const whole: Audit = {
    add: (...all) => audit.add(...all),
    begin: (...all) => audit.begin(...all),
    end: (...all) => audit.end(...all),
    erase: (tenant) => audit.erase(tenant),
    addRefusal: (...all) => audit.addRefusal(...all),
    chain: (tenant) => audit.chain(tenant),
    list: (...all) => audit.list(...all),
    findStray: (tenant) => audit.findStray(tenant),
    forget: (before) => audit.forget(before),
  };
  return { audit: { ...whole, ...change(audit) } };
};

const listKeys = async (tenant: Tenant) => {
  const { keys } = (await tenant.ask("GET /keys")) as { keys: readonly { id: string; name: string }[] };
  return keys.filter(({ name }) => name === "x").map(({ id }) => id);
};

/** Time passes for what was begun and heard nothing more. */
async function passTime(tenant: Tenant): Promise<void> {
  await runInDurableObject(tenant.guard, (_, { storage }) => {
    storage.sql.exec("update audit_outbox set due_at = 0");
  });
}

const listEntries = async (tenant: Tenant) => {
  const { entries } = (await tenant.ask("GET /audit")) as {
    entries: readonly { action: string; target: string; outcome: string }[];
  };
  return entries;
};

describe("the audit away", () => {
  it("before a change: nothing was done, and the key is free", async () => {
    const tenant = await aTenant();
    const ask = await askWithout(
      tenant,
      withAudit(() => ({ add: AWAY, begin: AWAY, end: AWAY })),
    );
    for (let n = 0; n < 2; n += 1) {
      const told = await ask("POST /keys", { name: "x" });
      expect(told).toMatchObject({ status: 503, body: { detail: expect.stringContaining("Nothing was") } });
    }
    expect(await listKeys(tenant)).toEqual([]);
    expect(await tenant.ask("POST /keys", { name: "x" }, KEY)).toHaveProperty("key");
    const [id, ...others] = await listKeys(tenant);
    expect(others).toEqual([]);
    expect(await listEntries(tenant)).toMatchObject([{ action: "key.add", target: id, outcome: "done" }]);
  });

  it("after it: it was done, is answered so, and stands as begun", async () => {
    const tenant = await aTenant();
    const ask = await askWithout(
      tenant,
      withAudit(() => ({ add: AWAY, end: AWAY })),
    );
    expect(await ask("POST /keys", { name: "x" })).toMatchObject({ status: 201 });
    expect(await ask("POST /keys", { name: "x" })).toMatchObject({ status: 409 });
    expect(await listKeys(tenant)).toHaveLength(1);
    await passTime(tenant);
    const begun = { action: "key.add", target: "POST /keys", outcome: "begun" };
    expect(await listEntries(tenant)).toMatchObject([begun]);
    expect(await tenant.ask("GET /audit/verify")).toMatchObject({ verified: true, entries: 1 });
  });

  it("for one moment after it: the entry arrives at the second try", async () => {
    const tenant = await aTenant();
    let tries = 0;
    const end =
      (audit: Audit): Audit["end"] =>
      (...all) => {
        tries += 1;
        return tries === 1 ? AWAY() : audit.end(...all);
      };
    const ask = await askWithout(
      tenant,
      withAudit((audit) => ({ end: end(audit) })),
    );
    expect(await ask("POST /users", { id: "boris", role: "member" })).toMatchObject({ status: 201 });
    await expect.poll(() => listEntries(tenant)).toMatchObject([{ action: "user.add", outcome: "done" }]);
  });
});

describe("a change that broke in the middle", () => {
  const LOST = () => Promise.reject(new Error("D1_ERROR: Network connection lost."));

  it("of a key: makes no second one under its Idempotency-Key, and is on record as begun", async () => {
    const tenant = await aTenant();
    const ask = await askWithout(tenant, ({ keys }) => ({
      keys: Object.assign(Object.create(keys) as Platform["keys"], {
        // It arrived; its answer did not.
        add: async (...all: Parameters<Platform["keys"]["add"]>) => {
          await keys.add(...all);
          return LOST();
        },
        find: (...all: Parameters<Platform["keys"]["find"]>) => keys.find(...all),
        findRoots: (...all: Parameters<Platform["keys"]["findRoots"]>) => keys.findRoots(...all),
      }),
    }));
    const told = await ask("POST /keys", { name: "x" });
    expect(told).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining("may have been done") },
    });
    for (let n = 0; n < 2; n += 1)
      expect(await tenant.ask("POST /keys", { name: "x" }, KEY)).toMatchObject({ code: "shown_once" });
    expect(await listKeys(tenant)).toHaveLength(1);
    await passTime(tenant);
    expect(await listEntries(tenant)).toMatchObject([{ action: "key.add", outcome: "begun" }]);
  });

  it("that was refused leaves nothing", async () => {
    const tenant = await aTenant();
    expect(await tenant.ask("POST /users", { id: "anna", role: "member" })).toMatchObject({ status: 409 });
    await expect
      .poll(() =>
        runInDurableObject(tenant.guard, (_, { storage }) =>
          storage.sql.exec("select id from audit_outbox").toArray(),
        ),
      )
      .toEqual([]);
    expect(await listEntries(tenant)).toEqual([]);
  });
});

it("every operation that changes something is on record, but those whose runs are, and what is no decision", () => {
  const free = OPERATIONS.filter(({ http, audited }) => !http.startsWith("GET ") && audited === undefined);
  expect(free.map(({ name }) => name).toSorted()).toEqual([
    "attachment-add",
    "eval",
    "feedback-add",
    "feedback-remove",
    "policy-explain",
    "run-start",
    "schedule-tick",
    "skill-run",
    "skill-test",
    "validate",
  ]);
});
