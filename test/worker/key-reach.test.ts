// What a new key is to reach is looked for: a slip is refused, a pattern may wait.
import { expect, it } from "vitest";
import { aTenant } from "./tenant.ts";

it("is not made for a skill that is none; a pattern may wait for skills to come, and that is told", async () => {
  const tenant = await aTenant();
  await tenant.saveSkill("shop/sell", "  - id: one\n    set: { a: 1 }\n");
  const make = (skills: readonly string[]) => tenant.ask("POST /keys", { name: "x", skills });
  expect(await make(["shop/sel"])).toMatchObject({
    code: "not_found",
    fix: expect.stringContaining("shop/sell"),
  });
  expect(await make(["shop/sell", "travel/*"])).toMatchObject({
    skills: ["shop/sell", "travel/*"],
    matches_nothing: ["travel/*"],
  });
  expect(await make(["shop/sell"])).not.toHaveProperty("matches_nothing");
});
