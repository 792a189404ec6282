import { describe, expect, it } from "vitest";
import { toHints, toResultLines } from "./result.ts";
import { aView } from "./view-builder.ts";

const rates = {
  run_id: "run_0_01k9zzzzzzzzzzzzzzzz7k2m9x",
  short_id: "r-7k2m9x",
  status: "succeeded",
  skill: "finance/get_exchange_rates",
  confidence: 0.99,
  alternatives: [{ skill: "finance/convert_currency", confidence: 0.2 }],
  understood: [{ name: "currencies", value: ["USD"], words: "доллара" }],
  answer: "78.12",
  data: "live",
  plan: { hash: "8f3a", effects: [{ step: "rates", class: "read", via: "http", target: "cbr.ru" }] },
};

describe("below a result", () => {
  it("stands another skill where that could have been meant", () => {
    const hints = (confidence: number): string =>
      toHints(
        { ...rates, alternatives: [{ skill: "finance/convert_currency", confidence }] },
        aView("en"),
      ).join();
    expect(hints(0.02)).toContain("--expected-skill-id finance/convert_currency");
    expect(hints(0.0004)).toBe("");
  });

  it("stands how to repeat what was asked for each morning, whatever it does", () => {
    const asked = { ...rates, alternatives: [], repeat: { cron: "0 9 * * *" } };
    const line =
      'To repeat it:    npx skillos schedule add finance/get_exchange_rates --cron "0 9 * * *" --set currencies=USD';
    expect(toHints(asked, aView("en")).map((hint) => hint.trim())).toEqual([line]);
    const writing = { ...asked, plan: { effects: [{ class: "write", via: "sql", target: "expenses" }] } };
    expect(toHints(writing, aView("en")).map((hint) => hint.trim())).toEqual([line]);
  });
});

it("a corrected cost stands beside the recorded one", () => {
  const cost = { cost: { usd: 0.001 }, corrected_cost: { usd: 0.004 } };
  expect(toResultLines({ ...rates, ...cost }, aView("en")).join()).toContain("$0.001 → $0.004");
});

it("practice data of a service says that it does not know what was asked", () => {
  const told = toResultLines({ ...rates, data: "practice", sample: true }, aView("en")).join();
  expect(told).toContain("practice data · a saved answer: its day and place may be others than you named");
});

it("a write among practice rows says so, as a read does", () => {
  const plan = { effects: [{ class: "write", via: "sql", target: "expenses" }] };
  const told = (data: string) => toResultLines({ ...rates, data, plan }, aView("en")).join();
  expect(told("practice")).toContain("✓ 78.12 · practice data · cost");
  expect(told("live")).not.toContain("practice");
});

it("a plan whose writes were all left out has changed nothing", () => {
  const plan = { effects: [{ class: "write", via: "sql", target: "expenses" }], manifest: [] };
  expect(toResultLines({ ...rates, plan }, aView("en")).join()).toContain("Changed nothing");
});

describe("a result whose skill has names for its words", () => {
  const list = {
    ...rates,
    skill: "oysters/get_pricelist",
    answer: "Позиций: 2",
    result: {
      items: [
        { sku: "A-1", status: "have" },
        { sku: "A-2", status: "missing" },
      ],
    },
  };
  const shown = (names: Readonly<Record<string, string>>): string =>
    toResultLines(list, aView("ru", { names })).join("\n");

  it("is told in them: heads of columns and fixed words", () => {
    const told = shown({ sku: "артикул", status: "есть ли", have: "есть", missing: "не хватает" });
    expect(told).toMatch(/артикул +есть ли\n +A-1 +есть\n +A-2 +не хватает/);
  });

  it("is told as it is where there is none", () => {
    expect(shown({})).toMatch(/sku +status\n +A-1 +have/);
  });
});
