// Several requests in one sentence, through the whole application: nothing runs, and what is offered can be taken up.
import { expect, it } from "vitest";
import { toCaller } from "./caller.ts";

const skill = (input: string, output: string): string => `description: { en: A skill, ru: Навык }
input: { ${input} }
steps:
  - id: one
    set: { value: "\${{ ${output} }}" }
output: { ${output === "1" ? "rate" : "total"}: "\${{ round(one.value, 2) }}" }
`;
const FILES = [
  { path: "shop/count.yaml", text: skill("boxes: { type: integer, above: 0 }", "input.boxes * 10") },
  {
    path: "shop/count.phrases.yaml",
    text: "en: [count the boxes, how many boxes are left, count 5 boxes, tally up boxes]\nru: [посчитай коробки, сколько коробок осталось]\n",
  },
  { path: "money/rate.yaml", text: skill("", "1") },
  {
    path: "money/rate.phrases.yaml",
    text: "en: [show the dollar rate, what is the exchange rate, tell me the euro rate]\nru: [покажи курс доллара, какой курс евро]\n",
  },
];
const TWO = "count 7 boxes and then show the dollar rate";

async function toShop() {
  const caller = await toCaller();
  await caller.ask("POST /registry/files", { json: { files: FILES } });
  const run = async (query: string) => (await caller.ask("POST /run", { json: { query } })).body;
  return { ...caller, run };
}

it("runs nothing, and tells the steps and the skill that does them", async () => {
  const { run, ask } = await toShop();
  const said = await run(TWO);
  expect(said).toMatchObject({
    status: "needs_choice",
    skill: null,
    choices: [{ skill: "shop/count" }, { skill: "money/rate" }],
    steps: [
      {
        text: "count 7 boxes",
        skill: "shop/count",
        input: { boxes: 7 },
        missing: [],
        description: "A skill",
      },
      { text: "show the dollar rate", skill: "money/rate", input: {}, missing: [] },
    ],
    pipeline: { skill: "shop/count_then_rate", missing: [], confidence: said["confidence"] },
  });
  expect((await ask("GET /runs")).body["runs"]).toEqual([]);
  const { steps, pipeline, confidence } = said;
  expect((await ask(`GET /route?q=${encodeURIComponent(TWO)}`)).body).toMatchObject({
    ...{ decision: "choose", steps, pipeline, confidence },
    reason: "2 requests in a row",
  });
});

it("does them all once the offered skill is saved, by the same sentence", async () => {
  const { run, ask } = await toShop();
  const { pipeline } = await run(TWO);
  const { skill: id, yaml } = Object(pipeline);
  const saved = await ask(`PUT /skills/${id}`, {
    raw: yaml,
    headers: { "content-type": "application/yaml" },
  });
  expect(saved.status).toBeLessThan(300);
  expect(await run(TWO)).toMatchObject({
    status: "succeeded",
    skill: "shop/count_then_rate",
    result: { count: { total: 70 }, rate: { rate: 1 } },
  });
  expect(await run("count 7 boxes")).toMatchObject({ status: "succeeded", skill: "shop/count" });
});

it("says which step nobody can do, and runs no other", async () => {
  const { run, ask } = await toShop();
  const query = "count 7 boxes and then send the list to Ivan";
  expect(await run(query)).toMatchObject({
    status: "no_skill_found",
    confidence: 0,
    steps: [
      { text: "count 7 boxes", skill: "shop/count" },
      { text: "send the list to Ivan", skill: null, confidence: 0 },
    ],
  });
  expect((await ask("GET /runs")).body["runs"]).toEqual([]);
  expect((await ask(`GET /route?q=${encodeURIComponent(query)}`)).body).toMatchObject({
    decision: "no_skill_found",
    reason: "no skill takes part of the request: send the list to Ivan",
  });
});

it("names no skill that the key does not reach", async () => {
  const { ask } = await toShop();
  const made = (await ask("POST /keys", { json: { name: "x", skills: ["shop/*"] } })).body;
  const answer = await ask("POST /run", {
    json: { query: TWO },
    headers: { authorization: `Bearer ${String(made["key"])}` },
  });
  expect(answer.text).not.toContain("money/rate");
  expect(answer.body).toMatchObject({
    status: "no_skill_found",
    steps: [{ skill: "shop/count" }, { skill: null }],
  });
});

it("leaves a sentence alone that names its skill", async () => {
  const { ask } = await toShop();
  const body = (await ask("POST /run", { json: { query: TWO, skill: "shop/count" } })).body;
  expect(body).toMatchObject({ status: "succeeded", result: { total: 70 } });
});
