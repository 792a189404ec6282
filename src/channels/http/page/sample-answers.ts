// Answers as the operations give them, for the tests of the page.
import type { Answer } from "./answer.ts";
import type { PageModel } from "./model.ts";
import { NOTHING_ASKED } from "./model.ts";
import { renderPage } from "./page.ts";

export function aModel(changes: Partial<PageModel> = {}): PageModel {
  return {
    locale: "en",
    view: { view: "home" },
    asked: NOTHING_ASKED,
    recent: [],
    key: "k-1",
    timeZone: "Europe/Moscow",
    isLocal: true,
    ...changes,
  };
}

const QUOTES = [
  { number: 1021, customer: "Bistro Volna", total: 48_000, created_at: "2025-03-12" },
  { number: 1034, customer: "Café Pristan", total: 17_500, created_at: "2025-06-02" },
  { number: 1040, customer: "Ivanov & Co", total: 9_900, created_at: "2025-11-28" },
];

export function aTrial(
  quotes: readonly Record<string, unknown>[] = QUOTES,
  changes: Partial<Answer> = {},
): Answer {
  return {
    status: "planned",
    request_id: "q_1",
    run_id: "run_0_01hf000000000000000000aaaa",
    short_id: "r-00aaaa",
    skill: "oysters/delete_old_quotes",
    confidence: 0.96,
    input: { before: "2026-01-01" },
    understood: [{ name: "before", value: "2026-01-01", words: "older than this year" }],
    cost: { usd: 0 },
    plan: {
      hash: "8f3a00000000",
      effects: [
        { class: "read", target: "quotes", via: "sql" },
        { class: "delete", target: "quotes", via: "sql" },
      ],
      manifest: [
        {
          key: "run_0_01hf000000000000000000aaaa:remove:1",
          step: "remove",
          class: "delete",
          target: "quotes",
          total: quotes.length,
          entities: quotes.map((before, index) => ({
            id: `quotes:${index + 1}`,
            label: Object.values(before).join(" · "),
            before,
          })),
        },
      ],
      excluded: [],
      risk: 9,
      approval: { needed: "yes", by: "owner" },
      forecast: { upper_usd: 0 },
      formats: { total: "RUB" },
    },
    ...changes,
  };
}

export function aResult(changes: Partial<Answer> = {}): Answer {
  return {
    status: "succeeded",
    request_id: "q_2",
    run_id: "run_0_01hf000000000000000000bbbb",
    short_id: "r-00bbbb",
    skill: "oysters/calculate_margin",
    confidence: 0.97,
    understood: [{ name: "kg", value: 40, words: "40 kg" }],
    result: { profit: 26_200, margin_percent: 36.3, batch: { cost_per_kg: 1150, received_at: "2026-11-18" } },
    formats: { profit: "RUB" },
    answer: "Profit 26,200 ₽, margin 36.3 %",
    details: "72,200 ₽ sold",
    data: "practice",
    cost: { usd: 0 },
    plan: {
      hash: "aa",
      effects: [{ class: "read", target: "batches", via: "sql" }],
      manifest: null,
      excluded: [],
      risk: 0,
      approval: { needed: "no", by: "owner" },
      forecast: { upper_usd: 0 },
    },
    duration_ms: 6,
    ...changes,
  };
}

export function aQuestion(changes: Partial<Answer> = {}): Answer {
  return {
    status: "needs_input",
    request_id: "q_3",
    skill: "oysters/calculate_margin",
    description: "Profit and margin of a batch",
    confidence: 0.94,
    input: { kg: 40 },
    understood: [{ name: "kg", value: 40, words: "40 kg" }],
    missing: [{ name: "price", schema: { type: "number", exclusiveMinimum: 0 }, ask: "Your price per kg?" }],
    ...changes,
  };
}

export const draw = (answer: Answer, changes: Parameters<typeof aModel>[0] = {}): string =>
  renderPage(aModel({ view: { view: "answer", answer }, ...changes }));
/** What a reader sees of a page. */
export const text = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ");
