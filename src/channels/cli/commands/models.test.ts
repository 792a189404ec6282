import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import { Complaint, type Shell } from "../shell.ts";
import { models, modelsPrice } from "./models.ts";

const shown: string[] = [];

async function price(options: Json, answered: Json = {}) {
  const asked: unknown[] = [];
  shown.length = 0;
  const shell = {
    call: async (route: string, { json }: { json: Json }) => {
      asked.push([route, json]);
      return { status: 200, body: { ...json, ...answered } };
    },
    screen: { show: (lines: readonly string[]) => void shown.push(...lines), paint: plain },
    locale: "en",
  } as unknown as Shell; // What the command uses of it.
  await modelsPrice.run({ words: ["openai/own-1"], options }, shell);
  return asked;
}

it("models price sends both prices, or takes them back", async () => {
  expect(await price({ input: "$1", output: "0,5" })).toEqual([
    ["PUT /models/price", { model: "openai/own-1", input_usd: 1, output_usd: 0.5 }],
  ]);
  expect(await price({ none: true })).toEqual([
    ["PUT /models/price", { model: "openai/own-1", input_usd: null, output_usd: null }],
  ]);
});

it("models price asks for both, as numbers", async () => {
  await expect(price({ input: "1" })).rejects.toBeInstanceOf(Complaint);
  await expect(price({ input: "a", output: "1" })).rejects.toBeInstanceOf(Complaint);
});

it("models price is not told to set a price and to take it back at once", async () => {
  await expect(price({ input: "1", output: "2", none: true })).rejects.toBeInstanceOf(Complaint);
});

const KNOWN = { known_usd_per_million_tokens: { input: 0.25, output: 2 } };
const LONG = { long_input: { above_tokens: 272_000, input: 2, output: 1 } };

it("models price tells the known price beside it, that of long inputs, and which model was probably meant", async () => {
  await price(
    { input: "1", output: "0,5" },
    { ...KNOWN, ...LONG, hint: "Take it back: `skillos models price x --none`." },
  );
  expect(shown.join("\n")).toContain(
    "✓ openai/own-1; known: $0.25 in, $2.00 out; above 272,000 tokens read: $2.00 in, $1.00 out",
  );
  expect(shown.join("\n")).toContain("Take it back: `npx skillos models price x --none`.");
});

it("models tells the known price beside an own one", async () => {
  const own = { name: "openai/gpt-5-mini", id: "openai/gpt-5-mini", own_price: true, ready: true, ...KNOWN };
  const shell = {
    call: async () => ({
      status: 200,
      body: { models: [{ ...own, usd_per_million_tokens: { input: 1, output: 4 } }] },
    }),
    screen: { show: (lines: readonly string[]) => void shown.push(...lines), paint: plain },
    locale: "ru",
  } as unknown as Shell; // What the command uses of it.
  shown.length = 0;
  await models.run({ words: [], options: {} }, shell);
  expect(shown.join("\n")).toContain("ваша цена; известная: чтение $0.25, запись $2.00");
});
