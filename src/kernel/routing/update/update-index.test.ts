import fc from "fast-check";
import { expect, test } from "vitest";
import type { SkillId } from "../../domain/id.ts";
import { fromBlob, toBlob } from "../blob.ts";
import { beginIndex, buildIndex } from "../build-index.ts";
import { doAtOnce } from "../slices.ts";
import type { RoutingDocument } from "../document.ts";
import type { RoutingIndex } from "../index-type.ts";
import { route } from "../route.ts";

function aDocument(id: SkillId, words: string): RoutingDocument {
  const [verb = "", ...things] = words.split(" ");
  return {
    id,
    description: `${verb} it`,
    tags: [],
    phrases: {
      ru: [],
      en: things.flatMap((thing) => [`${verb} the ${thing}`, `can you ${verb} my ${thing}`]),
    },
    counter: [`never ${verb} anything`],
    inputNames: [],
  };
}

const OYSTERS = aDocument("sea/oysters", "shuck oyster crate pearl shell basket");
const LAMPS = aDocument("sea/lighthouse", "polish lamp lantern lens mirror glass");
const FLIGHTS = aDocument("sky/flights", "book flight plane ticket seat airfare");
const STARS = aDocument("sky/stars", "watch star comet moon planet eclipse");
const BREAD = aDocument("town/bakery", "bake bread crust loaf dough bun");
const TAXES = aDocument("town/taxes", "declare income salary dividend rent profit");
const CATALOGUE = [OYSTERS, LAMPS, FLIGHTS, STARS, BREAD];
const TROUGHS: RoutingDocument = {
  ...STARS,
  phrases: { ru: [], en: ["dig a ditch", "dig the trough", "dig a trench here", "dig me a moat"] },
};

/** As a catalogue of which every size counts as large. */
const change = (earlier: RoutingIndex, documents: readonly RoutingDocument[]) =>
  beginIndex(documents, { earlier, manyTexts: 1 });
const toBase64 = (index: RoutingIndex | undefined): string =>
  index ? Buffer.from(toBlob(index)).toString("base64") : "";
const firstOf = (index: RoutingIndex, query: string) => route(index, query).candidates[0]?.id;

const BEFORE = buildIndex(CATALOGUE);

test("a skill that is added is found by its phrases at once, and the others are found as before", () => {
  const { index, measure } = change(BEFORE, [...CATALOGUE, TAXES]);
  expect(measure).toBeDefined();
  expect(firstOf(index, "please declare my dividend")).toBe("town/taxes");
  for (const { id, phrases } of CATALOGUE)
    for (const phrase of phrases.en) expect(firstOf(index, phrase)).toBe(id);
});

test("what a skill no longer says does not find it, what it says now does", () => {
  const { index } = change(BEFORE, [OYSTERS, LAMPS, FLIGHTS, TROUGHS, BREAD]);
  expect(firstOf(index, "dig a trench")).toBe("sky/stars");
  const told = route(index, "watch the comet");
  expect(told.decision === "no_skill_found" || told.candidates[0]?.id !== "sky/stars").toBe(true);
});

test("a skill that is gone is never named again, and the others keep their scores", () => {
  const without = CATALOGUE.filter((one) => one !== LAMPS);
  const { index } = change(BEFORE, without);
  expect(JSON.stringify(route(index, "polish the lamp", { limit: 10 }))).not.toContain("sea/lighthouse");
  const scores = (from: RoutingIndex) =>
    route(from, "bake a loaf", { allowed: (id) => id !== LAMPS.id, limit: 10 }).candidates.map(
      ({ id, score }) => [id, score],
    );
  expect(scores(index)).toEqual(scores(BEFORE));
});

test("a correction counts at once", () => {
  const corrected = CATALOGUE.map((one) =>
    one === BREAD ? { ...one, corrections: ["feed the sourdough", "knead sourdough"] } : one,
  );
  expect(firstOf(change(BEFORE, corrected).index, "feed my sourdough")).toBe("town/bakery");
});

test("tags and demerits need no training: nothing that was learnt moves", () => {
  const demoted = CATALOGUE.map((one) => (one === BREAD ? { ...one, demerit: 50 } : one));
  const { index } = change(BEFORE, demoted);
  expect(firstOf(index, "bake bread")).not.toBe("town/bakery");
  expect(index.model.weights.values).toEqual(BEFORE.model.weights.values);
});

test("whatever was changed, one save after the other: only what is there is named, and in the end it is what a new build gives", () => {
  const some = fc.subarray([...CATALOGUE, TAXES], { minLength: 3 });
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 3 }), (saves) => {
      let begun = change(BEFORE, CATALOGUE);
      for (const documents of saves) {
        begun = change(begun.index, documents);
        const there = documents.map(({ id }) => id);
        for (const { phrases } of documents) {
          const named = route(begun.index, phrases.en[0] ?? "").candidates.map(({ id }) => id);
          expect(there).toEqual(expect.arrayContaining(named));
        }
      }
      expect(toBase64(begun.measure && doAtOnce(begun.measure()))).toBe(
        toBase64(buildIndex(saves.at(-1) ?? [])),
      );
    }),
    { numRuns: 5 },
  );
});

test("it answers the same from its bytes: rows, numbers and examples agree", () => {
  const { index } = change(BEFORE, [OYSTERS, TROUGHS, BREAD, TAXES]);
  const loaded = fromBlob(toBlob(index));
  if (!loaded) throw new Error("the blob was just made");
  for (const query of ["dig a trench", "declare rent", "bake a bun", "shuck it", "what is love"])
    expect(route(loaded, query)).toEqual(route(index, query));
});

test("more than a few changed skills are trained with all the others", () => {
  const many = Array.from({ length: 25 }, (_, at) => {
    const letters = [...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("");
    return aDocument(`more/skill-${at}`, `grab ${letters}q ${letters}w ${letters}z`);
  });
  const { index } = change(
    buildIndex([
      ...CATALOGUE,
      ...many.slice(0, 2),
      ...many.slice(2).map((one) => ({ ...one, description: "else" })),
    ]),
    [...CATALOGUE, ...many],
  );
  const whole = buildIndex([...CATALOGUE, ...many]);
  expect(index.model.weights.values).toEqual(whole.model.weights.values);
});
