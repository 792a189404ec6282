import { expect, it } from "vitest";
import { anEffect, anOrder, aRun } from "../../../test/builders.ts";
import type { EffectRecord } from "../domain/run.ts";
import type { DescribeRefusal } from "../ports/problem.ts";
import { toRunBody } from "./answer.ts";

const describe: DescribeRefusal = () => {
  throw new Error("nothing here was refused");
};
const said = { name: "date", value: "2026-11-01", words: "1 ноября" };

function toBody(effect: Partial<EffectRecord>, understood = [said], query: string | null = null) {
  const order = anOrder({ query, understanding: { confidence: 1, alternatives: [], understood } });
  return toRunBody(aRun({ order, effects: [anEffect(effect)] }), describe);
}

it("says that a service's practice answer does not know what was asked", () => {
  expect(toBody({ via: "http", origin: "practice" })["sample"]).toBe(true);
  expect(toBody({ via: "http", origin: "practice" }, [])["sample"]).toBeUndefined();
  expect(toBody({ via: "http", origin: "live" })["sample"]).toBeUndefined();
  expect(toBody({ via: "sql", origin: "practice" })["sample"]).toBeUndefined();
});

it("says how to repeat what was asked for each day", () => {
  expect(toBody({}, [], "курс доллара каждый день в 10")["repeat"]).toEqual({ cron: "0 10 * * *" });
  expect(toBody({}, [], "курс доллара")["repeat"]).toBeUndefined();
});
