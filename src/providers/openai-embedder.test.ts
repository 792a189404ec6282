import { describe, expect, it } from "vitest";
import type { Outgoing } from "../kernel/ports/outbound.ts";
import { createOpenAiEmbedder } from "./openai-embedder.ts";

const clock = { now: () => 0, after: () => () => undefined };

function serve(answer: () => Response, { baseUrl = "https://vectors.example/v1", key = "sk-embed" } = {}) {
  const sent: Outgoing[] = [];
  const outbound = {
    privateHosts: ["localhost:9000"],
    fetch: async (request: Outgoing) => {
      sent.push(request);
      return answer();
    },
  };
  return { sent, embedder: createOpenAiEmbedder({ outbound, clock }, { baseUrl, model: "m", key }) };
}

const toRow = (embedding: readonly unknown[], index: number) => ({ object: "embedding", index, embedding });

describe("an OpenAI-compatible service of embeddings", () => {
  it("is asked with its key, and its answer is put in the order of the texts", async () => {
    const { sent, embedder } = serve(() => Response.json({ data: [toRow([0, 1], 1), toRow([1, 0], 0)] }));
    expect(await embedder.embed(["a", "b"])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(sent[0]).toMatchObject({ method: "POST", headers: { authorization: "Bearer sk-embed" } });
    expect(sent[0]?.url.href).toBe("https://vectors.example/v1/embeddings");
    expect(JSON.parse(String(sent[0]?.body))).toEqual({
      model: "m",
      input: ["a", "b"],
      encoding_format: "float",
    });
  });

  it("may want no key, and may stand on this computer", async () => {
    const free = { baseUrl: "http://localhost:9000/v1/", key: "" };
    const { sent, embedder } = serve(() => Response.json({ data: [toRow([1], 0)] }), free);
    await embedder.embed(["a"]);
    expect(sent[0]?.headers).not.toHaveProperty("authorization");
    expect(sent[0]?.url.href).toBe("http://localhost:9000/v1/embeddings");
  });

  it.each([
    ["an error", () => new Response("{}", { status: 500 })],
    ["no JSON", () => new Response("<html>")],
    ["other JSON", () => Response.json({ embeddings: [] })],
    ["words for numbers", () => Response.json({ data: [toRow(["1", null], 0)] })],
    [
      "a way elsewhere",
      () => new Response(null, { status: 307, headers: { location: "https://other.example/" } }),
    ],
  ])("that gives %s is at fault", async (_, answer) => {
    const { sent, embedder } = serve(answer);
    await expect(embedder.embed(["a"])).rejects.toMatchObject({ code: "embeddings" });
    expect(sent).toHaveLength(1);
  });

  it.each(["http://vectors.example/v1", "http://127.0.0.1:9000/v1", "https://10.0.0.1/v1"])(
    "is not asked at %s: in the clear, or private and not listed",
    async (baseUrl) => {
      const { sent, embedder } = serve(() => Response.json({ data: [] }), { baseUrl });
      await expect(embedder.embed(["a"])).rejects.toMatchObject({ refusal: { reason: "address_forbidden" } });
      expect(sent).toEqual([]);
    },
  );
});
