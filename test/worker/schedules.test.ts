import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Schedule } from "../../src/kernel/ports/schedules.ts";
import { tickSchedules } from "../../src/operations/triggers/schedule-tick.ts";
import { toCaller } from "./caller.ts";
import { aTenant } from "./tenant.ts";
import { DOUBLE, serve, type Served, untilRuns } from "./platform.ts";

const at = (text: string): number => Date.parse(text);

async function withSchedule(change: Partial<Schedule> = {}): Promise<Served> {
  const served = await serve();
  const { platform, tenant } = served;
  await platform.schedules.add({
    tenant,
    id: "s",
    skill: DOUBLE,
    runAt: at("2026-01-18T05:00:00Z"),
    cron: null,
    timeZone: "Europe/Moscow",
    input: { n: 3 },
    inputBy: "owner",
    isEnabled: true,
    maxRetries: 0,
    nextAt: at("2026-01-18T05:00:00Z"),
    user: "owner",
    role: "owner",
    keyId: null,
    createdAt: 0,
    ...change,
  });
  return served;
}

const tick = ({ platform, tenant }: Served, now: string, waitMs = 5_000) =>
  tickSchedules(platform, { tenant, now: at(now), waitMs });
const occurrences = ({ platform, tenant }: Served) => platform.schedules.listOccurrences(tenant, "s", 100);

it("may say what time it is only for whoever may make schedules", async () => {
  const member = await (await aTenant()).join("boris", "member");
  const now = "2099-01-01T00:00:00Z";
  expect(await member.ask("POST /schedules/tick", { now })).toMatchObject({ status: 403, code: "forbidden" });
});

it("and webhooks say whose yes each run will wait for, where one always is", async () => {
  const tenant = await aTenant();
  await tenant.store.importTable("tasks", [{ name: "a" }], "own");
  const steps = "  - id: one\n    sql: insert into tasks (name) values ('b')\n";
  await tenant.saveSkill("test/free", steps);
  await tenant.saveSkill("test/asked", steps, "approval: { ask: always, by: manager }\n");
  await tenant.saveSkill("test/gone", "  - id: one\n    sql: delete from tasks\n");
  const secret = "a secret long enough";
  for (const [name, needs] of [
    ["free", undefined],
    ["asked", "manager"],
    ["gone", "owner"],
  ]) {
    const skill = `test/${name}`;
    const made = [
      await tenant.ask("POST /schedules", { skill, cron: "0 9 * * *" }),
      await tenant.ask("POST /webhooks", { skill, id: name, secret }),
    ];
    expect(made.map((one) => one["needs_yes"])).toEqual([needs, needs]);
  }
});

describe("a tick", () => {
  it("starts what is due and waits for its end", async () => {
    const served = await withSchedule();
    expect(await tick(served, "2026-01-18T05:00:00Z")).toMatchObject([
      { schedule: "s", outcome: { status: "succeeded" } },
    ]);
    expect(await occurrences(served)).toMatchObject([
      { slot: at("2026-01-18T05:00:00Z"), status: "succeeded" },
    ]);
    const events = await served.platform.runs.listEvents(served.tenant, {
      since: { seq: 0, place: -1 },
      runId: null,
      limit: 100,
    });
    expect(events.map(({ event }) => event.event).filter((name) => name.startsWith("schedule_"))).toEqual([
      "schedule_started",
      "schedule_finished",
    ]);
  });

  it("starts nothing early, nothing twice, and nothing that is off", async () => {
    const served = await withSchedule();
    expect(await tick(served, "2026-01-18T04:59:59Z")).toEqual([]);
    await tick(served, "2026-01-18T05:00:01Z");
    expect(await tick(served, "2026-01-19T05:00:00Z")).toEqual([]);
    expect(await tick(await withSchedule({ isEnabled: false }), "2026-01-18T05:00:00Z")).toEqual([]);
  });

  it("among twenty at once starts one run of a slot", async () => {
    const served = await withSchedule({ runAt: null, cron: "* * * * *" });
    const ticks = await Promise.all(Array.from({ length: 20 }, () => tick(served, "2026-01-18T05:00:20Z")));
    expect(ticks.flat()).toHaveLength(1);
    expect(await occurrences(served)).toHaveLength(1);
    expect(await untilRuns(served, 1)).toHaveLength(1);
  });

  it("that comes late runs the latest slot, once, and goes on from now", async () => {
    const served = await withSchedule({ runAt: null, cron: "0 8 * * *" });
    await tick(served, "2026-01-21T09:30:00Z");
    expect(await occurrences(served)).toMatchObject([{ slot: at("2026-01-21T05:00:00Z") }]);
    expect((await served.platform.schedules.find(served.tenant, "s"))?.nextAt).toBe(
      at("2026-01-22T05:00:00Z"),
    );
  });

  it("does not wait for anybody when it is the platform's", async () => {
    const served = await withSchedule();
    expect(await tick(served, "2026-01-18T05:00:00Z", 0)).toMatchObject([
      { outcome: { started: expect.stringMatching(/^run_/) } },
    ]);
    expect(await untilRuns(served, 1)).toMatchObject([{ channel: "schedule" }]);
  });
});

describe("an occurrence", () => {
  it("that was taken by a tick that died is started by a later one", async () => {
    const served = await withSchedule();
    const { platform, tenant } = served;
    const schedule = await platform.schedules.find(tenant, "s");
    expect(schedule).not.toBeNull();
    if (schedule)
      await platform.schedules.take(schedule, {
        at: schedule.nextAt ?? 0,
        nextAt: null,
        now: platform.clock.now() - 60_000,
      });
    await Promise.all([tick(served, "2026-01-18T05:01:00Z"), tick(served, "2026-01-18T05:01:00Z")]);
    expect(await untilRuns(served, 1)).toHaveLength(1);
    expect((await occurrences(served))[0]?.runId).toMatch(/^run_/);
  });

  it("is taken once for ever, also after everything old was swept", async () => {
    const served = await withSchedule({ runAt: null, cron: "0 8 * * *" });
    const { platform, tenant } = served;
    await tick(served, "2026-01-18T05:00:00Z");
    const later = at("2036-01-18T05:00:00Z");
    const horizons = { contents: later, books: later, eventIds: later };
    await platform.retention.sweepLogs(horizons);
    await platform.retention.sweepRecords(horizons);
    await platform.schedules.setEnabled(tenant, "s", { isEnabled: true, nextAt: at("2026-01-18T05:00:00Z") });
    expect(await tick(served, "2026-01-18T05:00:30Z")).toEqual([]);
    expect(await occurrences(served)).toHaveLength(1);
  });

  it("that nobody came back to until its key was forgotten has failed: it may have run", async () => {
    const served = await withSchedule();
    const { platform, tenant } = served;
    const schedule = await platform.schedules.find(tenant, "s");
    const longAgo = platform.clock.now() - 5 * 86_400_000;
    if (schedule) await platform.schedules.take(schedule, { at: 0, nextAt: null, now: longAgo });
    await tick(served, "2026-01-18T05:01:00Z");
    expect(await occurrences(served)).toMatchObject([{ status: "failed", runId: null }]);
    expect(await platform.runners.listOpen(tenant)).toEqual([]);
  });

  it("keeps its key no longer than those of others", async () => {
    const served = await withSchedule();
    await tick(served, "2026-01-18T05:00:00Z");
    const shards = await Promise.all(
      [0, 1].map((shard) =>
        runInDurableObject(env.RUNNER.getByName(`${served.tenant}/${shard}`), (_, { storage }) =>
          storage.sql.exec("select expires_at from keys").toArray(),
        ),
      ),
    );
    const [key] = shards.flat();
    expect(Number(key?.["expires_at"]) - served.platform.clock.now()).toBeLessThan(5 * 86_400_000);
  });

  it("whose run cannot start has failed", async () => {
    const served = await withSchedule({ input: { n: "many" } });
    expect(await tick(served, "2026-01-18T05:00:00Z")).toMatchObject([
      { outcome: { refusal: { reason: "input_invalid" } } },
    ]);
    expect(await occurrences(served)).toMatchObject([{ status: "failed", runId: null }]);
  });

  it("of a schedule that was made anew under the same id is a new one", async () => {
    const served = await withSchedule();
    const { platform, tenant } = served;
    await tick(served, "2026-01-18T05:00:00Z");
    const schedule = await platform.schedules.find(tenant, "s");
    expect(await platform.schedules.drop(tenant, "s")).toBe(true);
    if (schedule) await platform.schedules.add({ ...schedule, nextAt: schedule.runAt, createdAt: 1 });
    expect(await tick(served, "2026-01-18T05:00:00Z")).toHaveLength(1);
    expect(await untilRuns(served, 2)).toHaveLength(2);
  });
});

it("of one tenant is not another's", async () => {
  const [mine, theirs] = [await withSchedule(), await withSchedule()];
  await tick(mine, "2026-01-18T05:00:00Z");
  expect(await occurrences(theirs)).toEqual([]);
  expect(await theirs.platform.schedules.find(theirs.tenant, "s")).not.toBeNull();
  expect(await mine.platform.schedules.drop(mine.tenant, "s")).toBe(true);
  expect(await theirs.platform.schedules.find(theirs.tenant, "s")).not.toBeNull();
});

describe("a schedule that is made", () => {
  it.each([
    ["en", /"2020-01-18T08:00" has passed: understood as 2020-01-18 08:00 \(Asia\/Tokyo\), and it is \d{4}-/],
    ["ru", /«2020-01-18T08:00» уже прошло: понято как 2020-01-18 08:00 \(Asia\/Tokyo\), а там сейчас \d{4}-/],
  ])("is refused for a time that has passed, with how it was understood (%s)", async (language, words) => {
    const caller = await toCaller();
    const json = { skill: DOUBLE, run_at: "2020-01-18T08:00", time_zone: "Asia/Tokyo", input: { n: 1 } };
    const answer = await caller.ask("POST /schedules", { json, headers: { "accept-language": language } });
    expect(answer).toMatchObject({ status: 400, body: { code: "bad_request", field: "run_at" } });
    expect(answer.body["detail"]).toMatch(words);
    expect((await caller.ask("GET /schedules")).body).toEqual({ schedules: [] });
  });

  it("is refused for a value that nobody will be there to give", async () => {
    const caller = await toCaller();
    const json = { id: "s", skill: DOUBLE, cron: "0 8 * * *" };
    expect(await caller.ask("POST /schedules", { json })).toMatchObject({
      status: 400,
      body: { code: "input_invalid", title: "Missing: n", missing: ["n"], fix: "Add `--set n=…`." },
    });
    expect((await caller.ask("POST /schedules", { json: { ...json, input: { n: "many" } } })).status).toBe(
      400,
    );
    expect((await caller.ask("POST /schedules", { json: { ...json, payload: { n: 2 } } })).status).toBe(201);
  });
});
