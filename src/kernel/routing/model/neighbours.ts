// How near a request is to single examples of a skill: the softmax sees a skill's examples only as a sum.
import type { SparseVector } from "../features/vector.ts";
import type { KeptExamples } from "./kept-examples.ts";

/** Of the nearest examples, best first. */
const SHARES = [0.6, 0.25, 0.15];

/** What is near one request. */
export interface Neighbours {
  readonly examplesOf: (skill: number) => Nearest;
  /** Requests that only sound like one of these skills. */
  readonly countersOf: (skills: readonly number[]) => Nearest;
}

/** The cosines of the nearest, best first, out of how many. */
export interface Nearest {
  readonly cosines: readonly number[];
  readonly outOf: number;
}

export function toNearness({ cosines, outOf }: Nearest): number {
  const counted = SHARES.slice(0, Math.max(1, Math.min(SHARES.length, outOf)));
  const total = counted.reduce((sum, share) => sum + share, 0);
  return counted.reduce((sum, share, at) => sum + share * (cosines[at] ?? 0), 0) / total;
}

/**
 * By looking at the words of every example: meanings are near where topics are, and a request that fits no skill has a topic too.
 * `scratch`: of the vocabulary's size, kept all zero between calls.
 */
export function findNearest(
  scratch: Float32Array,
  vector: SparseVector,
  all: readonly KeptExamples[],
): Nearest {
  for (let at = 0; at < vector.rows.length; at++) scratch[vector.rows[at] ?? 0] = vector.values[at] ?? 0;
  const cosines = [0, 0, 0];
  let outOf = 0;
  for (const kept of all) {
    addCosines(scratch, kept, { cosines, wordsOfAll: vector.wordsOfAll });
    outOf += kept.count;
  }
  for (const row of vector.rows) scratch[row] = 0;
  return { cosines, outOf };
}

function addCosines(
  scratch: Float32Array,
  { count, starts, rows, values, scales }: KeptExamples,
  to: { cosines: number[]; wordsOfAll: number },
): void {
  for (let number = 0; number < count; number++) {
    let product = 0;
    const end = starts[number + 1] ?? 0;
    for (let at = starts[number] ?? 0; at < end; at++)
      product += (scratch[rows[at] ?? 0] ?? 0) * (values[at] ?? 0);
    insert(to.cosines, (product * (scales[number] ?? 0)) / to.wordsOfAll);
  }
}

export function insert(best: number[], cosine: number): void {
  for (let at = 0, carried = cosine; at < best.length; at++) {
    const held = best[at] ?? 0;
    if (carried <= held) continue;
    best[at] = carried;
    carried = held;
  }
}
