// Nothing grows for ever: what is past its time goes, in pieces; what is young, open or still named stays.
import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { sweepExpired } from "../../src/operations/system/sweep.ts";
import { D1Vectors } from "../../src/storage/d1/vectors.ts";
import { serve, type Served } from "./platform.ts";

const DAY_MS = 86_400_000;
/** Long ago: rows of other tests are younger than any horizon. The seventh minute of an hour. */
const NOW = 8 * 366 * DAY_MS + 7 * 60_000;
const daysAgo = (days: number) => NOW - days * DAY_MS;

/** Rows before all others, as the oldest are. */
let place = -1_000_000;

async function add(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  place += 1;
  const columns = ["rowid", ...Object.keys(row)];
  await env.DB.prepare(
    `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`,
  )
    .bind(place, ...Object.values(row))
    .run();
}

async function listIds(table: string, column: string, { tenant }: Served): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `select ${column} as id from ${table} where tenant = ? order by id`,
  )
    .bind(tenant)
    .all();
  return results.map(({ id }) => id);
}

const aRun = ({ tenant }: Served, id: string, days: number) =>
  add("runs", {
    ...{ tenant, id, short: id, skill: "a/b", status: "succeeded", channel: "http" },
    ...{ created_at: daysAgo(days), finished_at: daysAgo(days), cost_micro_usd: 0, record: "{}" },
  });

it("forgets runs and their events after 90 days, money and decisions after seven years", async () => {
  const served = await serve();
  const { tenant } = served;
  for (const [id, days] of [
    ["old", 91],
    ["young", 89],
  ] as const) {
    await aRun(served, id, days);
    await add("event_log", { tenant, id, run_id: id, at: daysAgo(days), events: "[]" });
  }
  for (const [id, days] of [
    ["ancient", 8 * 365],
    ["old", 91],
  ] as const) {
    const line = { tenant, account: "spent", micro_usd: 1, run_id: id, at: daysAgo(days) };
    await add("ledger", { ...line, entry: id });
    const decision = { tenant, user: "u", action: "a", target: "t", outcome: "allowed", body: "{}" };
    await add("audit", { ...decision, id, at: daysAgo(days) });
  }
  await sweepExpired(served.platform, NOW);
  expect(await listIds("runs", "id", served)).toEqual(["young"]);
  expect(await listIds("event_log", "id", served)).toEqual(["young"]);
  expect(await listIds("ledger", "entry", served)).toEqual(["old"]);
  expect(await listIds("audit", "id", served)).toEqual(["old"]);
});

it("forgets webhook events after 96 hours, but none that has not been started", async () => {
  const served = await serve();
  const { tenant } = served;
  for (const [event_id, days, status] of [
    // It came anew a minute ago, and stands where it stood.
    ["again", 0, "started"],
    ["old", 5, "started"],
    ["open", 5, "stored"],
    ["refused", 5, "failed"],
    ["young", 3, "started"],
  ] as const)
    await add("deliveries", {
      tenant,
      webhook: "w",
      event_id,
      status,
      input: "{}",
      received_at: daysAgo(days),
    });
  await sweepExpired(served.platform, NOW);
  expect(await listIds("deliveries", "event_id", served)).toEqual(["again", "open", "young"]);
  await env.DB.prepare("delete from deliveries where tenant = ?").bind(tenant).run();
});

it("takes at most some hundred rows at once, and the others with the next tick", async () => {
  const served = await serve();
  await aRun(served, "run", 100);
  place += 700;
  await env.DB.prepare(
    `insert into runs (rowid, tenant, id, short, skill, status, channel, created_at, finished_at, cost_micro_usd, record)
     select ?1 - value, tenant, runs.id || value, short, skill, status, channel, created_at, finished_at, cost_micro_usd, record
     from runs, json_each(?2) where tenant = ?3`,
  )
    .bind(place, JSON.stringify(Array.from({ length: 699 }, (_, n) => n)), served.tenant)
    .run();
  await sweepExpired(served.platform, NOW);
  const left = (await listIds("runs", "id", served)).length;
  expect(left).toBe(200);
  await sweepExpired(served.platform, NOW);
  expect(await listIds("runs", "id", served)).toEqual([]);
});

it("keeps versions that serve, corrections, schedules that will come again and their occurrences for ever", async () => {
  const served = await serve();
  const { tenant } = served;
  const document = { tenant, kind: "skill", name: "a/b", document: "{}", source: "" };
  await add("documents", { ...document, hash: "gone", created_at: daysAgo(8 * 365) });
  await add("documents", { ...document, hash: "serves", created_at: daysAgo(8 * 365) });
  await add("documents", { ...document, hash: "young", created_at: daysAgo(365) });
  const entry = { tenant, kind: "skill", name: "a/b", origin: "file", updated_at: 0 };
  await add("registry", { ...entry, hash: "serves" });
  const told = { tenant, user: "u", query: "q", source: "cli", created_at: daysAgo(100) };
  await add("feedback", { ...told, id: "thumb" });
  await add("feedback", { ...told, id: "correction", expected: "a/b" });
  const schedule = {
    tenant,
    skill: "a/b",
    time_zone: "UTC",
    input: "{}",
    user: "u",
    role: "owner",
    created_at: 0,
  };
  await add("schedules", { ...schedule, id: "done", run_at: daysAgo(100) });
  await add("schedules", { ...schedule, id: "off", run_at: daysAgo(100), next_at: daysAgo(100), enabled: 0 });
  await add("schedules", { ...schedule, id: "daily", cron: "0 8 * * *" });
  for (const { id } of [{ id: "done" }, { id: "daily" }])
    await add("occurrences", {
      tenant,
      schedule: id,
      slot: 1,
      status: "failed",
      started_at: daysAgo(9 * 365),
    });
  await sweepExpired(served.platform, NOW);
  expect(await listIds("occurrences", "schedule", served)).toEqual(["daily"]);
  expect((await listIds("documents", "hash", served)).filter((hash) => String(hash).length < 10)).toEqual([
    "serves",
    "young",
  ]);
  expect(await listIds("feedback", "id", served)).toEqual(["correction"]);
  expect(await listIds("schedules", "id", served)).toEqual(["daily", "off"]);
});

it("keeps vectors of the model that a tenant is embedded with, and of no other", async () => {
  const served = await serve();
  const { platform, tenant } = served;
  await platform.embeddingStates.save(tenant, { model: "m/2", content: "any", texts: 1, blend: null });
  const vectors = new D1Vectors(env.DB);
  await vectors.save(
    tenant,
    ["m/1", "m/2"].map((model) => ({ id: "text", model, values: [1] })),
  );
  await sweepExpired(platform, NOW);
  expect(await listIds("vectors", "id", served)).toEqual(["m/2/text"]);
});

it("deletes files that no schedule names, and the last answers of services", async () => {
  const served = await serve();
  const { platform, tenant } = served;
  const put = (text: string) =>
    platform.files.put(tenant, new TextEncoder().encode(text), { name: text, type: "text/plain" });
  const [named, forgotten] = [await put("named"), await put("forgotten")];
  await platform.attachments.add(tenant, [named, forgotten], { by: null, now: 0 });
  const body = new Uint8Array();
  await env.BLOBS.put(`answers/${tenant}/x`, body, { customMetadata: { at: "0" } });
  await platform.schedules.add({
    ...{ tenant, id: "s", skill: "a/b", runAt: null, cron: "0 8 * * *", timeZone: "UTC", nextAt: null },
    ...{ input: { file: named }, isEnabled: true, maxRetries: 0, user: "u", role: "owner", createdAt: 0 },
    ...{ keyId: null, inputBy: "u" },
  });
  // The bucket says itself when a file was stored: a hundred days from now it is old.
  const later = Math.floor((Date.now() + 100 * DAY_MS) / 3_600_000) * 3_600_000 + 7 * 60_000;
  for (const part of [1, 2]) await sweepExpired(platform, later + part * 3_600_000);
  expect(await platform.files.get(tenant, named.sha256)).not.toBeNull();
  expect(await platform.files.get(tenant, forgotten.sha256)).toBeNull();
  expect(await listIds("attachments", "sha256", served)).toEqual([named.sha256]);
  expect(await env.BLOBS.get(`answers/${tenant}/x`)).toBeNull();
});

it("lets a runner forget idempotency keys by itself, some hundred at once", async () => {
  const { tenant } = await serve();
  const runner = env.RUNNER.getByName(`${tenant}/0`);
  const tomorrow = Date.now() + DAY_MS;
  await runInDurableObject(runner, async (_, { storage }) => {
    const add = (key: string, expiresAt: number) =>
      storage.sql.exec(
        "insert into keys (key, body_hash, run_id, expires_at) values (?, '', ?, ?)",
        ...[key, `run_0_${key.padStart(26, "0")}`, expiresAt],
      );
    for (let n = 0; n < 700; n += 1) add(`old${n}`, n);
    add("young", tomorrow);
    await storage.setAlarm(tomorrow);
  });
  const ring = async () => {
    await runDurableObjectAlarm(runner);
    return runInDurableObject(runner, async (_, { storage }) => ({
      keys: storage.sql.exec("select count(*) as n from keys").one()["n"],
      alarm: await storage.getAlarm(),
    }));
  };
  const first = await ring();
  expect(first.keys).toBe(201);
  expect(first.alarm).toBeLessThan(tomorrow);
  expect(await ring()).toEqual({ keys: 1, alarm: tomorrow });
});
