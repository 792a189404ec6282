import { expect, test } from "vitest";
import { type RiskFacts, scoreRisk } from "./risk.ts";

const NOTHING: RiskFacts = {
  baseRisk: 0,
  permissionMismatch: false,
  externalApi: false,
  writes: false,
  deletes: false,
};

test.each<[string, Partial<RiskFacts>, number]>([
  ["nothing", {}, 0],
  ["its own base", { baseRisk: 4 }, 4],
  ["an external API", { externalApi: true }, 2],
  ["a write", { writes: true }, 3],
  ["a delete", { deletes: true }, 5],
  ["all three", { externalApi: true, writes: true, deletes: true }, 10],
  ["all three over a base of 8", { baseRisk: 8, externalApi: true, writes: true, deletes: true }, 18],
  ["no more than 20", { baseRisk: 15, externalApi: true, writes: true, deletes: true }, 20],
  ["a missing permission, whatever else", { permissionMismatch: true }, 20],
])("%s", (_, facts, risk) => {
  expect(scoreRisk({ ...NOTHING, ...facts })).toBe(risk);
});
