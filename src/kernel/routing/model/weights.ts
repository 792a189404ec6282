// A linear model over sparse features: for each feature the skills it speaks for, and how strongly. Training lives in softmax.ts.
import type { SparseVector } from "../features/vector.ts";

export interface Weights {
  /** Row -> where its entries start; one longer than the rows. */
  readonly starts: Uint32Array;
  /** Entry -> skill number, ascending within a row. */
  readonly skills: Uint16Array;
  readonly values: Float32Array | Int16Array;
  /** What one unit of a value is worth: 1 while training, less once the values are whole numbers. */
  readonly scale: number;
}

/** Weights being trained. */
export interface TrainedWeights extends Weights {
  readonly values: Float32Array;
}

const LARGEST = 32_767;

/** Half the size, and the same answers before and after a blob. */
export function toWholeNumbers(weights: TrainedWeights): Weights {
  const { values: exact } = weights;
  let largest = 0;
  for (let entry = 0; entry < exact.length; entry++) largest = Math.max(largest, Math.abs(exact[entry] ?? 0));
  const scale = largest / LARGEST || 1;
  const values = new Int16Array(exact.length);
  for (let entry = 0; entry < exact.length; entry++) values[entry] = Math.round((exact[entry] ?? 0) / scale);
  return { starts: weights.starts, skills: weights.skills, values, scale };
}

export function addScores(weights: Weights, vector: SparseVector, scores: Float64Array): void {
  const { starts, skills, values, scale } = weights;
  for (let at = 0; at < vector.rows.length; at++) {
    const row = vector.rows[at] ?? 0;
    const value = (vector.values[at] ?? 0) * scale;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const skill = skills[entry] ?? 0;
      scores[skill] = (scores[skill] ?? 0) + value * (values[entry] ?? 0);
    }
  }
}

/** The entry of one feature for one skill, or -1. */
export function findEntry(weights: Weights, row: number, skill: number): number {
  let low = weights.starts[row] ?? 0;
  let high = (weights.starts[row + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = weights.skills[middle] ?? 0;
    if (found === skill) return middle;
    if (found < skill) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
