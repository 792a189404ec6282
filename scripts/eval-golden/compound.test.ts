// The floors of telling several requests from one, on sentences written for it; and that no request of the other sets is cut.
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../lib/bootstrap.mjs";
import { loadCatalogue } from "./catalogue.ts";
import { COMPOUND_FLOORS, judgeCompound, loadCompound } from "./compound.ts";
import { loadSets } from "./sets.ts";

const catalogue = loadCatalogue(join(root, "skills"));

it("finds the steps of several requests and cuts no single one", () => {
  const { found, falselySplit } = judgeCompound(catalogue, loadCompound());
  expect(found).toBeGreaterThanOrEqual(COMPOUND_FLOORS.found);
  expect(falselySplit).toBeLessThanOrEqual(COMPOUND_FLOORS.falselySplit);
});

it.each(loadSets())("cuts no request of $name", ({ rows }) => {
  const single = rows.map(({ query }) => ({ query, steps: [] }));
  expect(judgeCompound(catalogue, single).falselySplit).toBe(0);
});
