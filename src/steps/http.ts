// The step `http`. What a request means for the world is decided by the capability, not here.
import { z } from "zod";
import { joinLanguages } from "../kernel/domain/text.ts";
import { defineStep } from "../kernel/domain/step-kind.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

const With = z
  .strictObject({
    get: z.string().optional(),
    post: z.string().optional(),
    put: z.string().optional(),
    patch: z.string().optional(),
    delete: z.string().optional(),
    connector: z.string().optional(),
    query: z.record(z.string(), z.unknown()).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
    as: z.enum(["json", "xml", "rss", "csv", "article", "text"]).optional(),
    idempotency: z.enum(["header", "none"]).optional(),
  })
  .refine((value) => METHODS.filter((method) => value[method] !== undefined).length === 1, {
    message: joinLanguages({
      en: "Name exactly one of get, post, put, patch, delete with the address.",
      ru: "Назовите с адресом ровно одно из get, post, put, patch, delete.",
    }),
  });

function toRequest(withValue: z.infer<typeof With>) {
  const method = METHODS.find((name) => withValue[name] !== undefined) ?? "get";
  const { query, headers, body, as, idempotency } = withValue;
  return {
    method: method.toUpperCase(),
    url: withValue[method] ?? "",
    query,
    headers,
    body,
    as,
    idempotency,
  };
}

/** `http`: one request to a service. What it means (read, write, delete) follows from the method and the connector. */
export const http = defineStep({
  kind: "http",
  summary: { en: "Calls a web service.", ru: "Обращается к веб-сервису." },
  with: With,
  effects: (withValue) => [
    { via: "http", connector: withValue.connector, request: toRequest(withValue), times: 1 },
  ],
  async run(withValue, context) {
    const answer = await context.perform({
      via: "http",
      connector: withValue.connector,
      request: context.resolve(toRequest(withValue)),
    });
    return answer.value;
  },
});
