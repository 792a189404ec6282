import { describe, expect, it } from "vitest";
import { parseStatus, toStatusList } from "./status.ts";
import { aView } from "./view-builder.ts";

describe("the state of a run", () => {
  it.each([
    ["done", "succeeded"],
    ["Готово", "succeeded"],
    ["succeeded", "succeeded"],
    ["trial run", "planned"],
    ["не вышло", "failed"],
    ["bogus", null],
  ])("%s is %s", (typed, status) => {
    expect(parseStatus(typed)).toBe(status);
  });

  it("is listed as it is shown and as the API says it", () => {
    expect(toStatusList(aView("en"))).toBe(
      "done (succeeded), failed, running, queued, waiting, cancelled, trial run (planned)",
    );
  });
});
