// The step `llm`. Which vendor answers and at what price is the capability's business.
import { z } from "zod";
import { defineStep } from "../kernel/domain/step-kind.ts";

/** Calls without a limit get this one: an endless answer has no upper price. */
const DEFAULT_MAX_TOKENS = 1_024;

const With = z.strictObject({
  model: z.string().optional(),
  system: z.string().optional(),
  prompt: z.string().min(1),
  data: z.unknown().optional(),
  returns: z.record(z.string(), z.unknown()).optional(),
  max_tokens: z.union([z.number().int().positive(), z.string()]).optional(),
  max_usd: z.number().positive().optional(),
});

function toRequest(withValue: z.infer<typeof With>) {
  return {
    model: withValue.model ?? "standard",
    system: withValue.system ?? null,
    prompt: withValue.prompt,
    data: withValue.data ?? null,
    returns: withValue.returns ?? null,
    maxTokens: withValue.max_tokens ?? DEFAULT_MAX_TOKENS,
    maxUsd: withValue.max_usd ?? null,
  };
}

/** `llm`: one call of a language model. A read with a price; `data` is untrusted text and never an instruction. */
export const llm = defineStep({
  kind: "llm",
  summary: { en: "Asks a language model.", ru: "Спрашивает языковую модель." },
  with: With,
  effects: (withValue) => [{ via: "model", request: toRequest(withValue), times: 1 }],
  async run(withValue, context) {
    const answer = await context.perform({ via: "model", request: context.resolve(toRequest(withValue)) });
    return answer.value;
  },
});
