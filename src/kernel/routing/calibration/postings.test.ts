import { expect, test } from "vitest";
import { toVector } from "../features/vector.ts";
import { toRequest, trainModel } from "../model/model.ts";
import { keepExamples } from "../model/kept-examples.ts";
import { findNearest } from "../model/neighbours.ts";
import { toPostings } from "./postings.ts";

const TEXTS = [
  ["find flights to sochi", "cheap flights", "a plane to sochi", "flights flights"],
  ["a hotel in sochi", "a cheap room", "where to stay"],
];
const rows = TEXTS.flatMap((texts, skill) =>
  texts.map((text) => ({ ...toRequest(text), skill, isRequest: true })),
);
const self = { name: "", descriptions: [], inputs: "" };
const model = trainModel({ rows, selves: [self, self] });
const toVectorOf = (text: string) => toVector(model.vocabulary, toRequest(text).features);
const vectors = rows.map((row) => toVector(model.vocabulary, row.features));
const neighboursOf = toPostings(vectors, {
  features: model.vocabulary.idf.length,
  examples: [
    [0, 1, 2, 3],
    [4, 5],
  ],
  counters: [[], [6]],
});

test.each(["cheap flights to sochi", "where is the hotel", "nothing that is known: qwzx", ""])(
  "%s has the neighbours that looking at every example finds, as well as they are kept",
  (text) => {
    const scratch = new Float32Array(model.vocabulary.idf.length);
    const vector = toVectorOf(text);
    const found = neighboursOf(vector);
    const looked = [vectors.slice(0, 4), vectors.slice(4, 6)].map((all) =>
      findNearest(scratch, vector, [keepExamples(all)]),
    );
    expect([0, 1].map(found.examplesOf).map(({ outOf }) => outOf)).toEqual([4, 2]);
    for (const skill of [0, 1])
      found.examplesOf(skill).cosines.forEach((cosine, at) => {
        expect(cosine).toBeCloseTo(looked[skill]?.cosines[at] ?? 0, 2);
      });
    const [counter] = found.countersOf([0, 1]).cosines;
    expect(counter).toBeCloseTo(
      findNearest(scratch, vector, [keepExamples(vectors.slice(6))]).cosines[0] ?? 0,
      2,
    );
  },
);
