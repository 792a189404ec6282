import { expect, it } from "vitest";
import { hasToken } from "./token.ts";

it("a yes counts with the operator's token, where one is set", () => {
  expect([hasToken(null, null), hasToken("t", "t")]).toEqual([true, true]);
  expect([hasToken("t", null), hasToken("t", ""), hasToken("t", "tt")]).toEqual([false, false, false]);
});
