import fc from "fast-check";
import { expect, test } from "vitest";
import type { SkillId } from "../domain/id.ts";
import { toBlob } from "./blob.ts";
import { buildIndex } from "./build-index.ts";
import type { RoutingDocument } from "./document.ts";

function aDocument(id: SkillId, words: string): RoutingDocument {
  const [first = "", ...others] = words.split(" ");
  return {
    id,
    description: first,
    tags: [],
    phrases: { ru: [], en: others.flatMap((word) => [`${first} ${word}`, `please ${word} now`, word]) },
    counter: [`${first} nothing`, `never ${first}`],
    inputNames: [],
  };
}

const CATALOGUE = [
  aDocument("sea/oysters", "oysters shell margin crate pearl"),
  aDocument("sea/lighthouse", "lighthouse lamp height keeper storm"),
  aDocument("sky/flights", "flights airport ticket plane gate"),
  aDocument("sky/stars", "stars telescope night moon comet"),
];

/** Every number an answer is made from. */
const bytesOf = (documents: readonly RoutingDocument[]): string =>
  Buffer.from(toBlob(buildIndex(documents))).toString("base64");

const WHOLE = bytesOf(CATALOGUE);

test("the same skills give the same index, whatever was built before and in whatever order they come", () => {
  const order = fc.shuffledSubarray(CATALOGUE, { minLength: CATALOGUE.length });
  const before = fc.subarray(CATALOGUE);
  fc.assert(
    fc.property(before, order, (some, all) => {
      buildIndex(some);
      return bytesOf(all) === WHOLE;
    }),
    { numRuns: 20 },
  );
});

test("a skill that is added and removed again leaves no trace", () => {
  const added = [...CATALOGUE, aDocument("town/bakery", "bread oven flour crust dough")];
  expect(bytesOf(added)).not.toBe(WHOLE);
  expect(bytesOf(added.slice(0, -1))).toBe(WHOLE);
});
