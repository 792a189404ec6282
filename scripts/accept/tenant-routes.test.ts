import { describe, expect, it } from "vitest";
import { findUncovered } from "./tenant-routes.ts";

const route = (method: string, path: string, fields: readonly string[] = []) => ({
  method,
  path,
  query: [],
  fields: Object.fromEntries(fields.map((name) => [name, {}])),
});

describe("a route of which nobody said what it names", () => {
  it.each([
    [route("GET", "/secrets/{id}"), "GET /secrets/{id} is not in"],
    [route("POST", "/runs/{id}/cancel", ["other_run"]), '"other_run"'],
    [route("POST", "/skills/{domain}/{name}/copy"), "POST /skills/{skill}/copy is not in"],
  ])("is told by its name", (one, told) => {
    expect(findUncovered([one])).toEqual([expect.stringContaining(told)]);
  });

  it("is none of those that are there", () => {
    expect(findUncovered([route("POST", "/skills/{domain}/{name}/run", ["input"])])).toEqual([]);
  });
});
