// What a tenant pays for a model that no table knows: refused until it says, held and billed by what it said, and by nobody else's word.
import { beforeEach, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/ask", ASK);
});

const ASK = "  - id: one\n    llm: { model: openai/own-1, prompt: bill 100, max_tokens: 100 }\n";
const run = (who = tenant) => who.ask("POST /skills/test/ask/run", {});
const price = (body: object, who = tenant) =>
  who.ask("PUT /models/price", { model: "openai/own-1", ...body });
const OWN = { input_usd: 0, output_usd: 10 };

it("lets it be called once it has a price, and bills by that", async () => {
  const refused = await run();
  expect(refused).toMatchObject({ status: 402, code: "price_unknown" });
  expect(String(refused["fix"])).toContain("skillos models price");
  expect(await price(OWN)).toMatchObject({ model: "openai/own-1", ...OWN });
  // 100 tokens at $10 a million.
  expect(await run()).toMatchObject({ status: "succeeded", cost: { micro_usd: 1_000 } });
  expect(await tenant.ask("GET /ledger/verify")).toMatchObject({ verified: true });
  const { models } = (await tenant.ask("GET /models")) as { models: object[] };
  expect(models).toContainEqual(
    expect.objectContaining({
      id: "openai/own-1",
      own_price: true,
      usd_per_million_tokens: { input: 0, output: 10 },
    }),
  );
  const { entries } = await tenant.ask("GET /audit?action=model.price");
  expect(entries).toMatchObject([{ target: "openai/own-1", outcome: "done", body: OWN }]);
  await price({ input_usd: null, output_usd: null });
  expect(await price({ input_usd: null, output_usd: null })).toMatchObject({ code: "bad_request" });
  expect((await tenant.ask("GET /audit?action=model.price"))["entries"]).toHaveLength(2);
  expect(await run()).toMatchObject({ status: 402, code: "price_unknown" });
});

it("is the tenant's alone", async () => {
  const other = await aTenant();
  await other.saveSkill("test/ask", ASK);
  await price(OWN);
  expect(await run(other)).toMatchObject({ code: "price_unknown" });
});

it("holds what it comes to at most: a price above the budget is refused before anything is asked", async () => {
  await price({ input_usd: 0, output_usd: 1_000 });
  expect(await run()).toMatchObject({ status: 402, code: "budget_exceeded", largest_max_tokens: 50 });
  expect(await visits()).toEqual([]);
});

it("goes before the known price", async () => {
  await tenant.saveSkill("test/ask", ASK.replace("own-1", "gpt-4.1-mini"));
  await tenant.ask("PUT /models/price", { model: "openai/gpt-4.1-mini", ...OWN });
  expect(await run()).toMatchObject({ status: "succeeded", cost: { micro_usd: 1_000 } });
});

it("is told beside the known price, and keeps its dearer long inputs", async () => {
  const put = (model: string) => price({ model, input_usd: 5, output_usd: 10 });
  // The table: $2.50 and $15, above 272,000 tokens $5 and $22.50.
  expect(await put("openai/gpt-5.4")).toMatchObject({
    known_usd_per_million_tokens: { input: 2.5, output: 15 },
    long_input: { above_tokens: 272_000, input: 10, output: 15 },
  });
  const { models } = (await tenant.ask("GET /models")) as { models: object[] };
  expect(models).toContainEqual(
    expect.objectContaining({
      id: "openai/gpt-5.4",
      usd_per_million_tokens: { input: 5, output: 10 },
      known_usd_per_million_tokens: { input: 2.5, output: 15 },
      long_input: { above_tokens: 272_000, input: 10, output: 15 },
    }),
  );
});

it("of a name that is nearly a known one is taken, with a word on which was meant", async () => {
  const answer = await price({ model: "openai/gpt-5-mni", input_usd: 1, output_usd: 1 });
  expect(answer).toMatchObject({ model: "openai/gpt-5-mni", known_usd_per_million_tokens: null });
  expect(String(answer["hint"])).toContain("openai/gpt-5-mini");
  expect(await price({ model: "openai/gpt-5-mini", input_usd: 1, output_usd: 1 })).not.toHaveProperty("hint");
  expect(await price(OWN)).not.toHaveProperty("hint");
});

it("of before is what a run under way pays", async () => {
  await price(OWN);
  const held = `  - id: look\n    http: { get: /hold, connector: sink }\n${ASK}`;
  await tenant.saveSkill("test/ask", held);
  const running = run();
  await until(async () => (await visits()).length === 1);
  await price({ input_usd: 0, output_usd: 20 });
  await release();
  expect(await running).toMatchObject({ status: "succeeded", cost: { micro_usd: 1_000 } });
});

it("counts for the plans that can reach its model: another's neither changes a plan nor makes it drift", async () => {
  await price(OWN);
  const plan = async () => {
    const planned = await tenant.ask("POST /skills/test/ask/run", { dry_run: true });
    const { hash } = planned["plan"] as { hash: string };
    return { plan_hash: hash, plan_run: String(planned["run_id"]) };
  };
  const agreed = await plan();
  await price({ model: "openai/other-1", input_usd: 1, output_usd: 1 });
  await price({ model: "mock/small", input_usd: 0, output_usd: 0 });
  expect((await plan()).plan_hash).toBe(agreed.plan_hash);
  const carryOut = () => tenant.ask("POST /skills/test/ask/run", agreed);
  expect(await carryOut()).toMatchObject({ status: "succeeded" });
  await price({ input_usd: 0, output_usd: 20 });
  const drift = await carryOut();
  expect(drift).toMatchObject({ status: 409, code: "plan_drift" });
  expect(String(drift["detail"])).toContain("openai/own-1");
  expect(String(drift["detail"])).not.toContain("other-1");
});

it("of any model counts where the run itself names the model", async () => {
  const named = ASK.replace("model: openai/own-1", "model: \"${{ 'openai/' + input.name }}\"");
  await tenant.saveSkill("test/ask", named, "input:\n  name: { type: text }\n");
  await price({ model: "openai/own-2", ...OWN });
  const answer = await tenant.ask("POST /skills/test/ask/run", { input: { name: "own-2" } });
  expect(answer).toMatchObject({ status: "succeeded", cost: { micro_usd: 1_000 } });
});

it.each([
  { model: "openai/own-1", input_usd: -1, output_usd: 1 },
  { model: "openai/own-1", input_usd: 1, output_usd: null },
  { model: "openai/own-1", input_usd: 0.000_000_1, output_usd: 1 },
  { model: "openai/own-1", input_usd: 1, output_usd: 10_001 },
  { model: "openai/own-1", input_eur: 1, output_eur: 1 },
  { model: "standard", input_usd: 1, output_usd: 1 },
  { model: 'openai/x"]', input_usd: 1, output_usd: 1 },
])("refuses %o, and nothing changes", async (body) => {
  expect(await tenant.ask("PUT /models/price", body)).toMatchObject({ status: 400 });
  expect(await run()).toMatchObject({ code: "price_unknown" });
});

it("of a vendor that there is not is refused", async () => {
  const answer = await tenant.ask("PUT /models/price", { model: "nobody/own-1", ...OWN });
  expect(answer).toMatchObject({ status: 404 });
});
