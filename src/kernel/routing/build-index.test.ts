import fc from "fast-check";
import { expect, test } from "vitest";
import type { SkillId } from "../domain/id.ts";
import { toBlob } from "./blob.ts";
import { beginIndex, buildIndex } from "./build-index.ts";
import { doAtOnce } from "./slices.ts";
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

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** As many texts as a catalogue has that is measured later. */
const LARGE = CATALOGUE.map((one) => ({
  ...one,
  phrases: {
    ru: [],
    en: Array.from({ length: 1_000 }, (_, at) => {
      const letters = [at, at / 26, at / 676].map((place) => LETTERS[Math.floor(place) % 26]).join("");
      return `${one.phrases.en[at % one.phrases.en.length]} ${letters}`;
    }),
  },
}));

test("a large catalogue that was changed answers at once, as sure as before; measured, it is the one a new build gives", () => {
  const earlier = buildIndex(CATALOGUE);
  const { index, measure } = beginIndex(LARGE, { earlier });
  expect(index.calibration).toBe(earlier.calibration);
  const measured = measure && doAtOnce(measure());
  expect(measured && Buffer.from(toBlob(measured)).toString("base64") === bytesOf(LARGE)).toBe(true);
});

test("a small catalogue, and one that was much smaller before, is measured before it answers", () => {
  expect(beginIndex(CATALOGUE, { earlier: buildIndex(CATALOGUE) }).measure).toBeUndefined();
  expect(beginIndex(LARGE, { earlier: buildIndex(CATALOGUE.slice(0, 1)) }).measure).toBeUndefined();
});
