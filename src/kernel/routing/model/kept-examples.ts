// The words of a skill's examples in as little memory as a thousand skills allow: 5 bytes a feature, in one piece. Meanings are not kept.
import type { SparseVector } from "../features/vector.ts";

export interface KeptExamples {
  readonly count: number;
  /** Example -> where its features start; one longer than the examples. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  /** Whole numbers: an example's count times its scale. */
  readonly values: Uint8Array;
  readonly scales: Float32Array;
}

const LARGEST = 255;

/** No value of a vector's words is negative. */
export function keepExamples(vectors: readonly SparseVector[]): KeptExamples {
  const size = vectors.reduce((sum, { rows }) => sum + rows.length, 0);
  const starts = new Uint32Array(vectors.length + 1);
  const rows = new Uint32Array(size);
  const values = new Uint8Array(size);
  const scales = new Float32Array(vectors.length);
  let end = 0;
  vectors.forEach((vector, number) => {
    const scale = vector.values.reduce((most, value) => Math.max(most, value), 0) / LARGEST || 1;
    rows.set(vector.rows, end);
    for (let at = 0; at < vector.values.length; at++)
      values[end + at] = Math.round((vector.values[at] ?? 0) / scale);
    scales[number] = scale;
    end += vector.rows.length;
    starts[number + 1] = end;
  });
  return { count: vectors.length, starts, rows, values, scales };
}
