import { expect, it } from "vitest";
import { findDifferences } from "./difference.ts";

const failed = {
  status: "failed",
  problem: { code: "no_data", detail: "There is no table debts." },
  effects: [],
};

it("says why the run failed where an answer was expected, and nothing else", () => {
  const why = 'failed (no_data: There is no table debts. Its rows may stand in "tables" of the case.)';
  expect(findDifferences({ answer: "99", writes: 1 }, failed)).toEqual([`the run ${why}`]);
  expect(findDifferences({ status: "succeeded", answer: "99" }, failed)).toEqual([
    `status: expected succeeded, got ${why}`,
  ]);
});

it("says what the run still asked for", () => {
  const open = { status: "needs_input", missing: [{ name: "kg" }] };
  expect(findDifferences({ result: { sum: 1 } }, open)).toEqual(["the run did not start: needs_input (kg)"]);
  expect(findDifferences({ missing: ["kg"] }, open)).toEqual([]);
});

it("leaves an expected failure alone, and names what else differs", () => {
  expect(findDifferences({ status: "failed", code: "no_data" }, failed)).toEqual([]);
  expect(findDifferences({ code: "timeout" }, failed)).toEqual(['code: expected "timeout", got "no_data"']);
  const done = { status: "succeeded", answer: "Twice as much: 41", result: { doubled: 41 } };
  expect(findDifferences({ answer: "42", result: { doubled: 42 } }, done)).toEqual([
    'answer: expected "42", got "Twice as much: 41"',
    "result.doubled: expected 42, got 41",
  ]);
});
