// A text as a sparse unit vector over the rows of a vocabulary, by groups of features. It never sees a skill.
import { type Features, GROUP_WEIGHTS } from "./extract.ts";
import { findRow, type Vocabulary } from "./vocabulary.ts";

/** A feature that no example has still counts in the length, or one known word of ten would look like a full hit. */
const UNKNOWN_SHARE = 0.6;
const SCALE = 1 / Math.sqrt(GROUP_WEIGHTS.reduce((sum, weight) => sum + weight * weight, 0));

export interface SparseVector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** Where each group ends in rows. */
  readonly groupEnds: readonly number[];
  /** Rows of the known words, and how much all words weigh, known or not. */
  readonly wordWeight: number;
}

export function toVector(vocabulary: Vocabulary, features: Features): SparseVector {
  const size = features.reduce((sum, group) => sum + group.size, 0);
  const rows = new Int32Array(size);
  const values = new Float32Array(size);
  const groupEnds: number[] = [];
  let end = 0;
  let wordWeight = 0;
  features.forEach((group, number) => {
    const start = end;
    let squares = 0;
    for (const [key, times] of group) {
      const row = findRow(vocabulary, key);
      const value =
        (1 + Math.log(times)) *
        (row < 0 ? vocabulary.unknownIdf * UNKNOWN_SHARE : (vocabulary.idf[row] ?? 0));
      squares += value * value;
      if (number === 0) wordWeight += row < 0 ? vocabulary.unknownIdf : (vocabulary.idf[row] ?? 0);
      if (row < 0) continue;
      rows[end] = row;
      values[end++] = value;
    }
    const factor = squares > 0 ? (SCALE * (GROUP_WEIGHTS[number] ?? 0)) / Math.sqrt(squares) : 0;
    for (let at = start; at < end; at++) values[at] = (values[at] ?? 0) * factor;
    groupEnds.push(end);
  });
  return { rows: rows.slice(0, end), values: values.slice(0, end), groupEnds, wordWeight };
}
