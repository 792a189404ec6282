import { describe, expect, it } from "vitest";
import { describeRefusal } from "../../refusals.ts";
import { REFUSAL_PAGES } from "../../refusals/pages.ts";
import type { Answer } from "./answer.ts";
import { toCsv } from "./csv.ts";
import type { View } from "./model.ts";
import { renderPage } from "./page.ts";
import { toMainTable } from "./tables.ts";
import { aModel, draw, aQuestion, aResult, aTrial, text } from "./sample-answers.ts";

const FORM: Answer = {
  status: "waiting",
  request_id: "q",
  run_id: "run_0_x",
  waiting_for: "input",
  form: { ask: "Whom to ship to?", expires_at: "2026-11-24T09:00:00.000Z" },
  missing: [
    { name: "kg", ask: "How many kilograms?", schema: { type: "number" } },
    { name: "note", ask: "Anything else?", schema: { type: "string" }, optional: true },
  ],
};

const SEVERAL: Answer = {
  status: "needs_choice",
  request_id: "q",
  choices: [],
  steps: [
    { text: "find <flights>", skill: "a/flights", confidence: 0.97, description: "Flights" },
    { text: "show the rate", skill: "a/rate", confidence: 0.9 },
  ],
  pipeline: { skill: "a/flights_then_rate", yaml: "steps: []" },
};

const EVERY_STATUS: readonly Answer[] = [
  aTrial(),
  aResult(),
  aQuestion(),
  {
    status: "needs_choice",
    request_id: "q",
    choices: [
      { skill: "a/b", confidence: 0.5 },
      { skill: "a/c", confidence: 0.4 },
    ],
  },
  SEVERAL,
  {
    ...SEVERAL,
    status: "no_skill_found",
    pipeline: undefined,
    steps: [{ text: "dance", skill: null, confidence: 0 }],
  },
  {
    status: "no_skill_found",
    request_id: "q",
    skill: null,
    confidence: 0.31,
    alternatives: [{ skill: "travel/search_hotels", confidence: 0.31 }],
  },
  {
    status: "no_skill_found",
    request_id: "q",
    confidence: 0.01,
    alternatives: [{ skill: "travel/search_hotels", confidence: 0.01 }],
    examples: ["show the price list", "convert 100 dollars"],
  },
  {
    status: "no_skill_found",
    request_id: "q",
    confidence: 0.4,
    alternatives: [{ skill: "finance/track_expenses", confidence: 0.4 }],
    about: "past",
    hint: "It cannot be undone: `skillos runs`.",
  },
  { status: "queued", request_id: "q", run_id: "run_0_x" },
  { status: "running", request_id: "q", run_id: "run_0_x" },
  aTrial(undefined, {
    status: "waiting",
    waiting_for: "approval",
    approval: { id: "apr_0_x", by: "owner", expires_at: "2026-11-24T09:00:00.000Z" },
  }),
  {
    status: "waiting",
    request_id: "q",
    run_id: "run_0_x",
    waiting_for: "outcome",
    outcome: { target: "mail" },
  },
  { status: "waiting", request_id: "q", run_id: "run_0_x", waiting_for: "time" },
  FORM,
  {
    status: "failed",
    request_id: "q",
    problem: {
      ...describeRefusal(REFUSAL_PAGES.budget_exceeded.example, "en", { requestId: "q" }),
      field: undefined,
    },
  },
  { status: "failed", request_id: "q" },
  { status: "cancelled", request_id: "q" },
];

it("names those whose yes it waits for, where whoever asked may not say it", () => {
  const approval = { id: "apr_0_x", by: "owner", expires_at: "2026-11-24T09:00:00.000Z" };
  const draw = (who: readonly string[]) => {
    const answer = aTrial(undefined, {
      ...{
        status: "waiting",
        waiting_for: "approval",
        approval: { ...approval, who: [...who], mine: who.includes("anna") },
      },
    });
    return renderPage(aModel({ view: { view: "answer", answer }, locale: "en" }));
  };
  expect(draw(["boris", "clara"])).toContain("It waits for a yes from: boris, clara.");
  expect(draw(["anna"])).toContain("It waits for a yes from: owner.");
});

it("asks each of several requests alone, and shows the skill that does them all", () => {
  const page = text(renderPage(aModel({ view: { view: "answer", answer: SEVERAL }, locale: "en" })));
  expect(page).toContain("Several requests in a row");
  expect(page).toMatch(
    /find &lt;flights&gt;.*Flights · 97 % sure.*show the rate.*a\/flights_then_rate.*steps: \[\]/s,
  );
});

describe("every page", () => {
  const views: readonly View[] = [
    { view: "home" },
    { view: "code", code: "plan_drift" },
    ...EVERY_STATUS.map((answer): View => ({ view: "answer", answer })),
  ];
  const pages = views.flatMap((view) =>
    (["en", "ru"] as const).map((locale) => renderPage(aModel({ view, locale }))),
  );

  it("is a whole document in its language, without script", () => {
    for (const page of pages) {
      expect(page).toMatch(/^<!doctype html>\n<html lang="(en|ru)">/);
      expect(page).toContain("<title>SkillOS</title>");
      expect(page).toContain('name="viewport"');
      expect(page).not.toMatch(/<script|javascript:|\son\w+=/i);
      expect(page).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it("has a label for every field and no id twice", () => {
    for (const page of pages) {
      const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [field] of page.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
        if (/type="hidden"/.test(field)) continue;
        const id = /\sid="([^"]+)"/.exec(field)?.[1];
        expect(/aria-label="[^"]+"/.test(field) || page.includes(`<label for="${id}">`)).toBe(true);
      }
    }
  });

  it("opens and closes the same elements", () => {
    const empty = new Set(["meta", "link", "input", "br"]);
    for (const page of pages) {
      const open: string[] = [];
      for (const [, close, name = ""] of page
        .replace("<!doctype html>", "")
        .matchAll(/<(\/?)([a-z0-9]+)\b[^>]*>/g)) {
        if (close === "/") expect(open.pop()).toBe(name);
        else if (!empty.has(name)) open.push(name);
      }
      expect(open).toEqual([]);
    }
  });
});

describe("hostile text", () => {
  const EVIL = `"><script>alert(1)</script><img src=x onerror='alert(2)'> & \u202eevil\u0000 👨‍👩‍👧 مرحبا`;

  it("stays text wherever it comes in", () => {
    const quotes = [{ [EVIL]: EVIL, customer: EVIL }];
    const spoiled = aTrial(quotes, {
      skill: EVIL,
      short_id: EVIL,
      run_id: EVIL,
      understood: [{ name: EVIL, value: EVIL, words: EVIL }],
    });
    const answers: Answer[] = [
      spoiled,
      aResult({
        answer: EVIL,
        details: EVIL,
        result: { [EVIL]: EVIL, list: [{ [EVIL]: EVIL }], link: `https://evil.example/"><script>` },
        run_id: EVIL,
        short_id: EVIL,
        skill: EVIL,
      }),
      aQuestion({
        description: EVIL,
        understood: [{ name: EVIL, value: EVIL, words: EVIL }],
        missing: [
          { name: EVIL, schema: { enum: [EVIL] }, ask: EVIL },
          { name: EVIL, schema: {}, ask: EVIL },
        ],
      }),
      {
        status: "no_skill_found",
        request_id: EVIL,
        alternatives: [{ skill: EVIL, confidence: 0.3, description: EVIL }],
      },
      { status: "no_skill_found", request_id: EVIL, examples: [EVIL], about: "help", hint: EVIL },
      { status: "no_skill_found", request_id: EVIL, about: "past", hint: EVIL },
      { status: "running", request_id: EVIL, run_id: EVIL },
      {
        status: "failed",
        request_id: EVIL,
        problem: {
          code: EVIL,
          title: EVIL,
          detail: EVIL,
          fix: EVIL,
          status: 500,
          retryable: true,
          request_id: EVIL,
        },
      },
    ];
    const recent = [
      { run_id: EVIL, short_id: EVIL, skill: EVIL, status: EVIL, created_at: EVIL, cost: { usd: 0 } },
    ];
    for (const answer of answers) {
      const page = draw(answer, {
        asked: { query: EVIL, skill: EVIL, input: { [EVIL]: EVIL } },
        recent,
        key: EVIL,
      });
      const tags = [...page.matchAll(/<\/?([a-zA-Z][^\s>/]*)/g)].map(([, name]) => name);
      expect(tags).not.toContain("script");
      expect(tags).not.toContain("img");
      expect(page.replaceAll(/="[^"]*"/g, "")).not.toMatch(/<[^>]*\sonerror/);
      expect(page).not.toContain("\u0000");
    }
  });

  it("is isolated, so that right-to-left text and override signs cannot rearrange the words of a question", () => {
    const page = draw(aTrial([{ customer: "\u202eknil\u202c مرحبا" }]));
    expect(page).toContain("<bdi>\u202eknil\u202c مرحبا</bdi>");
  });

  it("keeps letters of many units whole", () => {
    expect(draw(aResult({ answer: "👨‍👩‍👧 \ud800 ok" }))).toContain("👨‍👩‍👧 \ufffd ok");
    const page = draw(aTrial([{ name: "🦪".repeat(500) }]));
    expect(page).not.toContain("\ufffd");
  });

  it("links web addresses only", () => {
    const page = draw(
      aResult({
        result: {
          good: "https://example.com/a?b=1&c=2",
          bad: "javascript:alert(1)",
          data: "data:text/html,x",
        },
      }),
    );
    expect([...page.matchAll(/href="(http[^"]*)"/g)].map(([, href]) => href)).toEqual([
      "https://example.com/a?b=1&amp;c=2",
    ]);
  });
});

describe("a question", () => {
  it("is a form made from what is missing, carrying the rest along", () => {
    const page = draw(aQuestion(), { asked: { query: "margin of 40 kg", skill: null, input: {} } });
    expect(page).toContain(
      '<label for="field-0"><bdi>Your price per kg?</bdi></label><input id="field-0" name="in.price" required inputmode="decimal"',
    );
    expect(page).toContain('name="query" value="margin of 40 kg"');
    expect(page).toContain('name="skill" value="oysters/calculate_margin"');
    expect(text(page)).toContain(
      "Understood: Profit and margin of a batch oysters/calculate_margin · 94 % sure",
    );
    expect(text(page)).toContain("kg40 from “40 kg”");
    expect(page).toContain('<input type="hidden" name="was.kg" value="40">');
  });

  it("chooses from a list, sends files as files, explains dates, periods and lists", () => {
    const fields = [
      { name: "kind", schema: { enum: ["a", "b"] }, ask: "" },
      { name: "file", schema: { type: ["string", "object"] }, ask: "Which file?" },
      { name: "day", schema: { type: "string", format: "date" }, ask: "When?" },
      { name: "period", schema: { type: "object" }, ask: "Which period?" },
      { name: "codes", schema: { type: "array" }, ask: "Which currencies?" },
    ];
    const page = draw(aQuestion({ missing: fields }));
    expect(page).toContain(
      '<select id="field-0" name="in.kind" required autofocus><option>a</option><option>b</option></select>',
    );
    expect(page).toContain('enctype="multipart/form-data"');
    expect(page).toContain('type="file"');
    expect(text(page)).toContain("For example 2026-12-01..2026-12-15.");
    expect(text(page)).toContain("Several are separated by commas.");
  });
});

describe("a result", () => {
  it("is the answer, its details, its facts, and what it is made of", () => {
    const page = draw(aResult());
    expect(text(page)).toContain("Profit 26,200 ₽, margin 36.3 %");
    expect(page).toContain("<dt>profit</dt><dd><bdi>26,200 ₽</bdi></dd>");
    expect(page).toContain("<dt>batch: received at</dt><dd><bdi>18 November 2026</bdi></dd>");
    expect(text(page)).toContain(
      "practice data · changed nothing · cost $0.00 (no AI model used) · 6 ms · run r-00bbbb",
    );
    expect(page).toContain('href="/runs/run_0_01hf000000000000000000bbbb/table.csv?lang=en"');
  });

  it("is a table where it is a list, numbers to the right, money in its currency, cut where it is long", () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ sku: `A${index}`, price: 1234.5 }));
    const page = draw(aResult({ result: { rows }, formats: { "rows[].price": "RUB" } }), { locale: "ru" });
    expect(page).toContain('<th scope="col" class="n">price</th>');
    expect(page).toContain('<td class="n"><bdi>1 234,50 ₽</bdi></td>');
    expect(text(page)).toContain("показано 200 из 300");
  });
});

describe("errors", () => {
  it("say what happened and what to do, and lead on with a button where the terminal has a flag", () => {
    const { example } = REFUSAL_PAGES.source_unreachable;
    const draw = (savedAt: number | undefined): string => {
      const problem = describeRefusal({ ...example, savedAt }, "en", { requestId: "q-9" });
      const shown = { ...problem, field: undefined, saved_at: savedAt === undefined ? undefined : "then" };
      return renderPage(
        aModel({
          view: { view: "problem", problem: shown, again: null },
          asked: { query: "rate of the euro", skill: null, input: {} },
        }),
      );
    };
    const page = draw(example.savedAt);
    expect(text(page)).toContain("cbr.ru did not answer");
    expect(text(page)).toContain("What to do: Try again");
    expect(page).toContain('name="with" value="stale"');
    // Nothing was saved: there is no such way.
    expect(draw(undefined)).not.toContain('value="stale"');
    expect(page).toContain('href="/docs/errors/source_unreachable"');
    expect(page).toContain("rate of the euro</textarea>");
  });
});

describe("a result whose skill has names for its words", () => {
  it("is told in them, in its list, its table and its download", () => {
    const result = { verdict: "no", rows: [{ status: "missing" }, { status: "have" }] };
    const names = { verdict: "проходим ли", no: "нет", status: "есть ли", missing: "не хватает" };
    const page = text(draw(aResult({ result, names, formats: {} })));
    expect(page).toMatch(/проходим ли\s*нет/);
    expect(page).toMatch(/есть ли\s*не хватает\s*have/);
    expect(toCsv(toMainTable(result), "ru", names)).toContain("есть ли");
  });
});

describe("the last runs", () => {
  it("are named by what their skills say of themselves, the id small beside", () => {
    const run = { run_id: "run_1", short_id: "r-1", status: "succeeded", cost: { usd: 0 } };
    const at = { created_at: "2026-11-21T10:00:00+03:00" };
    const page = renderPage(
      aModel({
        locale: "ru",
        recent: [
          { ...run, ...at, skill: "oysters/calculate_margin", title: "Прибыль и маржа с партии" },
          { ...run, ...at, skill: "shop/gone" },
        ],
      }),
    );
    expect(page).toContain("Прибыль и маржа с партии</bdi></a> <small>oysters/calculate_margin</small>");
    expect(page).toContain("shop/gone</bdi></a></td>");
  });
});

describe("a run that works", () => {
  it("looks again by itself", () => {
    expect(draw({ status: "running", request_id: "q", run_id: "run_0_x" })).toContain(
      '<meta http-equiv="refresh" content="2;url=/?run=run_0_x">',
    );
  });
});

it("asks the questions of a run that waits for them, and needs no more than it must", () => {
  const page = draw(FORM);
  expect(text(page)).toContain("Whom to ship to?");
  expect(page).toContain('name="answer" value="run_0_x"');
  expect(page).toContain('name="in.kg" required');
  expect(page).toMatch(/name="in\.note"(?! required)/);
});
