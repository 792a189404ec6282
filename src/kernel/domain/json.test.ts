import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findExcess, findExcessOfAll, isTooDeep, MAX_JSON_DEPTH, MAX_KEPT_DEPTH } from "./json.ts";
import { findJsonErrorLine } from "./json-error.ts";

const nest = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

describe("depth", () => {
  it("has an end, whatever the stack could bear", () => {
    expect([isTooDeep(nest(MAX_JSON_DEPTH)), isTooDeep(nest(MAX_JSON_DEPTH + 1))]).toEqual([false, true]);
    expect(isTooDeep({ a: [{ b: nest(20_000) }] })).toBe(true);
    expect([isTooDeep(null), isTooDeep("text"), isTooDeep({})]).toEqual([false, false, false]);
  });
});

describe("size", () => {
  it("is that of the JSON in bytes, where it is over the limit", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(400), (value, limit) => {
        const bytes = new TextEncoder().encode(JSON.stringify(value)).byteLength;
        expect(findExcess(value, limit)).toEqual(bytes > limit ? { sizeBytes: bytes } : null);
      }),
    );
  });

  it("of parts that are looked at again is found whatever limit they were measured for", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.nat(400), (parts, limit) => {
        const bytes = new TextEncoder().encode(JSON.stringify(parts)).byteLength;
        for (const bound of [1, limit])
          expect(findExcessOfAll(parts, bound)).toEqual(bytes > bound ? { sizeBytes: bytes } : null);
      }),
    );
  });

  it("is no matter where a value is nested deeper than anything that is kept", () => {
    const limitLevels = MAX_KEPT_DEPTH;
    expect([findExcess(nest(limitLevels), 1_000_000), findExcess(nest(limitLevels + 1), 1_000_000)]).toEqual([
      null,
      { limitLevels },
    ]);
    expect(findExcessOfAll([{ flat: 1 }, [nest(limitLevels)]], 1_000_000)).toEqual({ limitLevels });
  });

  it("counts letters of two bytes as two", () => {
    expect(findExcess("устрица".repeat(10), 141)).toEqual({ sizeBytes: 142 });
    expect(findExcess("устрица".repeat(10), 142)).toBeNull();
  });
});

describe("the line where JSON breaks", () => {
  it.each([
    ['[{"a": 1},\n {"a": }]', 2],
    ['[{"a": 1},\n\n {a: 2}]', 3],
    ["[1,\n2", 2],
    ['["a\nb"]', 1],
    ["[1] 2", 1],
    ["[1,]", 1],
    ["", 1],
    ['["\\x"]', 1],
    ['"\u007f"\n"', 2],
    ["[01]", 1],
  ])("%j: %i", (text, line) => {
    expect(findJsonErrorLine(text)).toBe(line);
  });

  it("is nowhere in what is JSON, and somewhere in what is not", () => {
    fc.assert(
      fc.property(
        fc.json({ noUnicodeString: false }),
        fc.nat(),
        fc.constantFrom("}", ",", "x", '"'),
        (text, at, sign) => {
          expect(findJsonErrorLine(text)).toBeNull();
          const broken = text.slice(0, at % text.length) + sign + text.slice(at % text.length);
          const isJson = (() => {
            try {
              JSON.parse(broken);
              return true;
            } catch {
              return false;
            }
          })();
          expect(findJsonErrorLine(broken) === null).toBe(isJson);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is found in megabytes and in the deep", () => {
    expect(findJsonErrorLine(JSON.stringify("x".repeat(5_000_000)))).toBeNull();
    expect(findJsonErrorLine("[".repeat(100_000) + "\n")).toBe(2);
  });
});
