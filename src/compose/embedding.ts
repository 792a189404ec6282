// Which embeddings the operator has chosen, if any. One per isolate: what is late or away is so for everybody in it.
import type { Env } from "../env.ts";
import { Embedding } from "../kernel/routing/likeness/embedding.ts";
import type { OwnPorts } from "../kernel/door/own-call.ts";
import type { Embedder } from "../kernel/ports/embedder.ts";
import { createOpenAiEmbedder } from "../providers/openai-embedder.ts";
import { createStandInEmbedder, STAND_IN_MODEL } from "../providers/stand-in-embedder.ts";
import { createWorkersAiEmbedder, WORKERS_AI_PREFIX } from "../providers/workers-ai-embedder.ts";
import type { Settings } from "./settings.ts";

let made: Embedding | null | undefined;

/** Null: none, which is the usual. */
export function toEmbedding(env: Env, from: Settings, ports: OwnPorts): Embedding | null {
  if (made === undefined) made = make(env, from, ports);
  return made;
}

function make(env: Env, from: Settings, ports: OwnPorts): Embedding | null {
  const embedder = toEmbedder(env, from, ports);
  const waitMs = from.SKILLOS_EMBEDDINGS_WAIT_MS;
  return embedder && new Embedding(embedder, { clock: ports.clock, waitMs, report });
}

function toEmbedder(env: Env, from: Settings, ports: OwnPorts): Embedder | null {
  const { SKILLOS_EMBEDDINGS_MODEL: model, SKILLOS_EMBEDDINGS_URL: baseUrl } = from;
  if (model === "") return null;
  if (model === STAND_IN_MODEL) return createStandInEmbedder();
  if (model.startsWith(WORKERS_AI_PREFIX) && baseUrl === "") {
    if (env.AI) return createWorkersAiEmbedder(env.AI, model);
    report(`SKILLOS_EMBEDDINGS_MODEL is ${model}, and there is no binding AI here: no embeddings`);
    return null;
  }
  if (URL.canParse(baseUrl))
    return createOpenAiEmbedder(ports, { baseUrl, model, key: from.SKILLOS_EMBEDDINGS_API_KEY });
  report(`SKILLOS_EMBEDDINGS_MODEL is ${model}, and SKILLOS_EMBEDDINGS_URL is no address: no embeddings`);
  return null;
}

function report(what: string, cause?: unknown): void {
  // oxlint-disable-next-line no-console
  console.error(what, ...(cause === undefined ? [] : [cause]));
}
