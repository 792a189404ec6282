import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import { Complaint, type Shell } from "../shell.ts";
import { modelsPrice } from "./models.ts";

async function price(options: Json) {
  const asked: unknown[] = [];
  const shell = {
    call: async (route: string, { json }: { json: Json }) => {
      asked.push([route, json]);
      return { status: 200, body: json };
    },
    screen: { show: () => {} },
    paint: plain,
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
