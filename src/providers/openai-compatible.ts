// Every vendor that speaks the OpenAI chat protocol: OpenAI, Mistral, DeepSeek, OpenRouter, vLLM, Ollama. The AI SDK
// builds the request and reads the answer; the door's fetch carries it, and the door alone tries again.
import type { OpenAICompatibleProvider, OpenAICompatibleProviderSettings } from "@ai-sdk/openai-compatible";
import { APICallError } from "@ai-sdk/provider";
import { sha256 } from "../kernel/domain/hash.ts";
import type { Connector } from "../kernel/domain/connector.ts";
import { Fault, Refused } from "../kernel/domain/refusal.ts";
import type { DoorFetch } from "../kernel/ports/capability.ts";
import type { ModelCall, ModelMessage, ModelProvider, ModelReply } from "../kernel/ports/model.ts";

export interface OpenAiCompatible {
  readonly name: string;
  readonly baseUrl: string;
  /** `secret:KEY`; the door puts the value in. Null: the service wants none. */
  readonly key: string | null;
}

const TIMEOUT_MS = 120_000;
const LATER = new Set([408, 409, 425, 429]);
/** Its newer models refuse `max_tokens`. Others know only that: https://platform.openai.com/docs/api-reference/chat/create */
const OPENAI_HOST = "api.openai.com";

export function createOpenAiCompatibleProvider(options: OpenAiCompatible): ModelProvider {
  return {
    name: options.name,
    models: [],
    isPractice: false,
    connector: toConnector(options),
    call: (call, io) => callVendor(options, call, io.fetch),
  };
}

function toConnector({ name, baseUrl, key }: OpenAiCompatible): Connector {
  return {
    name,
    hash: sha256(`${name}\n${baseUrl}`),
    type: "model",
    baseUrl,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    query: {},
    idempotency: "none",
    effects: [],
    timeoutMs: TIMEOUT_MS,
    pricePerCallMicroUsd: 0,
    mode: "live",
    title: name,
  };
}

async function callVendor(options: OpenAiCompatible, call: ModelCall, fetch: DoorFetch): Promise<ModelReply> {
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const vendor = createOpenAICompatible({
    name: options.name,
    baseURL: options.baseUrl,
    headers: { ...toConnector(options).headers },
    supportsStructuredOutputs: true,
    fetch: toFetch(fetch),
    ...(new URL(options.baseUrl).hostname === OPENAI_HOST && { transformRequestBody: renameLimit }),
  });
  try {
    const { content, finishReason, usage } = await vendor(call.model).doGenerate({
      prompt: call.messages.map(toPrompt),
      maxOutputTokens: call.maxTokens,
      // Strict mode takes only schemas in which every field is required; the answer is checked here in any case.
      providerOptions: { openaiCompatible: { strictJsonSchema: false } },
      ...(call.schema && { responseFormat: { type: "json", schema: call.schema } }),
    });
    const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
    return { text, finish: toFinish(finishReason.unified), usage: toUsage(usage) };
  } catch (error) {
    throw toFault(error, options.name);
  }
}

type Prompt = Parameters<ReturnType<OpenAICompatibleProvider>["doGenerate"]>[0]["prompt"];

function toPrompt({ role, content }: ModelMessage): Prompt[number] {
  return role === "system" ? { role, content } : { role, content: [{ type: "text", text: content }] };
}

/** The SDK calls with an address and an init, and wants a Response. */
function toFetch(fetch: DoorFetch): NonNullable<OpenAICompatibleProviderSettings["fetch"]> {
  return async (input, init) => {
    // The abort signal stays here: the door has a time limit of its own, and an effect is not half cancelled.
    const { signal: _, ...rest } = init ?? {};
    const request = new Request(input, rest);
    const { status, headers, bytes } = await fetch({
      method: request.method,
      url: new URL(request.url),
      headers: Object.fromEntries(request.headers),
      body: request.body === null ? null : await request.text(),
    });
    return new Response(bytes, { status, headers });
  };
}

function renameLimit({ max_tokens: limit, ...body }: Record<string, unknown>): Record<string, unknown> {
  return { ...body, max_completion_tokens: limit };
}

function toFinish(reason: string): ModelReply["finish"] {
  if (reason === "stop" || reason === "length") return reason;
  return reason === "content-filter" ? "filtered" : "other";
}

type Usage = Awaited<ReturnType<ReturnType<OpenAICompatibleProvider>["doGenerate"]>>["usage"];

function toUsage({
  inputTokens: { total: input },
  outputTokens: { total: output },
}: Usage): ModelReply["usage"] {
  return input === undefined || output === undefined ? null : { inputTokens: input, outputTokens: output };
}

/** What the door threw comes out of the SDK as it went in, or as a cause. */
function toFault(error: unknown, vendor: string): Error {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Fault || cause instanceof Refused) return cause;
  }
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  if (status !== undefined && status >= 400) {
    const isPassing = status >= 500 || LATER.has(status);
    return new Fault("http_status", isPassing ? "later" : "never", `${vendor} answered ${status}`, error);
  }
  const why = error instanceof Error ? error.name : "no error";
  return new Fault("model_unreadable", "never", `the answer of ${vendor} cannot be read (${why})`, error);
}
