import { expect, it } from "vitest";
import { Fault } from "../domain/refusal.ts";
import { toStepRefusal } from "./step-refusal.ts";

it("says of a part that is away that it does not answer, and that a second try may help", () => {
  const fault = new Fault("unreachable", "later", "the store");
  expect(toStepRefusal(fault, { skill: "test/one", step: "rows" }, "en")).toEqual({
    reason: "step_failed",
    step: "rows",
    message: "the store does not answer",
    retryable: true,
  });
});
