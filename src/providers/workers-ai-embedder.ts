// Embeddings of the account's own Workers AI, such as `@cf/baai/bge-m3`: a binding, so that no key is needed and nothing leaves for
// another company. https://developers.cloudflare.com/workers-ai/models/bge-m3/
import { z } from "zod";
import { Fault } from "../kernel/domain/refusal.ts";
import type { Embedder } from "../kernel/ports/embedder.ts";

export const WORKERS_AI_PREFIX = "@cf/";

/** What is used of the binding. */
export interface TextEmbeddings {
  run(model: string, input: { readonly text: readonly string[] }): Promise<unknown>;
}

const Answer = z.object({ data: z.array(z.array(z.number())) });

export function createWorkersAiEmbedder(ai: TextEmbeddings, model: string): Embedder {
  return {
    model,
    async embed(texts) {
      const answer = Answer.safeParse(await ai.run(model, { text: texts }));
      if (!answer.success)
        throw new Fault("embeddings", "later", `the answer of ${model} holds no embeddings`, answer.error);
      return answer.data.data;
    },
  };
}
