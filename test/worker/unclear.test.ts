// A request whose amount is said unclearly: what would change something asks, and names the words.
import { expect, it } from "vitest";
import { toCaller } from "./caller.ts";

const skill = (sql: string): string => `description: { en: Note a cost, ru: Записать затраты }
phrases: { en: [note a cost], ru: [запиши затраты] }
input: { amount: { type: money, above: 0, words: [затраты, cost], ask: { en: How much?, ru: Сколько? } } }
steps:
  - id: one
    sql: ${sql}
output: { rows: "\${{ one }}" }
`;

const ask = async (sql: string, input = {}): Promise<Record<string, unknown>> => {
  const caller = await toCaller();
  await caller.ask("POST /registry/files", {
    json: { files: [{ path: "test/cost.yaml", text: skill(sql) }] },
  });
  return (await caller.ask("POST /run", { json: { query: "запиши затраты 500 и 300", input } })).body;
};

const WRITE = "insert into costs (amount) values (${{ input.amount }})";

it("is asked for by a skill that writes", async () => {
  expect(await ask(WRITE)).toMatchObject({
    status: "needs_input",
    understood: [],
    missing: [{ name: "amount", ask: "Сколько?", said: ["500", "300"] }],
  });
});

it("is settled by the value itself", async () => {
  expect((await ask(WRITE, { amount: 800 }))["status"]).not.toBe("needs_input");
});

it("is told as it was understood by a skill that only reads", async () => {
  expect((await ask("select ${{ input.amount }} as amount"))["status"]).toBe("succeeded");
});
