// The books of money: listed, verified against runs and counters, mended from the books, corrected by entries of their own.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/paid", PAID);
  await tenant.ask("PUT /budgets", { per_request_usd: 10, daily_usd: 100, monthly_usd: 100 });
});

const PRICE = 0.001;
const CONNECTOR = "type: http\nbase_url: https://paid.example\nprice_per_call_usd: 0.001\n";
const PAID = "  - id: one\n    http: { get: /x, connector: paid }\n";
const runPaid = async (who = tenant): Promise<string> => {
  await tenant.send("PUT /connectors/paid", CONNECTOR);
  const run = await who.ask("POST /skills/test/paid/run", {});
  expect(run).toMatchObject({ status: "succeeded" });
  return String(run["run_id"]);
};
const verify = () => tenant.ask("GET /ledger/verify");
const spoil = (statement: string, ...values: unknown[]) =>
  env.DB.prepare(statement)
    .bind(tenant.id, ...values)
    .run();
const spentOf = (body: Body) => body["spent_usd"] as { day: number; month: number };

async function countWrongly(day: number): Promise<void> {
  await runInDurableObject(tenant.guard, (_, { storage }) => {
    storage.sql.exec("update accounts set spent_day = spent_day + ? where payer = 'tenant'", day);
  });
  await evictDurableObject(tenant.guard);
}

beforeEach(async () => {
  await tenant.send("PUT /connectors/paid", CONNECTOR);
});

describe("verify", () => {
  it("finds the books right after runs that cost, fail, and cost nothing", async () => {
    await tenant.saveSkill("test/free", "  - id: a\n    set: { x: 1 }\n");
    await runPaid();
    await runPaid();
    await tenant.ask("POST /skills/test/free/run", {});
    await tenant.ask("PUT /budgets", { scope: "skill:test/paid", daily_usd: 5 });
    await tenant.ask("PUT /budgets", { scope: "user:anna", monthly_usd: 5 });
    await runPaid();
    expect(await verify()).toEqual({ verified: true, entries: 3, runs: 4, problems: [], unknown: [] });
  });

  it("names the entry that is not zero in sum, with its run", async () => {
    const run = await runPaid();
    await verify();
    await spoil("update ledger set micro_usd = micro_usd + 7 where tenant = ? and account <> 'tenant'");
    expect(await verify()).toMatchObject({
      verified: false,
      problems: [{ what: "unbalanced", run_id: run, sum_usd: 0.000007 }],
    });
  });

  it("names the run whose cost is not what was booked, and the sums that are not what is counted", async () => {
    const run = await runPaid();
    await verify();
    await spoil("delete from ledger where tenant = ? and run_id = ?", run);
    expect(await verify()).toMatchObject({
      verified: false,
      problems: [
        { what: "run", run_id: run, cost_usd: PRICE, booked_usd: 0 },
        { what: "spent", scope: "tenant", period: "day", counted_usd: PRICE, booked_usd: 0 },
        { what: "spent", scope: "tenant", period: "month", counted_usd: PRICE, booked_usd: 0 },
      ],
    });
  });

  it("is right while a run waits that was settled in part, and when it has ended", async () => {
    const steps = `${PAID}  - id: two\n    http: { post: "/y?n=\${{ one.status }}", connector: sink, body: { a: 1 } }\n`;
    await tenant.saveSkill("test/asks", steps, "approval: { ask: always, by: owner }\n");
    const asked = await tenant.ask("POST /skills/test/asks/run", {});
    expect(asked).toMatchObject({ status: "waiting" });
    expect(spentOf(await tenant.ask("GET /budgets")).day).toBe(PRICE);
    expect(await verify()).toMatchObject({ verified: true });
    await tenant.ask("PUT /budgets", { scope: "skill:test/asks", daily_usd: 5 });
    expect(await verify()).toMatchObject({ verified: true });
    const { id } = asked["approval"] as { id: string };
    expect(await tenant.ask(`POST /approvals/${id}`, { decision: "approve" })).toMatchObject({
      status: "succeeded",
    });
    expect(await verify()).toMatchObject({ verified: true, entries: 1, runs: 1 });
  });
});

/** As if the guard had never heard that this run stopped to wait: its object is begun anew from what it has stored. */
async function loseSettlement(run: string): Promise<void> {
  await runInDurableObject(tenant.guard, (_, { storage }) => {
    storage.sql.exec("update accounts set spent_day = 0, spent_month = 0");
    storage.sql.exec("update holds set settled_micro_usd = 0 where run_id = ?", run);
  });
  await evictDurableObject(tenant.guard);
}

describe("a settlement that is lost while its run waits", () => {
  it.each(["verified only", "rebuilt while it waits"])("is made good once: %s", async (how) => {
    const steps = `${PAID}  - id: two\n    http: { post: "/y?n=\${{ one.status }}", connector: sink, body: { a: 1 } }\n`;
    await tenant.saveSkill("test/asks", steps, "approval: { ask: always, by: owner }\n");
    const asked = await tenant.ask("POST /skills/test/asks/run", {});
    expect(await verify()).toMatchObject({ verified: true });
    await loseSettlement(String(asked["run_id"]));
    expect(await verify()).toMatchObject({
      problems: [{ period: "day", counted_usd: 0, booked_usd: PRICE }, { period: "month" }],
    });
    if (how !== "verified only") {
      const { changed } = await tenant.ask("POST /ledger/rebuild", {});
      expect(changed).toMatchObject([{ period: "day", after_usd: PRICE }, { period: "month" }]);
      expect(await verify()).toMatchObject({ verified: true });
    }
    const { id } = asked["approval"] as { id: string };
    expect(await tenant.ask(`POST /approvals/${id}`, { decision: "approve" })).toMatchObject({
      status: "succeeded",
    });
    expect(await verify()).toMatchObject({ verified: true, entries: 1, runs: 1 });
    expect(spentOf(await tenant.ask("GET /budgets")).day).toBe(PRICE);
  });
});

describe("rebuild", () => {
  it("counts anew from the books, tells before and after, and stands in the audit", async () => {
    await runPaid();
    await tenant.ask("GET /budgets");
    await countWrongly(500);
    expect(await verify()).toMatchObject({
      problems: [{ what: "spent", scope: "tenant", period: "day", counted_usd: 0.0015, booked_usd: PRICE }],
    });
    expect(await tenant.ask("POST /ledger/rebuild", {})).toEqual({
      changed: [{ scope: "tenant", period: "day", before_usd: 0.0015, after_usd: PRICE }],
      unknown: [],
    });
    expect(await verify()).toMatchObject({ verified: true });
    const { entries } = await tenant.ask("GET /audit?action=ledger.rebuild");
    expect(entries).toMatchObject([{ body: { changed: [{ scope: "tenant" }] } }]);
    expect(await tenant.ask("POST /ledger/rebuild", {})).toMatchObject({ changed: [] });
  });
});

it("two rebuilds at once, and a client's repeat, put a sum right once", async () => {
  await runPaid();
  await tenant.ask("GET /budgets");
  await countWrongly(500);
  await Promise.all(Array.from({ length: 3 }, () => tenant.ask("POST /ledger/rebuild", {})));
  expect(await verify()).toMatchObject({ verified: true });
  expect(spentOf(await tenant.ask("GET /budgets")).day).toBe(PRICE);
});

describe("the list", () => {
  it("is told a piece after the other, by the cursor", async () => {
    const runs = [await runPaid(), await runPaid()];
    const first = await tenant.ask("GET /ledger?limit=3");
    expect(first).toMatchObject({ more: true, entries: [{ account: "tenant", usd: -PRICE }, {}, {}] });
    const rest = await tenant.ask(`GET /ledger?limit=3&since=${String(first["next"])}`);
    expect(rest).toMatchObject({ more: false, entries: [{}] });
    const all = [...(first["entries"] as Body[]), ...(rest["entries"] as Body[])];
    expect(new Set(all.map((line) => line["run_id"]))).toEqual(new Set(runs));
    expect(await tenant.ask("GET /ledger?from=2001-01-01&to=2001-12-31")).toMatchObject({ entries: [] });
  });

  it.each(["from=2026-02-30", "from=2026-03-02&to=2026-03-01", "since=abc", "limit=0"])(
    "refuses %s",
    async (asked) => {
      expect(await tenant.ask(`GET /ledger?${asked}`)).toMatchObject({ code: "bad_request" });
    },
  );
});

/** As after a crash in the middle: no answer is kept, and of so much the guard knows nothing. */
async function forget(microUsd: number): Promise<void> {
  for (const shard of [0, 1])
    await runInDurableObject(tenant.runner(shard), (_, { storage }) => {
      storage.sql.exec("delete from replies");
    });
  await runInDurableObject(tenant.guard, (_, { storage }) => {
    if (microUsd === 0) return;
    storage.sql.exec("delete from corrected");
    storage.sql.exec(
      "update accounts set spent_day = spent_day - ?, spent_month = spent_month - ?",
      microUsd,
      microUsd,
    );
  });
  await evictDurableObject(tenant.guard);
}

describe("a correction", () => {
  const correct = (body: object, key?: string) =>
    tenant.ask("POST /ledger/corrections", body, key === undefined ? {} : { "idempotency-key": key });

  it("is an entry of its own that the budget follows, once per key, and stands in the audit", async () => {
    const run = await runPaid();
    expect(await tenant.ask(`GET /runs/${run}`)).not.toHaveProperty("corrected_cost");
    await tenant.ask("PUT /budgets", { scope: "skill:test/paid", daily_usd: 5 });
    const asked = { run, usd: 0.004, because: "the vendor's bill" };
    const made = await correct(asked, "k1");
    expect(made).toMatchObject({ run_id: run, was_usd: PRICE, usd: 0.004, change_usd: 0.003 });
    expect(await correct(asked, "k1")).toEqual(made);
    const budget = await tenant.ask("GET /budgets");
    expect(budget).toMatchObject({
      spent_usd: { day: 0.004, month: 0.004 },
      capped: [{ scope: "skill:test/paid", spent_usd: { day: 0.004 } }],
    });
    expect(await verify()).toMatchObject({ verified: true, entries: 2 });
    // What was written stays as it was.
    const { entries } = await tenant.ask("GET /ledger");
    expect(entries).toMatchObject([{ usd: -PRICE }, { usd: PRICE }, { usd: -0.003 }, { usd: 0.003 }]);
    const { entries: noted } = await tenant.ask("GET /audit?action=ledger.correct");
    expect(noted).toMatchObject([
      { target: run, body: { correction: expect.any(String), change_micro_usd: 3_000 } },
    ]);
    const costs = { cost: { usd: PRICE }, corrected_cost: { usd: 0.004, micro_usd: 4_000 } };
    expect(await tenant.ask(`GET /runs/${run}`)).toMatchObject(costs);
    expect(await tenant.ask("GET /runs")).toMatchObject({ runs: [costs] });
    expect(await correct({ ...asked, usd: 0 }, "k1")).toMatchObject({
      status: 422,
      code: "idempotency_mismatch",
    });
    expect(await correct({ ...asked, usd: 0 }, "k2")).toMatchObject({ change_usd: -0.004 });
    expect(spentOf(await tenant.ask("GET /budgets")).day).toBe(0);
    await evictDurableObject(tenant.guard);
    expect(await correct({ ...asked, usd: 0 }, "k2")).toMatchObject({ change_usd: -0.004 });
    expect(await verify()).toMatchObject({ verified: true });
  });

  it.each(["the guard had heard of it", "the guard had not"])(
    "whose answer was lost is made once by who asks again: %s",
    async (how) => {
      const asked = { run: await runPaid(), usd: 0.004, because: "the vendor's bill" };
      const made = await correct(asked, "k1");
      await forget(how === "the guard had not" ? 3_000 : 0);
      expect(await correct(asked, "k1")).toEqual(made);
      expect(spentOf(await tenant.ask("GET /budgets"))).toEqual({ day: 0.004, month: 0.004 });
      expect(await verify()).toMatchObject({ verified: true, entries: 2 });
    },
  );

  it("of a run that was paid on two days counts in the day of each payment", async () => {
    const steps = `${PAID}  - id: two\n    http: { post: "/y?n=\${{ one.status }}", connector: sink, body: { a: 1 } }\n  - id: three\n    http: { get: /z, connector: paid }\n`;
    await tenant.saveSkill("test/asks", steps, "approval: { ask: always, by: owner }\n");
    const asked = await tenant.ask("POST /skills/test/asks/run", {});
    const run = String(asked["run_id"]);
    await tenant.ask(`POST /approvals/${String((asked["approval"] as Body)["id"])}`, { decision: "approve" });
    expect(await verify()).toMatchObject({ verified: true });
    // What it read first was paid yesterday.
    await spoil("update ledger set at = at - 86400000 where tenant = ? and entry like '%:one:%'");
    await tenant.ask("POST /ledger/rebuild", {});
    const today = spentOf(await tenant.ask("GET /budgets")).day;
    const entries = (await tenant.ask("GET /ledger?from=2020-01-01"))["entries"] as Body[];
    const all = entries.reduce((sum, { account, usd }) => sum + (account === "tenant" ? -Number(usd) : 0), 0);
    expect(today).toBeGreaterThan(0);
    expect(all).toBeGreaterThan(today);
    expect(await correct({ run, usd: 0, because: "it was free" })).toMatchObject({ was_usd: all, usd: 0 });
    expect(spentOf(await tenant.ask("GET /budgets")).day).toBe(0);
    expect(await verify()).toMatchObject({ verified: true });
    const usd = Number((6 * all).toFixed(6));
    expect(await correct({ run, usd, because: "no" })).toMatchObject({ change_usd: usd });
    expect(spentOf(await tenant.ask("GET /budgets")).day).toBeCloseTo(6 * today, 9);
    expect(await verify()).toMatchObject({ verified: true });
  });

  it("takes a short id, and two at once start from each other", async () => {
    const run = await runPaid();
    const short = `r-${run.slice(-6)}`;
    const both = await Promise.all([
      correct({ run: short, usd: 0.002, because: "a" }),
      correct({ run: short, usd: 0.003, because: "b" }),
    ]);
    const changes = both.map((one) => Number(one["change_usd"]));
    const spent = spentOf(await tenant.ask("GET /budgets")).day;
    expect(spent).toBeCloseTo(PRICE + changes.reduce((sum, one) => sum + one, 0), 9);
    expect([0.002, 0.003]).toContain(spent);
    expect(await verify()).toMatchObject({ verified: true });
  });

  it.each([
    [{ usd: -1, because: "x" }, 400],
    [{ usd: 0.0000001, because: "x" }, 400],
    [{ usd: 1, because: "" }, 400],
    [{ usd: 1 }, 400],
    [{ usd: PRICE, because: "just that" }, 409],
    [{ run: "run_0_00000000000000000000000000", usd: 1, because: "x" }, 404],
    [{ run: "nothing", usd: 1, because: "x" }, 404],
  ])("of %j is refused and changes nothing", async (body, status) => {
    const run = await runPaid();
    const before = await tenant.ask("GET /ledger");
    expect(await correct({ run, ...body })).toMatchObject({ status });
    expect(await tenant.ask("GET /ledger")).toEqual(before);
  });

  it("of another tenant's run looks as if there were none", async () => {
    const run = await runPaid();
    await tenant.ask("GET /budgets");
    const other = await aTenant();
    const answer = await other.ask("POST /ledger/corrections", { run, usd: 1, because: "x" });
    expect(answer).toMatchObject({ status: 404, code: "not_found" });
  });
});
