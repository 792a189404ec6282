import { expect, it } from "vitest";
import { aRun } from "../../../test/builders.ts";
import { findRunId } from "./run-get.ts";

const one = aRun().id;
const other = "run_1_10000000000000000000000001";

/** A platform whose runners and archive know these runs. */
function find(open: readonly string[], drained: readonly string[]) {
  const platform = {
    runners: { drain: async () => undefined, listOpen: async () => open.map((id) => ({ id })) },
    runs: { findByShort: async () => drained },
  };
  // Only these are asked.
  return findRunId(platform as unknown as Parameters<typeof findRunId>[0], "ten_test", "r-000001");
}

it("a short id names one run, or is refused", async () => {
  expect(await find([], [])).toBe(null);
  expect(await find([one], [])).toBe(one);
  expect(await find([one], [one])).toBe(one);
  const refused = { refusal: { reason: "conflict" } };
  await expect(find([one, other], [])).rejects.toMatchObject(refused);
  await expect(find([one], [other])).rejects.toMatchObject(refused);
  await expect(find([], [one, other])).rejects.toMatchObject(refused);
});
