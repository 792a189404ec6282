// A vendor that bills more than was held for a run: recorded, told, and nothing that costs money starts until somebody has seen it.
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { aTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.saveSkill("test/ask", ASK, INPUT);
  await tenant.saveSkill("test/free", "  - id: a\n    set: { x: 1 }\n");
  await tenant.ask("PUT /budgets", { per_request_usd: 10, daily_usd: 100, monthly_usd: 100 });
});

const INPUT = "input:\n  words: { type: text, default: nothing }\n";
const ASK =
  '  - id: one\n    llm: { model: openai/gpt-4.1-mini, prompt: "${{ input.words }}", max_tokens: 10 }\n';
const ask = (words: string) => tenant.ask("POST /skills/test/ask/run", { input: { words } });
const free = () => tenant.ask("POST /skills/test/free/run", {});

it("blocks the very next request that costs money, says why and the way out, and lets it go when that is done", async () => {
  expect(await ask("bill 5")).toMatchObject({ status: "succeeded" });
  const run = await ask("bill 500000");
  expect(run).toMatchObject({ status: "succeeded" });
  const refused = await ask("bill 5");
  expect(refused).toMatchObject({ status: 402, code: "overrun", run: expect.stringMatching(/^r-/) });
  expect(`${String(refused["detail"])} ${String(refused["fix"])}`).toMatch(
    /beyond what was held.*skillos budgets acknowledge-overrun/,
  );
  expect(await free()).toMatchObject({ status: "succeeded" });
  // Neither a restart nor a higher limit says that anybody has looked.
  await evictDurableObject(tenant.guard);
  await tenant.ask("PUT /budgets", { daily_usd: 1_000 });
  expect(await ask("bill 5")).toMatchObject({ code: "overrun" });
  const seen = await tenant.ask("GET /budgets");
  expect(seen).toMatchObject({ overrun: { run_id: run["run_id"], over_usd: expect.any(Number) } });

  expect(await tenant.ask("POST /budgets/acknowledge-overrun", {})).toMatchObject({ overrun: null });
  expect(await ask("bill 5")).toMatchObject({ status: "succeeded" });
  expect(await tenant.ask("POST /budgets/acknowledge-overrun", {})).toMatchObject({ status: 409 });
});

it("is an entry, an event and a row of the audit; and the books are right", async () => {
  const run = await ask("bill 500000");
  const { entries } = await tenant.ask("GET /ledger");
  expect(entries).toContainEqual(
    expect.objectContaining({ entry: `${String(run["run_id"])}:overrun`, account: "overrun" }),
  );
  expect(await tenant.ask("GET /ledger/verify")).toMatchObject({ verified: true });
  const { events } = await tenant.ask("GET /events");
  expect(events).toContainEqual(expect.objectContaining({ event: "budget_overrun", skill_id: "test/ask" }));
  const { entries: noted } = await tenant.ask("GET /audit?action=budget.overrun");
  expect(noted).toMatchObject([{ target: run["run_id"], outcome: "overrun" }]);
});
