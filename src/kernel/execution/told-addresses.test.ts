import { expect, it } from "vitest";
import { anEffect, anEffectPattern, aPlan } from "../../../test/builders.ts";
import { isTold, toActual } from "./told-addresses.ts";

const open = anEffectPattern({ step: "each", class: "write", target: "x.example${{ a.b }}", entities: 3 });
const known = anEffectPattern({ step: "last", class: "write", target: "x.example/known" });
const plan = aPlan({ effects: [open, known] });
const targets = (before: readonly string[], step = "each", target = "x.example/now"): readonly string[] =>
  toActual(
    plan,
    before.map((one) => anEffect({ step: "each", target: one })),
    { step, target },
  ).effects.map((one) => one.target);

it("puts what a step reaches in the place of what the plan could not say, and keeps it for the steps after", () => {
  expect(targets([])).toEqual(["x.example/now", "x.example/known"]);
  expect(targets(["x.example/first"])).toEqual(["x.example/first", "x.example/now", "x.example/known"]);
  expect(targets(["x.example/first"], "last", "x.example/known")).toEqual([
    "x.example/first",
    "x.example/known",
  ]);
  expect(targets([], "last", "x.example/known")).toEqual([open.target, known.target]);
});

it("knows of a step that is done again and again the last addresses, and counts and pays it once", () => {
  const many = Array.from({ length: 250 }, (_, n) => anEffect({ step: "each", target: `x.example/${n}` }));
  const { effects } = toActual(plan, many, { step: "each", target: "x.example/now" });
  expect(effects).toHaveLength(201);
  expect(effects.at(-2)?.target).toBe("x.example/now");
  expect(effects.map(({ entities }) => entities).slice(0, 3)).toEqual([3, 0, 0]);
});

it("knows no address of what never left", () => {
  const failed = anEffect({ step: "each", target: "x.example/away", state: "failed" });
  const { effects } = toActual(plan, [failed], { step: "last", target: "x.example/known" });
  expect(effects).toEqual(plan.effects);
});

it("has what is asked in the place of what was planned, where money is short, from then on", () => {
  const asking = anEffectPattern({ step: "ask", class: "read", target: "m/big", cheaperTarget: "m/small" });
  const asked = aPlan({ effects: [asking, known] });
  const after = (target: string, before: readonly string[] = []) =>
    toActual(
      asked,
      before.map((one) => anEffect({ step: "ask", target: one })),
      { step: "ask", target },
    ).effects.map((one) => one.target);
  expect(after("m/big")).toEqual(["m/big", "x.example/known"]);
  expect(after("m/small")).toEqual(["m/big", "m/small", "x.example/known"]);
  expect(after("m/big", ["m/small"])).toEqual(["m/big", "m/small", "x.example/known"]);
  const isNews = (target: string) => isTold(asked, { step: "ask", target });
  expect([isNews("m/big"), isNews("m/small")]).toEqual([false, true]);
});

it("has where a redirect leads beside where its step was to go", () => {
  const { effects } = toActual(plan, [], {
    step: "last",
    target: "x.example/known",
    hops: ["y.example/led"],
  });
  expect(effects.map(({ target, class: kind }) => [target, kind])).toEqual([
    [open.target, "write"],
    ["x.example/known", "write"],
    ["y.example/led", "read"],
  ]);
});

it("knows for the steps after where a redirect led one before", () => {
  const led = anEffect({ step: "last", target: "x.example/known", hops: ["y.example/led", "y.example/on"] });
  const { effects } = toActual(plan, [led], { step: "each", target: "x.example/now" });
  expect(effects.map(({ target, class: kind, entities }) => [target, kind, entities])).toEqual([
    ["x.example/now", "write", 3],
    ["x.example/known", "write", known.entities],
    ["y.example/led", "read", 0],
    ["y.example/on", "read", 0],
  ]);
  const away = { ...led, state: "failed" as const };
  expect(toActual(plan, [away], { step: "last", target: "x.example/known" })).toBe(plan);
});
