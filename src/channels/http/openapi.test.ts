import { expect, it } from "vitest";
import { z } from "zod";
import { OPERATIONS } from "../../operations/index.ts";
import { toOpenApi } from "./openapi.ts";

const Entry = z.object({
  operationId: z.string(),
  summary: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.string(), Entry)),
});

it("holds every operation, with its path's names and its problem", async () => {
  const { paths } = Document.parse(JSON.parse(JSON.stringify(await toOpenApi(OPERATIONS, "0"))));
  for (const { name, http } of OPERATIONS) {
    const [verb = "", path = ""] = http.split(" ");
    const entry = paths[path]?.[verb.toLowerCase()];
    expect({ http, name: entry?.operationId }).toEqual({ http, name });
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one);
    expect(entry?.parameters.filter((one) => one.in === "path").map((one) => one.name)).toEqual(inPath);
    expect(Object.keys(entry?.responses ?? {})).toContain("default");
  }
  expect(Object.keys(paths)).toContain("/webhooks/{tenant}/{id}");
});

it("says what a delivery may be", async () => {
  const text = JSON.stringify(await toOpenApi(OPERATIONS, "0"));
  expect(text).toContain("within `input` or `payload`");
});

it("names every operation once", () => {
  expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length);
  expect(new Set(OPERATIONS.map(({ http }) => http)).size).toBe(OPERATIONS.length);
});
