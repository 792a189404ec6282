// Embeddings of any service that speaks the OpenAI protocol: OpenAI, Mistral, vLLM, Ollama, TEI. The door carries the request; a redirect
// is not followed, because what is asked is people's words.
import { z } from "zod";
import type { Connector } from "../kernel/domain/connector.ts";
import { sha256 } from "../kernel/domain/hash.ts";
import { OPERATOR } from "../kernel/domain/id.ts";
import { Fault } from "../kernel/domain/refusal.ts";
import { callByItself, type OwnPorts } from "../kernel/door/own-call.ts";
import type { Embedder } from "../kernel/ports/embedder.ts";

interface Endpoint {
  readonly baseUrl: string;
  readonly model: string;
  /** Empty: the service wants none. */
  readonly key: string;
}

const SECRET = "EMBEDDINGS_API_KEY";
const TIMEOUT_MS = 30_000;

const Answer = z.object({ data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })) });

export function createOpenAiEmbedder(ports: OwnPorts, endpoint: Endpoint): Embedder {
  const connector = toConnector(endpoint);
  const url = new URL(`${endpoint.baseUrl.replace(/\/+$/, "")}/embeddings`);
  const headers = { ...connector.headers, "content-type": "application/json", accept: "application/json" };
  const call = { tenant: OPERATOR, connector, secrets: new Map([[SECRET, endpoint.key]]) };
  return {
    model: endpoint.model,
    async embed(texts) {
      const body = JSON.stringify({ model: endpoint.model, input: texts, encoding_format: "float" });
      const { status, bytes } = await callByItself(ports, call, { method: "POST", url, headers, body });
      if (status !== 200) throw new Fault("embeddings", "later", `${url.host} answered ${status}`);
      return parse(bytes, url.host);
    },
  };
}

function parse(bytes: Uint8Array, host: string): readonly (readonly number[])[] {
  try {
    const { data } = Answer.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return data.toSorted((one, other) => one.index - other.index).map(({ embedding }) => embedding);
  } catch (error) {
    throw new Fault("embeddings", "later", `the answer of ${host} holds no embeddings`, error);
  }
}

function toConnector({ baseUrl, key }: Endpoint): Connector {
  return {
    name: "embeddings",
    hash: sha256(`embeddings\n${baseUrl}`),
    type: "model",
    baseUrl,
    headers: key === "" ? {} : { authorization: `Bearer secret:${SECRET}` },
    query: {},
    idempotency: "none",
    effects: [],
    timeoutMs: TIMEOUT_MS,
    pricePerCallMicroUsd: 0,
    mode: "live",
    title: "embeddings",
  };
}
