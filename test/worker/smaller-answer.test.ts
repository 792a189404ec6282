// A model call that would cost more than is left is told how long its answer may be, and just that fits.
import { beforeEach, expect, it } from "vitest";
import { aTenant, type Body, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/ask", think("hello"), INPUT);
});

const INPUT = "input:\n  most: { type: integer, ask: How long? }\n";
const think = (prompt: string) =>
  `  - id: think\n    llm: { model: mock/echo, prompt: "${prompt}", max_tokens: "\${{ input.most }}" }\n`;
const ask = (most: number) => tenant.ask("POST /skills/test/ask/run", { input: { most } });
const problemOf = (answer: Body) => (answer["problem"] ?? answer) as Body;

it.each([
  ["a request", { per_request_usd: 0.0005 }],
  ["a day", { daily_usd: 0.0005 }],
  ["a user's month", { scope: "user:anna", monthly_usd: 0.0005 }],
])("of %s", async (_, limits) => {
  await tenant.ask("PUT /budgets", limits);
  const refused = problemOf(await ask(1_000));
  expect(refused).toMatchObject({ code: "budget_exceeded", largest_max_tokens: expect.any(Number) });
  const largest = Number(refused["largest_max_tokens"]);
  expect(refused["detail"]).toContain(`It would fit with \`max_tokens: ${largest}\`.`);
  expect(problemOf(await ask(largest + 1))).toMatchObject({
    code: "budget_exceeded",
    largest_max_tokens: largest,
  });
  expect(await ask(largest)).toMatchObject({ status: "succeeded" });
});

it("of two calls it says nothing: nobody knows which of them to shorten", async () => {
  await tenant.saveSkill("test/ask", think("hello") + think("world").replace("think", "again"), INPUT);
  await tenant.ask("PUT /budgets", { per_request_usd: 0.0005 });
  const refused = problemOf(await ask(1_000));
  expect(refused).toMatchObject({ code: "budget_exceeded" });
  expect(refused).not.toHaveProperty("largest_max_tokens");
});

it("says nothing where no answer is short enough", async () => {
  await tenant.ask("PUT /budgets", { per_request_usd: 0.000001 });
  expect(problemOf(await ask(1_000))).not.toHaveProperty("largest_max_tokens");
});
