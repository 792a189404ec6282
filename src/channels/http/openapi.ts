// OpenAPI 3.1, made from the operations: each is one entry, none is written by hand but the deliveries of webhooks.
import type { RouteConfig } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { z } from "zod";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { Operation } from "../../operations/operation.ts";

type Method = "get" | "post" | "put" | "delete";

const Problem = z.object({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  fix: z.string(),
  retryable: z.boolean(),
  request_id: z.string(),
  step: z.string().optional(),
});

const PROBLEM = {
  description: "What was refused, why, and the fix (RFC 9457).",
  content: { "application/problem+json": { schema: Problem } },
};
const ANSWER = { description: "The answer.", content: { "application/json": { schema: z.looseObject({}) } } };

export function mountOpenApi(app: Hono, platform: Platform, operations: readonly Operation<unknown>[]): void {
  let made: Promise<object> | null = null;
  app.get("/openapi.json", async (context) => {
    made ??= toOpenApi(operations, platform.version);
    return context.json(await made);
  });
}

/** The generator is loaded when somebody asks: it takes longer than everything else of a start. */
export async function toOpenApi(operations: readonly Operation<unknown>[], version: string): Promise<object> {
  const { OpenAPIHono } = await import("@hono/zod-openapi");
  const book = new OpenAPIHono();
  const key = { type: "http", scheme: "bearer", description: "An API key, or a JWT." } as const;
  book.openAPIRegistry.registerComponent("securitySchemes", "key", key);
  for (const route of [...operations.map(toRoute), ...DELIVERIES]) book.openAPIRegistry.registerPath(route);
  return book.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "SkillOS", version, description: "Every effect passes one door." },
    servers: [{ url: "/" }],
  });
}

export function toRoute(operation: Operation<unknown>): RouteConfig {
  const [verb = "GET", path = "/"] = operation.http.split(" ");
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const { input } = operation;
  const shape = input instanceof z.ZodObject ? input : z.object({});
  const names = Object.keys(shape.shape);
  const params = pick(
    shape,
    names.filter((name) => inPath.includes(name)),
  );
  const rest = pick(
    shape,
    names.filter((name) => !inPath.includes(name)),
  );
  const isBody = verb !== "GET" && verb !== "DELETE" && operation.rawBody !== true;
  const raw =
    operation.rawBody === true
      ? { body: { content: { "application/octet-stream": { schema: z.string() } } } }
      : {};
  return {
    method: METHODS[verb] ?? "get",
    path,
    operationId: operation.name,
    summary: operation.summary,
    tags: [path.split("/")[1] ?? ""],
    security: operation.permission === null ? [] : [{ key: [operation.permission] }],
    request: {
      params,
      ...raw,
      ...(isBody ? { body: { content: { "application/json": { schema: rest } } } } : { query: rest }),
    },
    responses: { 200: ANSWER, default: PROBLEM },
  };
}

const METHODS: Readonly<Record<string, Method>> = { GET: "get", POST: "post", PUT: "put", DELETE: "delete" };

function pick(shape: z.ZodObject, names: readonly string[]): z.ZodObject {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, shape.shape[name] ?? z.unknown()])));
}

const Values = z.looseObject({});
const DELIVERED = z
  .looseObject({ input: Values.optional(), payload: Values.optional() })
  .describe(
    'The values of the webhook\'s skill by name, as they are or within `input` or `payload`: {"input":{"kg":40,"price":1900}}. Other members are left out.',
  );

const delivery = (path: string, params: z.ZodObject): RouteConfig => ({
  method: "post",
  path,
  operationId: path.includes("tenant") ? "webhook-receive" : "webhook-receive-local",
  summary:
    "A delivery, signed by its webhook's scheme. Answered once it is stored; a repeat of its event id starts nothing.",
  tags: ["webhooks"],
  security: [],
  request: {
    params,
    headers: z.object({
      "x-skillos-signature": z.string().optional(),
      "x-skillos-event-id": z.string().optional(),
    }),
    body: { content: { "application/json": { schema: DELIVERED } } },
  },
  responses: { 200: ANSWER, default: PROBLEM },
});

const DELIVERIES: readonly RouteConfig[] = [
  delivery("/webhooks/{tenant}/{id}", z.object({ tenant: z.string(), id: z.string() })),
  delivery("/webhooks/{id}", z.object({ id: z.string() })),
];
