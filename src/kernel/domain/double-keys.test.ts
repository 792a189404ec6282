import { describe, expect, it } from "vitest";
import { hasDoubleKeys } from "./double-keys.ts";

describe("a key named twice", () => {
  it.each([
    '{"a":1,"a":1}',
    String.raw`{"a":1,"\u0061":2}`,
    '{"x":[{"a":{},"a":[]}]}',
    '{"b":{"c":1},"b":2}',
    '{ "a" : 1 , "a" : 2 }',
    '{"\\"":1,"\\"":2}',
  ])("is seen: %s", (text) => {
    expect(hasDoubleKeys(text)).toBe(true);
  });

  it.each([
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":{"a":1}}}',
    '{"a":"\\",\\"a\\":1"}',
    "1",
    "[]",
  ])("is not seen where there is none: %s", (text) => {
    expect(hasDoubleKeys(text)).toBe(false);
  });
});
