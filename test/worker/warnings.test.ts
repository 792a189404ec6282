// Budgets that are used up by half, by four fifths, and all: told once a period, in the budget and among the events. And limits that
// mean nothing are refused.
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.send(
    "PUT /connectors/paid",
    "type: http\nbase_url: https://p.example\nprice_per_call_usd: 0.001\n",
  );
  await tenant.saveSkill("test/paid", "  - id: one\n    http: { get: /x, connector: paid }\n");
});

const run = () => tenant.ask("POST /skills/test/paid/run", {});

async function toWarned(): Promise<readonly unknown[]> {
  await tenant.ask("GET /budgets");
  const { events } = await tenant.ask("GET /events");
  return (events as Body[])
    .filter(({ event }) => event === "budget_warning")
    .map(({ payer, period, percent }) => `${String(payer)} ${String(period)} ${String(percent)}`);
}

describe("a warning", () => {
  it("is told once for each share of each budget, whatever is restarted", async () => {
    await tenant.ask("PUT /budgets", { daily_usd: 0.004, monthly_usd: 1 });
    await tenant.ask("PUT /budgets", { scope: "skill:test/paid", monthly_usd: 0.004 });
    await run();
    expect(await toWarned()).toEqual([]);
    await run();
    expect(await toWarned()).toEqual(["tenant day 50", "skill:test/paid month 50"]);
    await evictDurableObject(tenant.guard);
    await run();
    expect(await toWarned()).toHaveLength(2);
    await run();
    expect(new Set(await toWarned())).toEqual(
      new Set([
        "skill:test/paid month 100",
        "skill:test/paid month 50",
        "skill:test/paid month 80",
        "tenant day 100",
        "tenant day 50",
        "tenant day 80",
      ]),
    );
    expect(await tenant.ask("GET /budgets")).toMatchObject({
      warnings: [
        { scope: "tenant", period: "day", percent: 100, spent_usd: 0.004, limit_usd: 0.004 },
        { scope: "skill:test/paid", period: "month", percent: 100 },
      ],
    });
  });
});

describe("limits in credits", () => {
  it("are the same limits, and are shown beside the dollars", async () => {
    const told = await tenant.ask("PUT /budgets", { daily_credits: 12.5, per_request_usd: 0.02 });
    expect(told).toMatchObject({
      limits: { daily_usd: 0.125, daily_credits: 12.5, per_request_usd: 0.02, per_request_credits: 2 },
    });
  });

  it.each([
    [{ daily_usd: 1, daily_credits: 100 }, /not in both/],
    [{ daily_credits: 0.00001 }, /four|4 decimals/],
    [{ daily_credits: -1 }, /at least 0/],
    [{ daily_eur: 5 }, /none in "eur"/],
    [{ daily_usd: "5" }, /a number is needed/],
  ])("of %j are refused and change nothing", async (body, why) => {
    const before = await tenant.ask("GET /budgets");
    const answer = await tenant.ask("PUT /budgets", body);
    expect(answer).toMatchObject({ status: 400, code: "bad_request" });
    expect(String(answer["detail"])).toMatch(why);
    expect(await tenant.ask("GET /budgets")).toEqual(before);
  });
});

describe("a limit for nobody", () => {
  const body = { daily_usd: 1 };
  it.each([
    ["PUT /budgets", "skill:test/pad", "test/paid"],
    ["PUT /budgets", "user:ana", "anna"],
    ["PUT /limits", "user:xyz", undefined],
    ["PUT /limits", "key:nothing", undefined],
    ["POST /pause", "skill:test/pad", "test/paid"],
  ])("%s %s is refused, with who was meant", async (route, scope, suggestion) => {
    const more = { "PUT /budgets": body, "PUT /limits": { requests: 5 } }[route] ?? {};
    const answer = await tenant.ask(route, { scope, ...more });
    expect(answer).toMatchObject({ status: 404, code: "not_found" });
    expect(answer["suggestion"]).toBe(suggestion);
    expect(await tenant.ask("GET /budgets")).toMatchObject({ capped: [], paused: [] });
  });

  it("that had one, and is gone, can still be let go", async () => {
    await tenant.ask("POST /pause", { scope: "skill:test/paid" });
    await tenant.ask("POST /registry/files", { files: [], complete: true });
    expect(await tenant.ask("POST /resume", { scope: "skill:test/paid" })).toEqual({ paused: [] });
  });
});

it("a change of a limit stands in the audit as one, and says whose", async () => {
  await tenant.ask("PUT /limits", { scope: "user:anna", requests: 5 });
  await tenant.ask("PUT /budgets", { scope: "user:anna", daily_usd: 5 });
  await tenant.ask("PUT /limits", { requests: 7 });
  const told = (await tenant.ask("GET /audit"))["entries"] as Body[];
  const changes = told.filter(({ action }) => /^(limit|budget)\./.test(String(action)));
  expect(changes).toMatchObject([
    { action: "limit.change", target: "user:anna", body: { payer: "user:anna", rate: { requests: 5 } } },
    { action: "budget.change", target: "user:anna", body: { payer: "user:anna" } },
    { action: "limit.change", body: { payer: "tenant", requests: 7 } },
  ]);
});
