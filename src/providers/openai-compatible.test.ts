import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toIncoming } from "../../test/connector-builders.ts";
import { Fault, Refused } from "../kernel/domain/refusal.ts";
import type { ModelCall } from "../kernel/ports/model.ts";
import type { Outgoing } from "../kernel/ports/outbound.ts";
import { createOpenAiCompatibleProvider } from "./openai-compatible.ts";

const fixture = (name: string): string => readFileSync(`test/fixtures/providers/${name}.json`, "utf8");
const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { "content-type": "application/json" } });
const schema = {
  type: "object",
  properties: { points: { type: "array", items: { type: "string" } } },
  required: ["points"],
};
const aCall: ModelCall = {
  model: "gpt-4o-mini",
  messages: [
    { role: "system", content: "Be short." },
    { role: "user", content: "How long do oysters keep?" },
  ],
  schema: null,
  maxTokens: 200,
};

async function callWith(
  answer: () => Response | Promise<Response>,
  changes: Partial<ModelCall> = {},
  baseUrl = "https://llm.example/v1",
) {
  const sent: Outgoing[] = [];
  const provider = createOpenAiCompatibleProvider({ name: "openai", baseUrl, key: "secret:OPENAI_API_KEY" });
  const fetch = async (request: Outgoing) => {
    sent.push(request);
    return toIncoming(await answer());
  };
  const outcome = await provider
    .call({ ...aCall, ...changes }, { fetch, practice: async () => null })
    .catch((error: unknown) => error);
  return { outcome, sent, body: JSON.parse(String(sent[0]?.body ?? "null")) as unknown };
}

describe("the request", () => {
  it("is the protocol's, with the key still as a reference", async () => {
    const { sent, body } = await callWith(() => json(fixture("chat-text")));
    expect(sent[0]?.url.href).toBe("https://llm.example/v1/chat/completions");
    expect(sent[0]?.headers["authorization"]).toBe("Bearer secret:OPENAI_API_KEY");
    expect(body).toEqual({ model: "gpt-4o-mini", max_tokens: 200, messages: aCall.messages });
  });

  it("asks for structured output", async () => {
    const { body } = await callWith(() => json(fixture("chat-object")), { schema });
    expect(body).toMatchObject({
      response_format: { type: "json_schema", json_schema: { schema, strict: false, name: "response" } },
    });
  });

  it("names the limit as OpenAI's newer models want it", async () => {
    const { body } = await callWith(() => json(fixture("chat-text")), {}, "https://api.openai.com/v1");
    expect(body).toMatchObject({ max_completion_tokens: 200 });
    expect(body).not.toHaveProperty("max_tokens");
  });

  it("goes where the connector allows", () => {
    const { connector } = createOpenAiCompatibleProvider({
      name: "local",
      baseUrl: "http://127.0.0.1:11434/v1",
      key: null,
    });
    expect(connector).toMatchObject({ name: "local", baseUrl: "http://127.0.0.1:11434/v1", headers: {} });
  });
});

describe("the answer", () => {
  it("is text and usage", async () => {
    const { outcome } = await callWith(() => json(fixture("chat-text")));
    expect(outcome).toEqual({
      text: "Oysters keep for seven days.",
      finish: "stop",
      usage: { inputTokens: 31, outputTokens: 8 },
    });
  });

  it("of a structured call is its JSON as text, also when it is none", async () => {
    const good = await callWith(() => json(fixture("chat-object")), { schema });
    const bad = await callWith(() => json(fixture("chat-text")), { schema });
    expect(good.outcome).toMatchObject({ text: '{"points":["Sold 3,400 tonnes"]}', finish: "stop" });
    expect(bad.outcome).toEqual({
      text: "Oysters keep for seven days.",
      finish: "stop",
      usage: { inputTokens: 31, outputTokens: 8 },
    });
  });

  it.each([
    ["length", "length"],
    ["content_filter", "filtered"],
    ["tool_calls", "other"],
    ["", "other"],
  ])("finish reason %s", async (said, finish) => {
    const { outcome } = await callWith(() =>
      json(fixture("chat-text").replace('"stop"', JSON.stringify(said))),
    );
    expect(outcome).toMatchObject({ finish });
  });

  it("may not say what it used", async () => {
    const { usage: _, ...silent } = JSON.parse(fixture("chat-text")) as Record<string, unknown>;
    const { outcome } = await callWith(() => json(JSON.stringify(silent)));
    expect(outcome).toMatchObject({ text: "Oysters keep for seven days.", usage: null });
  });
});

describe("what goes wrong", () => {
  it.each([
    [429, "later"],
    [503, "later"],
    [400, "never"],
    [401, "never"],
  ])("status %i is tried once here", async (status, retry) => {
    const { outcome, sent } = await callWith(() => json(fixture("chat-error"), status));
    expect(outcome).toMatchObject({ code: "http_status", retry, message: `openai answered ${status}` });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["a page", "<html>busy</html>"],
    ["cut", '{"choices":[{"mess'],
    ["empty", ""],
    ["another shape", '{"ok":true}'],
    ["no choice", '{"choices":[]}'],
  ])("an answer that is %s was paid for", async (_, text) => {
    const { outcome } = await callWith(() => json(text));
    expect(outcome).toMatchObject({ code: "model_unreadable", retry: "never" });
  });

  it.each([
    ["a fault", new Fault("network", "later", "connection lost")],
    [
      "a refusal",
      new Refused({ reason: "secret_missing", name: "openai", connector: "openai", key: "OPENAI_API_KEY" }),
    ],
  ])("%s of the door comes out as it is", async (_, error) => {
    const { outcome } = await callWith(() => Promise.reject(error));
    expect(outcome).toBe(error);
  });
});
