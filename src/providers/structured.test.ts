import { describe, expect, it } from "vitest";
import { aRefusal } from "../../test/connector-builders.ts";
import { parseStructured, toSchema } from "./structured.ts";

describe("returns", () => {
  it.each([
    [
      { title: "text", price: "number?", tags: "text[]", due: "date" },
      {
        type: "object",
        properties: {
          title: { type: "string" },
          price: { anyOf: [{ type: "number" }, { type: "null" }] },
          tags: { type: "array", items: { type: "string" } },
          due: { type: "string", format: "date" },
        },
        required: ["title", "price", "tags", "due"],
        additionalProperties: false,
      },
    ],
    [
      { type: "text" },
      {
        type: "object",
        properties: { type: { type: "string" } },
        required: ["type"],
        additionalProperties: false,
      },
    ],
    [{ type: "object" }, { type: "object" }],
    [{ properties: { a: {} } }, { properties: { a: {} } }],
    [
      { type: "array", items: { type: "string" } },
      { type: "array", items: { type: "string" } },
    ],
    [{ $ref: "#/$defs/x" }, { $ref: "#/$defs/x" }],
    [{ anyOf: [{ type: "object" }] }, { anyOf: [{ type: "object" }] }],
  ])("%j", (returns, schema) => {
    expect(toSchema(returns)).toEqual(schema);
  });

  it("may be nested, with schemas inside", () => {
    expect(toSchema({ inner: { a: "integer" }, exact: { type: "string", enum: ["x"] } })).toMatchObject({
      properties: {
        inner: { type: "object", properties: { a: { type: "integer" } } },
        exact: { type: "string", enum: ["x"] },
      },
    });
  });

  it("names a type that is none", () => {
    expect(aRefusal(() => toSchema({ price: "cash" }))).toMatchObject({
      reason: "bad_request",
      field: "returns.price",
      message: { en: 'returns.price: "cash" is no type.' },
    });
  });
});

describe("an answer", () => {
  const schema = {
    type: "object",
    properties: { points: { type: "array", items: { type: "string" } } },
    required: ["points"],
  };

  it.each(['{"points":["a"]}', '```json\n{"points":["a"]}\n```', '\n```\n{"points":["a"]}```\n'])(
    "%j fits",
    (text) => {
      expect(parseStructured(text, schema)).toEqual({ points: ["a"] });
    },
  );

  it.each([
    ["Here you are: {}", "is not JSON"],
    ["{}", 'Instance does not have required property "points"'],
    ['{"points":["a",1]}', "points/1"],
    ["[]", "the whole answer"],
  ])("%j does not", (text, why) => {
    expect(() => parseStructured(text, schema)).toThrow(
      expect.objectContaining({
        code: "model_invalid",
        retry: "never",
        message: expect.stringContaining(why),
      }),
    );
  });

  it("follows definitions", () => {
    const fact = {
      $defs: {
        fact: { type: ["object", "null"], properties: { page: { type: "integer" } }, required: ["page"] },
      },
      type: "object",
      properties: { price: { $ref: "#/$defs/fact" } },
      required: ["price"],
    };
    expect(parseStructured('{"price":{"page":3}}', fact)).toEqual({ price: { page: 3 } });
    expect(parseStructured('{"price":null}', fact)).toEqual({ price: null });
    expect(() => parseStructured('{"price":{"page":"3"}}', fact)).toThrow("price/page");
  });
});
