// The terminal blocks of the first ten minutes, drawn from answers as the API gives them.
import { describe, expect, it } from "vitest";
import { toBudgetLines } from "./budget.ts";
import { toHints, toResultLines } from "./result.ts";
import { toTrialLines, toWrites, toWritesSentence } from "./trial.ts";
import { toUnderstoodLines } from "./understood.ts";
import { aView } from "./view-builder.ts";

const margin = {
  run_id: "run_0_01k9zzzzzzzzzzzzzzzz7k2m9x",
  short_id: "r-7k2m9x",
  status: "succeeded",
  skill: "oysters/calculate_margin",
  confidence: 0.94,
  alternatives: [{ skill: "oysters/get_pricelist", confidence: 0.03 }],
  understood: [{ name: "kg", value: 40, words: "40 кг" }],
  result: { profit: 26200, margin_percent: 36.3, batch: { cost_per_kg: 1150 } },
  formats: { profit: "RUB" },
  answer: "Прибыль 26 200 ₽, маржа 36,3 %",
  details:
    "Продажа 72 200 ₽ (40 кг минус 5 % потерь) − закупка 46 000 ₽ (1 150 ₽/кг, партия от 18 ноября, учебные данные)",
  data: "practice",
  cost: { usd: 0 },
  duration_ms: 5,
  plan: { hash: "8f3a", effects: [{ step: "batch", class: "read", via: "sql", target: "batches" }] },
};

const rows = [
  { number: 1021, customer: "Bistro Volna", total: 48000, status: "draft", created_at: "2025-03-12" },
  { number: 1034, customer: "Café Pristan", total: 17500, status: "draft", created_at: "2025-06-02" },
  { number: 1040, customer: "Ivanov & Co", total: 9900, status: "draft", created_at: "2025-11-28" },
];

const deletion = {
  run_id: "run_1_01k9zzzzzzzzzzzzzzzz9qx4aa",
  short_id: "r-9qx4aa",
  status: "planned",
  skill: "oysters/delete_old_quotes",
  confidence: 0.96,
  understood: [{ name: "before", value: "2026-01-01", words: "older than this year" }],
  input: { before: "2026-01-01" },
  effects: [{ class: "read", via: "sql", target: "quotes", total: 3 }],
  plan: {
    hash: "8f3a1122",
    effects: [
      { step: "old", class: "read", via: "sql", target: "quotes" },
      { step: "remove", class: "delete", via: "sql", target: "quotes" },
    ],
    manifest: [
      {
        key: "run_1_01k9zzzzzzzzzzzzzzzz9qx4aa:remove:1",
        step: "remove",
        class: "delete",
        target: "quotes",
        total: 3,
        entities: rows.map((row) => ({ id: String(row.number), label: row.customer, before: row })),
      },
    ],
    show: rows.map(({ number, customer, total, created_at }) => ({ number, customer, total, created_at })),
    formats: { total: "RUB" },
    risk: 9,
    approval: { needed: "yes", by: "owner" },
    forecast: { upper_usd: 0 },
  },
};

describe("a result", () => {
  it("shows what was understood, the answer, what it is made of and what to type next", () => {
    const view = aView("ru");
    const lines = [
      ...toUnderstoodLines(margin, "Прибыль и маржа с партии", view),
      ...toResultLines(margin, view),
      ...toHints(margin, view),
    ];
    expect(lines).toEqual([
      "Понял так: «Прибыль и маржа с партии» (oysters/calculate_margin), уверен на 94 %",
      "  kg = 40   из слов «40 кг»",
      "Прибыль 26 200 ₽, маржа 36,3 %",
      "  Продажа 72 200 ₽ (40 кг минус 5 % потерь) − закупка 46 000 ₽ (1 150 ₽/кг, партия от 18 ноября, учебные данные)",
      "  Ничего не изменено · стоимость $0.00 (модель не нужна) · 5 мс · запуск r-7k2m9x",
      "  Не тот навык?    npx skillos feedback r-7k2m9x --expected-skill-id oysters/get_pricelist",
      "  Ваши партии:     npx skillos data import batches партии.xlsx",
    ]);
  });

  it("says practice data once", () => {
    const said = toResultLines({ ...margin, details: null }, aView("ru")).at(-1);
    expect(said).toContain("учебные данные");
    expect(toResultLines({ ...margin, data: "live", details: null }, aView("ru")).at(-1)).not.toContain(
      "учебные",
    );
  });

  it("draws a list of objects as a table, with money where the server says so", () => {
    const priced = {
      ...margin,
      result: {
        items: [
          { sku: "PAC-3", price: 1900, as_of: "2026-11-20" },
          { sku: "BLK-02", price: 21500, as_of: null },
        ],
      },
      formats: { "items[].price": "RUB" },
      answer: "2 in the list",
      details: null,
    };
    expect(toResultLines(priced, aView("en")).slice(0, 4)).toEqual([
      "2 in the list",
      "  sku        price        as of",
      "  PAC-3    1,900 ₽  20 Nov 2026",
      "  BLK-02  21,500 ₽            —",
    ]);
  });

  it("says who agreed after a change, and that a second time deletes nothing more", () => {
    const done = {
      ...deletion,
      status: "succeeded",
      answer: "Deleted 3 of 3",
      result: { deleted: 3, quotes: rows },
      approved: { by: "owner", at: "2026-11-21T07:42:10.000Z", how: "the caller" },
      cost: { usd: 0 },
      duration_ms: 14,
    };
    expect(toResultLines(done, aView("en"))).toEqual([
      "✓ Deleted 3 of 3 · approved by you at 10:42 · cost $0.00 · 14 ms · run r-9qx4aa",
      "  Repeating it deletes nothing more. Step by step: npx skillos logs --run r-9qx4aa",
    ]);
  });
});

describe("a trial run", () => {
  it("lists what would be read and deleted, row by row", () => {
    const view = aView("en");
    const lines = [
      ...toUnderstoodLines(deletion, "Delete old draft quotes", view),
      ...toTrialLines(deletion, view, "plan.json"),
      view.words.nextWithoutDryRun(3),
    ];
    expect(lines).toEqual([
      'Understood: "Delete old draft quotes" (oysters/delete_old_quotes), 96 % sure',
      '  before = 1 January 2026   from "older than this year"',
      "Trial run: nothing was changed. If you go ahead, this",
      "  reads    quotes  3 rows",
      "  DELETES  quotes  3 rows, cannot be undone",
      "           1021  Bistro Volna  48,000 ₽  12 Mar 2025",
      "           1034  Café Pristan  17,500 ₽   2 Jun 2025",
      "           1040  Ivanov & Co    9,900 ₽  28 Nov 2025",
      "  Risk 9 of 20 (it deletes) · needs a yes from: owner · cost $0.00 · plan 8f3a saved in plan.json",
      "Next: the same command without --dry-run. It does exactly this, or stops if one of the 3 has changed.",
    ]);
  });

  it("puts its writes in one sentence", () => {
    const writes = toWrites(deletion);
    expect(toWritesSentence(writes, aView("en"))).toBe("delete 3 draft quotes, cannot be undone");
    expect(toWritesSentence(writes, aView("ru"))).toBe("удалить 3 строки в quotes (draft), отменить нельзя");
  });

  it("says why it is a risk by the same word as its list", () => {
    const effects = [{ class: "write" }];
    const writing = { ...deletion, plan: { ...deletion.plan, effects } };
    expect(toTrialLines(writing, aView("en"), null).join("\n")).toContain("(it changes)");
    expect(toTrialLines(writing, aView("ru"), null).join("\n")).toContain("(изменяет)");
  });

  it("says so when a run alone can tell what it writes", () => {
    const unknown = {
      ...deletion,
      plan: {
        ...deletion.plan,
        manifest: [{ class: "write", target: "mail.example", total: null, entities: "unknown until run" }],
      },
    };
    expect(toTrialLines(unknown, aView("en"), null)[2]).toBe("  CHANGES  mail.example  unknown until run");
  });
});

describe("a request over its budget", () => {
  const problem = {
    code: "budget_exceeded",
    title: "Stopped before spending anything",
    scope: "request",
    needed_usd: 0.12,
    limit_usd: 0.05,
    cheaper_usd: 0.06,
    request_id: "q_01k9zzzzzzzzzzzzzzzzzzb3f1zz",
  };
  const budgets = {
    limits: { daily_usd: 0.5 },
    spent_usd: { day: 0 },
    resets_at: "2026-11-21T21:00:00.000Z",
  };
  const command = 'npx skillos run "what does this tender require" --file samples/tender.txt';

  it("gives the figures and commands that would pass", () => {
    const facts = { problem, budgets, command, pages: 240, isPractice: true };
    expect(toBudgetLines(facts, 4, aView("en"))).toEqual([
      "✗ Stopped before spending anything",
      "  240 pages could cost $0.12, or $0.06 with the cheaper model (practice prices). Your limit is $0.05 a request.",
      "  Today: $0.00 of $0.50 spent; the day starts again at 00:00 Moscow time. Do one of these:",
      `    fewer pages (up to $0.04)  ${command} --set pages=1-80`,
      "    a higher limit             npx skillos budgets set --per-request-usd 0.12",
      "  budget_exceeded · request q-b3f1zz · docs/errors/budget_exceeded.md · exit code 4",
    ]);
  });

  it("counts what of the day is used already", () => {
    const ofDay = { ...problem, scope: "day", limit_usd: 0.5, remaining_usd: 0.05 };
    const facts = { problem: ofDay, budgets, command, pages: 240, isPractice: true };
    expect(toBudgetLines(facts, 4, aView("en"))?.slice(3, 5)).toEqual([
      `    fewer pages (up to $0.04)  ${command} --set pages=1-80`,
      "    a higher limit             npx skillos budgets set --daily-usd 0.57",
    ]);
  });

  it("leaves the pages out where there are none, and gives up without figures", () => {
    const facts = { problem, budgets: {}, command, pages: null, isPractice: false };
    expect(toBudgetLines(facts, 4, aView("en"))?.slice(1, 4)).toEqual([
      "  It could cost $0.12, or $0.06 with the cheaper model. Your limit is $0.05 a request.",
      "  Do one of these:",
      "    a higher limit  npx skillos budgets set --per-request-usd 0.12",
    ]);
    expect(toBudgetLines({ ...facts, problem: { code: "budget_exceeded" } }, 4, aView("en"))).toBeNull();
  });
});
