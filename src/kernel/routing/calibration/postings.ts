// Which examples hold a feature: a thousand held-out requests are compared with all examples at once, where looking at one
// example after the other took a third of the time of a build. A single request is answered sooner without (neighbours.ts).
import type { SparseVector } from "../features/vector.ts";
import { insert, type Nearest, type Neighbours } from "../model/neighbours.ts";

interface Owners {
  readonly features: number;
  /** Skill -> numbers of its examples, and of what only sounds like it. */
  readonly examples: readonly (readonly number[])[];
  readonly counters: readonly (readonly number[])[];
}

interface Postings {
  /** Row -> where its examples start; one longer than the rows. */
  readonly starts: Uint32Array;
  readonly examples: Uint32Array;
  readonly values: Float32Array;
}

/** What it answers holds until the next request is looked at. */
export function toPostings(
  vectors: readonly SparseVector[],
  { features, examples, counters }: Owners,
): (vector: SparseVector) => Neighbours {
  const postings = pack(vectors, features);
  const cosines = new Float64Array(vectors.length);
  return (vector) => {
    measureAll(postings, vector, cosines);
    return {
      examplesOf: (skill) => toNearest(cosines, examples[skill] ?? []),
      countersOf: (skills) =>
        toNearest(
          cosines,
          skills.flatMap((skill) => counters[skill] ?? []),
        ),
    };
  };
}

function pack(vectors: readonly SparseVector[], features: number): Postings {
  const starts = new Uint32Array(features + 1);
  for (const { rows } of vectors)
    for (let at = 0; at < rows.length; at++)
      starts[(rows[at] ?? 0) + 1] = (starts[(rows[at] ?? 0) + 1] ?? 0) + 1;
  for (let row = 0; row < features; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const examples = new Uint32Array(starts[features] ?? 0);
  const values = new Float32Array(examples.length);
  const next = starts.slice();
  vectors.forEach((vector, example) => {
    for (let at = 0; at < vector.rows.length; at++) {
      const row = vector.rows[at] ?? 0;
      const entry = next[row] ?? 0;
      next[row] = entry + 1;
      examples[entry] = example;
      values[entry] = vector.values[at] ?? 0;
    }
  });
  return { starts, examples, values };
}

function measureAll(
  { starts, examples, values }: Postings,
  vector: SparseVector,
  cosines: Float64Array,
): void {
  cosines.fill(0);
  for (let at = 0; at < vector.rows.length; at++) {
    const row = vector.rows[at] ?? 0;
    const input = (vector.values[at] ?? 0) / vector.wordsOfAll;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const example = examples[entry] ?? 0;
      cosines[example] = (cosines[example] ?? 0) + input * (values[entry] ?? 0);
    }
  }
}

function toNearest(all: Float64Array, examples: readonly number[]): Nearest {
  const cosines = [0, 0, 0];
  for (const example of examples) insert(cosines, all[example] ?? 0);
  return { cosines, outOf: examples.length };
}
