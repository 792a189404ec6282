// How near a request is to single examples of a skill: the softmax sees a skill's examples only as a sum.
import type { SparseVector } from "../features/vector.ts";

/** Of the nearest examples, best first. */
const SHARES = [0.6, 0.25, 0.15];

/** Scratch space of one vocabulary's size: kept all zero between calls. */
export function spread(scratch: Float32Array, vector: SparseVector): void {
  for (let at = 0; at < vector.rows.length; at++) scratch[vector.rows[at] ?? 0] = vector.values[at] ?? 0;
}

export function clear(scratch: Float32Array, vector: SparseVector): void {
  for (const row of vector.rows) scratch[row] = 0;
}

export function measureNearness(scratch: Float32Array, examples: readonly SparseVector[]): number {
  const best = findNearest(scratch, examples);
  const counted = SHARES.slice(0, Math.max(1, Math.min(SHARES.length, examples.length)));
  const total = counted.reduce((sum, share) => sum + share, 0);
  return counted.reduce((sum, share, at) => sum + share * (best[at] ?? 0), 0) / total;
}

/** The cosines of the nearest examples, best first. */
export function findNearest(scratch: Float32Array, examples: readonly SparseVector[]): readonly number[] {
  const best = [0, 0, 0];
  for (const example of examples) {
    let cosine = 0;
    for (let at = 0; at < example.rows.length; at++)
      cosine += (scratch[example.rows[at] ?? 0] ?? 0) * (example.values[at] ?? 0);
    insert(best, cosine);
  }
  return best;
}

function insert(best: number[], cosine: number): void {
  for (let at = 0, carried = cosine; at < best.length; at++) {
    const held = best[at] ?? 0;
    if (carried <= held) continue;
    best[at] = carried;
    carried = held;
  }
}
