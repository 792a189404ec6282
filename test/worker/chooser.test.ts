// Where two skills fit, a tenant may let a skill choose: a run like any other, and the person is asked wherever it is of no help.
import { expect, it } from "vitest";
import choose from "../../samples/routing/choose.yaml?raw";
import { aTenant, type Tenant } from "./tenant.ts";

const set = (x: number): string => `  - id: one\n    set: { x: "\${{ ${x} }}" }\n`;
const QUERY = "count the things";
const phrases = (what: string): string =>
  `phrases: [count the ${what}, count the big ${what}, count all ${what}, count my ${what}]\n`;

/** `answer`: what the practice model says. */
async function aShop(answer: object | null): Promise<Tenant> {
  const tenant = await aTenant();
  await tenant.saveSkill("test/first", set(1), phrases("boxes"));
  await tenant.saveSkill("test/second", set(2), phrases("crates"));
  const text = JSON.stringify({ note: "said in tests", answers: [{ match: "*", object: answer ?? {} }] });
  const files = [
    { path: "fixtures/model.yaml", text },
    ...(answer === null ? [] : [{ path: "routing/choose.yaml", text: choose }]),
  ];
  const loaded = await tenant.ask("POST /registry/files", { files });
  expect(loaded["problems"]).toEqual([]);
  return tenant;
}

it("the person is asked where there is no such skill", async () => {
  const tenant = await aShop(null);
  expect(await tenant.ask("POST /run", { query: QUERY })).toMatchObject({ status: "needs_choice" });
});

it("what it chooses is done, and the answer says which run chose, at what price", async () => {
  const tenant = await aShop({ skill: "test/second" });
  const done = await tenant.ask("POST /run", { query: QUERY });
  expect(done).toMatchObject({ status: "succeeded", skill: "test/second", chosen_by: expect.any(String) });
  const chooser = await tenant.ask(`GET /runs/${String(done["chosen_by"])}`);
  expect(chooser).toMatchObject({ status: "succeeded", skill: "routing/choose" });
  expect(JSON.stringify(chooser["input"])).toContain("test/first");
});

it.each([
  ["none of the candidates", { skill: "none" }],
  ["a skill that was not up for choice", { skill: "routing/choose" }],
  ["something else", { other: 1 }],
])("the person is asked where it says %s", async (_, answer) => {
  const tenant = await aShop(answer);
  expect(await tenant.ask("POST /run", { query: QUERY })).toMatchObject({ status: "needs_choice" });
});

it("the person is asked where the money is gone", async () => {
  const tenant = await aShop({ skill: "test/second" });
  await tenant.ask("PUT /budgets", { daily_usd: 0 });
  expect(await tenant.ask("POST /run", { query: QUERY })).toMatchObject({ status: "needs_choice" });
});

it("who may not run it is asked, and is told nothing of it", async () => {
  const tenant = await aShop({ skill: "test/second" });
  const key = await tenant.ask("POST /keys", { name: "small", scopes: ["read", "run"], skills: ["test/*"] });
  const answer = await tenant.ask(
    "POST /run",
    { query: QUERY },
    { authorization: `Bearer ${String(key["key"])}` },
  );
  expect(answer).toMatchObject({ status: "needs_choice" });
  expect(JSON.stringify(answer)).not.toContain("routing/");
});

it("asked again under one key, it is paid once", async () => {
  const tenant = await aShop({ skill: "test/second" });
  const again = () => tenant.ask("POST /run", { query: QUERY }, { "idempotency-key": "k1" });
  const [first, second] = [await again(), await again()];
  expect(first["chosen_by"]).toEqual(expect.any(String));
  expect(second["chosen_by"]).toBe(first["chosen_by"]);
});
