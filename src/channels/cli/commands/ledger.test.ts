import { describe, expect, it } from "vitest";
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Command, Given } from "../command.ts";
import { plain } from "../paint.ts";
import { Complaint, type Shell } from "../shell.ts";
import { breakers } from "./breakers.ts";
import { ledgerCorrect, ledgerRebuild, ledgerVerify } from "./ledger.ts";
import { budgets, budgetsSet, limitsSet, pauseCommand } from "./money.ts";

async function show(command: Command, body: object, how: { locale?: Locale; given?: Partial<Given> } = {}) {
  const lines: string[] = [];
  const called: unknown[] = [];
  // What these commands do not use is left out.
  const shell = {
    call: async (route: string, content: object = {}) => {
      called.push([route, content]);
      return { status: 200, body, text: JSON.stringify(body), location: null, date: null };
    },
    screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
    isJson: false,
    locale: how.locale ?? "en",
  } as unknown as Shell;
  const code = await command.run({ words: [], options: {}, ...how.given }, shell);
  return { code, text: lines.join("\n"), called };
}

describe("ledger verify", () => {
  it("says that it is right, and is 0", async () => {
    const { code, text } = await show(ledgerVerify, {
      verified: true,
      entries: 3,
      runs: 4,
      problems: [],
      unknown: [],
    });
    expect({ code, text }).toEqual({ code: 0, text: "✓ The ledger is right: 3 entries, 4 runs." });
  });

  it("names each difference with its run and amounts, says what to do, and is 1", async () => {
    const problems = [
      { what: "unbalanced", run_id: "run_0_a", entry: "e", sum_usd: 0.000007 },
      { what: "run", run_id: "run_0_b", cost_usd: 0.01, booked_usd: 0 },
      { what: "spent", scope: "user:anna", period: "day", counted_usd: 2, booked_usd: 1.5 },
    ];
    const body = { verified: false, problems, unknown: ["key:old"] };
    const { code, text } = await show(ledgerVerify, body);
    expect(code).toBe(1);
    expect(text).toMatch(
      /run_0_a: entry e is \$0\.000007.*\n.*run_0_b cost \$0\.01; its entries say \$0\.00\.\n.*Of the day \$2\.00 is counted \(user anna\); the entries say \$1\.50\.\n.*ledger rebuild.*\n.*key:old/,
    );
    expect((await show(ledgerVerify, body, { locale: "ru" })).text).toMatch(/насчитано \$2\.00/);
  });
});

it("ledger rebuild tells before and after", async () => {
  const changed = [{ scope: "tenant", period: "month", before_usd: 2, after_usd: 1 }];
  expect((await show(ledgerRebuild, { changed, unknown: [] })).text).toBe(
    "✓ everything, month: $2.00 → $1.00",
  );
  expect((await show(ledgerRebuild, { changed: [], unknown: [] })).text).toMatch(/Nothing was changed/);
});

it("ledger correct sends what it cost and why, under its key; and refuses what is no amount", async () => {
  const options = { usd: "0.03", because: "bill", idempotencyKey: "k" };
  const given = { words: ["r-8k2m4q"], options };
  const { called, text } = await show(
    ledgerCorrect,
    { run_id: "run_0_a", was_usd: 0.02, usd: 0.03 },
    { given },
  );
  const json = { run: "r-8k2m4q", usd: 0.03, because: "bill" };
  expect(called).toEqual([["POST /ledger/corrections", { json, headers: { "idempotency-key": "k" } }]]);
  expect(text).toBe("✓ Run run_0_a: $0.02 → $0.03, by an entry of its own.");
  for (const usd of ["", "-1", "much"])
    await expect(show(ledgerCorrect, {}, { given: { ...given, options: { usd } } })).rejects.toThrow(
      Complaint,
    );
});

it("budgets shows credits, what is nearly used up and a bill to look at", async () => {
  const { text } = await show(budgets, {
    limits: { per_request_usd: 0.05, per_request_credits: 5, daily_usd: 0.5, daily_credits: 50 },
    spent_usd: { day: 0.4, month: 0.4 },
    warnings: [{ scope: "tenant", period: "day", percent: 80, spent_usd: 0.4, limit_usd: 0.5 }],
    overrun: { run_id: "run_0_a", over_usd: 0.02 },
  });
  expect(text).toMatch(/\$0\.05 +5 credits/);
  expect(text).toMatch(/! 80 % of the day's budget is used: \$0\.40 of \$0\.50 \(everything\)/);
  expect(text).toMatch(/run_0_a was billed \$0\.02 beyond .* acknowledge-overrun/);
});

it("limits are set in credits too", async () => {
  const { called } = await show(budgetsSet, {}, { given: { options: { dailyCredits: "12,5" } } });
  expect(called).toEqual([
    ["GET /budgets", {}],
    ["PUT /budgets", { json: { daily_credits: 12.5 } }],
  ]);
});

describe("budgets set", () => {
  it.each([
    ["en", undefined, "✓ everything: $0.05 a request → $0.055 a request"],
    ["ru", undefined, "✓ всё: $0.05 на запрос → $0.055 на запрос"],
    ["ru", "user:anna", "✓ пользователь anna: — → $1.00 в день"],
  ] as const)("says what changed, before and now (%s, %s)", async (locale, whom, said) => {
    let limit = 0.05;
    const body = () => ({
      limits: { per_request_usd: limit, daily_usd: 0.5 },
      capped: limit === 0.05 ? [] : [{ scope: "user:anna", limits: { daily_usd: 1, monthly_usd: null } }],
    });
    const lines: string[] = [];
    const shell = {
      call: async (route: string) => {
        if (route.startsWith("PUT")) limit = 0.055;
        return { status: 200, body: body(), text: "", location: null, date: null };
      },
      screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
      isJson: false,
      locale,
    } as unknown as Shell;
    const options = { perRequestUsd: "0.055", ...(whom !== undefined && { for: whom }) };
    expect(await budgetsSet.run({ words: [], options }, shell)).toBe(0);
    expect(lines[0]).toBe(said);
    // Whoever changed one person's limits is not shown everybody's.
    expect(lines.join("\n").includes("0.50")).toBe(whom === undefined);
  });
});

it("a skill with a dot is told what changed as well, and a budget that is not read changes nothing", async () => {
  const lines: string[] = [];
  const called: string[] = [];
  let usd = 0.1;
  const shell = (status: number) =>
    // What this command does not use is left out.
    ({
      call: async (route: string) => {
        called.push(route);
        const body = { capped: [{ scope: "skill:a/b", limits: { daily_usd: usd } }], code: "forbidden" };
        usd = 0.3;
        return { status, body, text: "", location: null, date: null };
      },
      screen: {
        paint: plain,
        width: null,
        show: (more: readonly string[]) => lines.push(...more),
        warn: () => undefined,
      },
      isJson: false,
      locale: "en",
    }) as unknown as Shell;
  const options = { dailyUsd: "0.3", for: "skill:a.b" };
  expect(await budgetsSet.run({ words: [], options }, shell(200))).toBe(0);
  expect(lines).toEqual(["✓ skill a/b: $0.10 a day → $0.30 a day"]);
  called.length = 0;
  expect(await budgetsSet.run({ words: [], options }, shell(403))).not.toBe(0);
  expect(called).toEqual(["GET /budgets"]);
});

it.each([
  ["en", "✓ everything: when nearly spent: a cheaper model → refuse", "5.5 credits"],
  ["ru", "✓ всё: когда бюджет на исходе: модель подешевле → отказывать", "5,5 кр."],
] as const)(
  "what happens when little is left, and what is left, is told in words (%s)",
  async (locale, said, credits) => {
    const lines: string[] = [];
    let way = "degrade";
    // What this command does not use is left out.
    const shell = {
      call: async () => {
        const limits = { daily_usd: 0.055, daily_credits: 5.5, on_low: way };
        way = "refuse";
        return { status: 200, body: { limits, remaining_usd: 0.015 }, text: "", location: null, date: null };
      },
      screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
      isJson: false,
      locale,
    } as unknown as Shell;
    await budgetsSet.run({ words: [], options: { onLow: "refuse" } }, shell);
    expect(lines[0]).toBe(said);
    expect(lines.join("\n")).toContain(credits);
    expect(lines.join("\n")).toContain("$0.015");
  },
);

it("limits set says what holds for each user", async () => {
  const given = { options: { requests: "60" } };
  const body = { requests: 60, window_seconds: 60, burst: 0 };
  expect((await show(limitsSet, body, { given })).text).toBe("✓ each user: 60 requests in 60 s");
  const { text } = await show(limitsSet, body, { given, locale: "ru" });
  expect(text).toBe("✓ каждый пользователь: 60 запросов за 60 с");
});

it("pause --all is the operator's switch, and takes no --for", async () => {
  const body = { paused: true, tenants: 3, running: 1 };
  const { called, text } = await show(pauseCommand, body, { given: { options: { all: true } } });
  expect(called).toEqual([["POST /system/pause", { json: {} }]]);
  expect(text).toBe("Everything is paused: 3 tenants, 1 run under way.");
  const options = { all: true, for: "user:anna" };
  await expect(show(pauseCommand, body, { given: { options } })).rejects.toThrow(Complaint);
});

it("breakers lists services in words", async () => {
  const breaker = { host: "a.example", state: "open", why: "failures", until: "2026-11-21T09:00:00Z" };
  const body = {
    breakers: [{ ...breaker, last_minute: { calls: 20, failed: 12, slow: 0 } }],
    time_zone: "UTC",
  };
  expect((await show(breakers, body)).text).toMatch(
    /a\.example +left alone +failures +21 Nov 2026, 09:00 +20 +12 +0/,
  );
  expect((await show(breakers, body, { locale: "ru" })).text).toMatch(/служба .*\n.*отключена +сбои/s);
  const forgotten = { calls: 0, failed: 0, slow: 0 };
  const opened = [{ ...breaker, last_minute: forgotten, at_opening: { calls: 21, failed: 13, slow: 0 } }];
  expect((await show(breakers, { breakers: opened })).text).toMatch(/ 21 +13 +0/);
});
