import { expect, it } from "vitest";
import { anEffectPattern, anOrder, aPlan } from "../../../test/builders.ts";
import { toOtherAskers } from "./askers.ts";

const { principal } = anOrder();
const pins = { skills: { "test/one": "h1", "test/two": "h2" }, connectors: { shop: "h3" } };
const plan = aPlan({ effects: [anEffectPattern({ class: "write" })], pins });
const makers = new Map([
  ["h1", ["anna", "clara"]],
  ["h3", ["boris"]],
  ["h4", ["mia"]],
]);

it("are who gave what is asked for, and who made the versions that run, beside its user", () => {
  expect(toOtherAskers({ principal, givenBy: ["dora", "clara"] }, plan, makers)).toEqual({
    askers: ["dora", "clara", "boris"],
  });
});

it("are none where versions are nobody's, or nothing is changed", () => {
  expect(toOtherAskers({ principal }, plan, new Map())).toEqual({});
  expect(toOtherAskers({ principal, givenBy: ["anna"] }, { ...plan, effects: [] }, makers)).toEqual({});
});
