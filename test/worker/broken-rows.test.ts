// One sealed value that somebody changed: it is told where it stands, and everything beside it goes on.
import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { TenantId } from "../../src/kernel/domain/id.ts";
import type { Schedule } from "../../src/kernel/ports/schedules.ts";
import { tickSchedules } from "../../src/operations/triggers/schedule-tick.ts";
import { startDelivery } from "../../src/operations/triggers/webhook-deliver.ts";
import { type Caller, toCaller } from "./caller.ts";
import { DOUBLE, serve, untilRuns } from "./platform.ts";
import { until } from "./tenant.ts";

const SECRET = "a secret long enough";

/** One letter of what is sealed there is another. */
async function breakRow(tenant: TenantId, column: string, where: string): Promise<void> {
  const [table = "", name = ""] = column.split(".");
  const { meta } = await env.DB.prepare(
    `update ${table} set ${name} = substr(${name}, 1, 20) || case substr(${name}, 21, 1) when 'A' then 'B' else 'A' end || substr(${name}, 22)
     where tenant = ?1 and ${where}`,
  )
    .bind(tenant)
    .run();
  expect(meta.changes).toBe(1);
}

/** For the audit as soon as its minute of counting is over. */
async function listNoted(tenant: TenantId): Promise<string> {
  return runInDurableObject(env.GUARD.getByName(tenant), (_, { storage }) =>
    JSON.stringify(storage.sql.exec("select entry from audit_outbox").toArray()),
  );
}

async function expectNoted({ ask, tenant }: Caller, column: string, row: string): Promise<void> {
  await until(async () => {
    const { text } = await ask("GET /events?limit=1000");
    return text.includes('"event":"seal_broken"') && text.includes(column) && text.includes(row);
  });
  await until(async () => {
    const noted = await listNoted(tenant);
    expect(noted).not.toContain(SECRET);
    return noted.includes(column) && noted.includes(row);
  });
}

const listOf = (body: Record<string, unknown>, name: string) =>
  body[name] as readonly Readonly<Record<string, unknown>>[];

describe("a list with one row that does not open", () => {
  it("of runs shows it without its words, and the others whole", async () => {
    const caller = await toCaller();
    const { ask, tenant } = caller;
    for (const n of [1, 2])
      await ask("POST /run", { json: { query: `double ${n}`, skill: DOUBLE, input: { n } } });
    await untilRuns(caller, 2);
    const ids = listOf((await ask("GET /runs")).body, "runs").map(({ run_id }) => String(run_id));
    await breakRow(tenant, "runs.query", `id = '${ids[0]}'`);
    const listed = await ask("GET /runs");
    expect(listed.status).toBe(200);
    expect(listOf(listed.body, "runs")).toMatchObject([
      { run_id: ids[0], query: null, sealed: "broken" },
      { run_id: ids[1], query: "double 1" },
    ]);
    expect(listOf(listed.body, "runs")[1]).not.toHaveProperty("sealed");
    await expectNoted(caller, "runs.query", ids[0] ?? "");
  });

  it("of webhooks shows it, while deliveries to the others are taken", async () => {
    const caller = await toCaller();
    const { ask, tenant } = caller;
    for (const id of ["one", "two"])
      await ask("POST /webhooks", { json: { id, skill: DOUBLE, secret: SECRET } });
    await breakRow(tenant, "webhooks.secret", "id = 'one'");
    const listed = await ask("GET /webhooks");
    expect(listed.status).toBe(200);
    expect(listOf(listed.body, "webhooks")).toMatchObject([
      { id: "one", secret: "its own", sealed: "broken" },
      { id: "two", secret: "its own" },
    ]);
    await expectNoted(caller, "webhooks.secret", "one");
  });

  it("of deliveries shows it without why it failed", async () => {
    const caller = await toCaller();
    const { ask, tenant, platform } = caller;
    await ask("POST /webhooks", { json: { id: "hook", skill: DOUBLE, secret: SECRET } });
    for (const eventId of ["e1", "e2"]) {
      const key = { tenant, webhook: "hook", eventId };
      await platform.deliveries.add({ ...key, payload: { note: "x" }, receivedAt: Date.now() }, 1_000);
      await platform.deliveries.markFailed(key, { code: "bad_request" });
    }
    await breakRow(tenant, "deliveries.problem", "event_id = 'e1'");
    const listed = await ask("GET /webhooks/hook/deliveries");
    expect(listed.status).toBe(200);
    const byId = new Map(listOf(listed.body, "deliveries").map((one) => [one["event_id"], one]));
    expect(byId.get("e1")).toMatchObject({ sealed: "broken", status: "failed" });
    expect(byId.get("e2")).toMatchObject({ problem: { code: "bad_request" } });
    expect((await ask("GET /webhooks")).status).toBe(200);
    await expectNoted(caller, "deliveries.problem", "hook/e1");
  });

  it("of schedules shows it; alone it is 500", async () => {
    const caller = await toCaller();
    const { ask, tenant } = caller;
    for (const id of ["one", "two"])
      await ask("POST /schedules", {
        json: { id, skill: DOUBLE, run_at: "2099-01-01T00:00:00Z", input: { n: 1 } },
      });
    await breakRow(tenant, "schedules.input", "id = 'one'");
    const listed = await ask("GET /schedules");
    expect(listed.status).toBe(200);
    expect(listOf(listed.body, "schedules")).toMatchObject([
      { id: "one", input: {}, sealed: "broken" },
      { id: "two", input: { n: 1 } },
    ]);
    expect(await ask("GET /schedules/one")).toMatchObject({ status: 500, body: { code: "seal_broken" } });
    expect(await ask("DELETE /schedules/one")).toMatchObject({ status: 200 });
    await expectNoted(caller, "schedules.input", "one");
  });

  it("of secrets shows which", async () => {
    const caller = await toCaller();
    const { ask, tenant } = caller;
    for (const name of ["AAA", "BBB"]) await ask(`PUT /secrets/${name}`, { json: { value: SECRET } });
    await breakRow(tenant, "secrets.value", "name = 'AAA'");
    const listed = await ask("GET /secrets");
    expect(listOf(listed.body, "secrets")).toMatchObject([
      { name: "AAA", sealed: "broken" },
      { name: "BBB" },
    ]);
    expect(listOf(listed.body, "secrets")[1]).not.toHaveProperty("sealed");
    await expectNoted(caller, "secrets.value", "AAA");
  });

  it("a correction that does not open is left out of routing, and told with the skills", async () => {
    const caller = await toCaller();
    const { ask, tenant } = caller;
    for (const query of ["twofold this", "times two please"])
      await ask("POST /feedback", { json: { query, expected_skill_id: DOUBLE } });
    const [row] = (
      await env.DB.prepare("select id from feedback where tenant = ? order by created_at").bind(tenant).all()
    ).results;
    await breakRow(tenant, "feedback.query", `id = '${String(row?.["id"])}'`);
    // The next version of the catalogue reads them anew.
    expect(
      (await ask("POST /feedback", { json: { query: "2 by 2", expected_skill_id: DOUBLE } })).status,
    ).toBe(200);
    const skills = await ask("GET /skills");
    expect(skills).toMatchObject({
      status: 200,
      body: { sealed: "broken", broken: [{ column: "feedback.query", row: row?.["id"] }] },
    });
    expect((await ask(`POST /skills/${DOUBLE}/run`, { json: { input: { n: 2 } } })).status).toBe(200);
    await expectNoted(caller, "feedback.query", String(row?.["id"]));
  });
});

describe("what nobody waits for", () => {
  const DUE = Date.parse("2026-01-18T05:00:00Z");
  const aSchedule = (tenant: TenantId, change: Partial<Schedule> = {}): Schedule => ({
    ...{ tenant, id: "s", skill: DOUBLE, runAt: DUE, cron: null, timeZone: "Europe/Moscow" },
    ...{ input: { n: 3 }, inputBy: "owner", isEnabled: true, maxRetries: 0, nextAt: DUE },
    ...{ user: "owner", role: "owner", keyId: null, createdAt: 0 },
    ...change,
  });

  it("a tick over all tenants starts the others' schedules, and ends the slot of the broken one", async () => {
    const [broken, good] = [await toCaller(), await serve()];
    for (const { platform, tenant } of [broken, good]) await platform.schedules.add(aSchedule(tenant));
    await breakRow(broken.tenant, "schedules.input", "id = 's'");
    const tick = () => tickSchedules(good.platform, { tenant: null, now: DUE, waitMs: 5_000 });
    const ticked = await tick();
    expect(ticked).toHaveLength(2);
    expect(ticked).toContainEqual(
      expect.objectContaining({ outcome: expect.objectContaining({ status: "succeeded" }) }),
    );
    expect(ticked).toContainEqual(
      expect.objectContaining({ outcome: { refusal: expect.objectContaining({ reason: "seal_broken" }) } }),
    );
    expect(await broken.platform.schedules.listOccurrences(broken.tenant, "s", 10)).toMatchObject([
      { status: "failed" },
    ]);
    expect(await tick()).toEqual([]);
    await expectNoted(broken, "schedules.input", "s");
  });

  it("a slot whose schedule does not open any more is settled beside the others", async () => {
    const [broken, good] = [await toCaller(), await serve()];
    const slot = { at: DUE, nextAt: null, now: 1 };
    for (const { platform, tenant } of [broken, good]) {
      await platform.schedules.add(aSchedule(tenant));
      // Its tick died: it was taken and nothing started.
      expect(await platform.schedules.take(aSchedule(tenant), { ...slot, now: Date.now() - 60_000 })).toBe(
        true,
      );
    }
    await breakRow(broken.tenant, "schedules.input", "id = 's'");
    await tickSchedules(good.platform, { tenant: null, now: DUE, waitMs: 0 });
    expect(await untilRuns(good, 1)).toHaveLength(1);
    expect(await broken.platform.schedules.listOccurrences(broken.tenant, "s", 10)).toMatchObject([
      { status: "failed" },
    ]);
  });

  it("a delivery that does not open has failed, and is not tried for ever", async () => {
    const caller = await toCaller();
    const { ask, tenant, platform } = caller;
    await ask("POST /webhooks", { json: { id: "hook", skill: DOUBLE, secret: SECRET } });
    const key = { tenant, webhook: "hook", eventId: "e1" };
    await platform.deliveries.add({ ...key, payload: { n: 1 }, receivedAt: Date.now() }, 1_000);
    await breakRow(tenant, "deliveries.input", "event_id = 'e1'");
    await startDelivery(platform, key);
    const { body } = await ask("GET /webhooks/hook/deliveries");
    expect(listOf(body, "deliveries")).toMatchObject([
      { event_id: "e1", status: "failed", sealed: "broken" },
    ]);
    await expectNoted(caller, "deliveries.input", "hook/e1");
  });
});

describe("a new data key", () => {
  it("goes past a secret that does not open, says which, and ends", async () => {
    const { ask, tenant } = await toCaller();
    for (const name of ["AAA", "BBB", "CCC"]) await ask(`PUT /secrets/${name}`, { json: { value: SECRET } });
    await breakRow(tenant, "secrets.value", "name = 'AAA'");
    const rotate = async () => (await ask("POST /vault/rotate", { json: { what: "data" } })).body;
    const broken = [{ column: "secrets.value", row: "AAA" }];
    expect(await rotate()).toEqual({ what: "data", key_version: 2, resealed: 2, left: 0, broken });
    // Again within a minute: the same version, and nothing to do.
    for (let n = 0; n < 2; n += 1)
      expect(await rotate()).toEqual({ what: "data", key_version: 2, resealed: 0, left: 0, broken });
    const { results } = await env.DB.prepare("select value from secrets where tenant = ? order by name")
      .bind(tenant)
      .all<{ value: string }>();
    expect(results.map(({ value }) => value.slice(0, 5))).toEqual(["s1.1.", "s1.2.", "s1.2."]);
    await ask("PUT /secrets/AAA", { json: { value: SECRET } });
    await env.DB.prepare("update tenant_keys set created_at = 0 where tenant = ?").bind(tenant).run();
    expect(await rotate()).toEqual({ what: "data", key_version: 3, resealed: 3, left: 0, broken: [] });
  });

  it("is made of more secrets than one call takes, each once", async () => {
    const { ask, platform, tenant } = await toCaller();
    const names = Array.from({ length: 230 }, (_, n) => `S${n}`);
    for (const name of names)
      await platform.secretStore.set(tenant, { name, user: "owner", setAt: 1 }, `${SECRET} ${name}`);
    for (const name of ["S0", "S1", "S229"]) await breakRow(tenant, "secrets.value", `name = '${name}'`);
    const rotate = async () => (await ask("POST /vault/rotate", { json: { what: "data" } })).body;
    expect(await rotate()).toMatchObject({ key_version: 2, resealed: 200, left: 27 });
    expect(await rotate()).toMatchObject({ key_version: 2, resealed: 27, left: 0 });
    expect(await rotate()).toMatchObject({ key_version: 2, resealed: 0, left: 0 });
  });
});
