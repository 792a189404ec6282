import { expect, it } from "vitest";
import { aPlannedWrite } from "../../../test/builders.ts";
import { labelEntities } from "./label-entities.ts";

const before = { number: 1021, customer: "Volna", kg: 24, total: 48_000, note: null, made: "2025-03-12" };
const write = aPlannedWrite({ entities: [{ id: "quotes:1", label: "1021 · Volna · 24 · 48000", before }] });
const toLabels = (row: Record<string, unknown>): readonly string[] =>
  labelEntities([write], { rows: [row], formats: {} }).flatMap(({ entities }) =>
    entities === "unknown until run" ? [] : entities.map(({ label }) => label),
  );

it("names entities by the columns that the skill shows, where they have them", () => {
  expect(toLabels({ number: 1, total: 2, note: 3, made: 4 })).toEqual(["1021 · 48000 · 2025-03-12"]);
  expect(toLabels({ number: 1, other: 2 })).toEqual(["1021 · Volna · 24 · 48000"]);
  expect(labelEntities([write], undefined)).toEqual([write]);
  const unknown = aPlannedWrite({ entities: "unknown until run", total: null });
  expect(labelEntities([unknown], { rows: [{ number: 1 }], formats: {} })).toEqual([unknown]);
});
