// Practice models: `mock/echo` repeats its last user message, `mock/script` and `mock/small` answer from the fixture `model`. Nothing
// leaves the machine and no answer depends on chance.
import { Fault, Refused } from "../kernel/domain/refusal.ts";
import type { Exchange } from "../kernel/domain/connector.ts";
import type { ModelCall, ModelProvider } from "../kernel/ports/model.ts";
import { cutToTokens } from "./tokens.ts";

/** Where the canned answers are: an exchange's path is what the request must contain, `*` is any request. */
const FIXTURE = "model";

const MODELS = ["echo", "script", "small"];

export function createMockProvider(): ModelProvider {
  return {
    name: "mock",
    models: MODELS,
    isPractice: true,
    connector: null,
    async call(call, io) {
      if (!MODELS.includes(call.model))
        throw new Refused({
          reason: "not_found",
          what: "model",
          id: `mock/${call.model}`,
          suggestion: "mock/echo",
        });
      if (call.model === "echo") return toReply(findQuestion(call), call.maxTokens);
      const fixture = await io.practice(FIXTURE);
      return toReply(findAnswer(fixture?.exchanges ?? [], findQuestion(call)), call.maxTokens);
    },
  };
}

/** Cut like any model's answer, so that no call costs more than was forecast; practice does not fail over it. */
function toReply(text: string, maxTokens: number) {
  return { text: cutToTokens(text, maxTokens), finish: "stop" as const, usage: null };
}

function findQuestion(call: ModelCall): string {
  return call.messages.findLast((message) => message.role === "user")?.content ?? "";
}

function findAnswer(exchanges: readonly Exchange[], question: string): string {
  const wanted = question.toLowerCase();
  const answer = exchanges.find(
    ({ request }) => request.path === "*" || wanted.includes(request.path.toLowerCase()),
  );
  if (answer) return answer.response.body;
  const message =
    "the practice model has no canned answer for this request: add one to skills/fixtures/model.yaml";
  throw new Fault("no_practice", "never", message);
}
