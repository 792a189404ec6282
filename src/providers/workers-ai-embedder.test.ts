import { expect, it } from "vitest";
import { createWorkersAiEmbedder } from "./workers-ai-embedder.ts";

const MODEL = "@cf/baai/bge-m3";

it("asks the model that was chosen, and gives its vectors", async () => {
  const asked: unknown[] = [];
  const run = async (...call: unknown[]) => {
    asked.push(call);
    return { shape: [1, 2], data: [[0.5, 0.5]], pooling: "cls" };
  };
  const embedder = createWorkersAiEmbedder({ run }, MODEL);
  expect(await embedder.embed(["a"])).toEqual([[0.5, 0.5]]);
  expect(asked).toEqual([[MODEL, { text: ["a"] }]]);
});

it("takes nothing else for an answer", async () => {
  const embedder = createWorkersAiEmbedder({ run: async () => ({ response: [] }) }, MODEL);
  await expect(embedder.embed(["a"])).rejects.toMatchObject({ code: "embeddings" });
});
