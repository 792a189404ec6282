// The floors under which understanding may not fall, on the sets that may be read; `npm run eval:golden -- --mistakes` tells each
// mistake. A holdout is judged by the bench alone.
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { toJudged } from "../../src/channels/cli/files/golden.ts";
import type { Json } from "../../src/channels/cli/json.ts";
import { root } from "../lib/bootstrap.mjs";
import { askLocally } from "./ask.ts";
import { loadCatalogue } from "./catalogue.ts";
import { FLOORS, loadSets } from "./sets.ts";

const SETS = loadSets().filter(({ name }) => name !== "holdout");

const catalogue = loadCatalogue(join(root, "skills"));

describe.each(SETS)("$name", ({ rows }) => {
  let judged: Json = {};
  beforeAll(() => {
    const answers = rows.map((row) => askLocally(catalogue, row));
    judged = toJudged(answers);
  });

  it.each(Object.entries(FLOORS))("%s is at least %d", (name, floor) => {
    expect(Number(judged[name])).toBeGreaterThanOrEqual(floor);
  });

  it("invents no value", () => {
    expect(judged["invented"]).toBe(0);
  });
});

describe("the time of asking", () => {
  it("is the row's own", () => {
    const row = {
      query: "курс доллара на вчера",
      skill: "finance/get_exchange_rates",
      language: "ru",
      values: {},
    };
    const askAt = (askedAt: string) => askLocally(catalogue, { ...row, askedAt }).input?.["date"];
    expect(askAt("2026-03-02T00:30:00+03:00")).toBe("2026-03-01");
    expect(askAt("2026-03-01T22:30:00Z")).toBe("2026-03-01");
    expect(askAt("")).toBe("2026-11-20");
  });
});
