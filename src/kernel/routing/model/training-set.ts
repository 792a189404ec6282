// Examples packed for training: rare features keep the entries of their skills, common ones get a dense column, because a scan of
// every skill that knows a common word is most of the time of training. It holds numbers only and learns nothing.
import type { Example } from "./centroid.ts";
import type { TrainedWeights } from "./weights.ts";

/** A feature that more skills than this know, and a larger share of all, has a dense column: columns for all of them would take the square of the skills. */
const RARE_SKILLS = 40;
const RARE_SHARE = 1 / 25;
const NOTHING = { rows: new Int32Array(0), values: new Float32Array(0) };

export interface TrainingSet {
  readonly weights: TrainedWeights;
  readonly skills: number;
  readonly rare: Packed;
  readonly common: Packed;
  /** Skill * columns + column of a common feature -> weight; 0 where no example of the skill has the feature. */
  readonly dense: Float32Array;
  readonly columns: number;
  readonly columnOfRow: Int32Array;
}

export interface Packed {
  readonly starts: Uint32Array;
  /** Rows for rare features, columns for common ones. */
  readonly features: Int32Array;
  readonly values: Float32Array;
}

export function packExamples(
  weights: TrainedWeights,
  examples: readonly Example[],
  skills: number,
): TrainingSet {
  const rareSkills = Math.max(RARE_SKILLS, skills * RARE_SHARE);
  const columnOfRow = new Int32Array(weights.starts.length - 1).fill(-1);
  let columns = 0;
  for (let row = 0; row < columnOfRow.length; row++) {
    if ((weights.starts[row + 1] ?? 0) - (weights.starts[row] ?? 0) > rareSkills)
      columnOfRow[row] = columns++;
  }
  const { rare, common } = pack(examples, columnOfRow);
  const dense = new Float32Array(columns * skills);
  forDense({ weights, columnOfRow, columns }, (cell, entry) => {
    dense[cell] = weights.values[entry] ?? 0;
  });
  return { weights, skills, rare, common, dense, columns, columnOfRow };
}

/** Where an example's features begin; those of the last end where one more would begin. */
export function startOf(packed: Packed, number: number): number {
  return packed.starts[number] ?? 0;
}

/** What was learnt about common features goes back to their entries. */
export function unpack(set: TrainingSet): void {
  forDense(set, (cell, entry) => {
    set.weights.values[entry] = set.dense[cell] ?? 0;
  });
}

function pack(examples: readonly Example[], columnOfRow: Int32Array): { rare: Packed; common: Packed } {
  const size = examples.reduce((sum, example) => sum + example.vector.rows.length, 0);
  const rare = toEmpty(examples.length, size);
  const common = toEmpty(examples.length, columnOfRow.some((column) => column >= 0) ? size : 0);
  const ends = { rare: 0, common: 0 };
  for (let number = 0; number < examples.length; number++) {
    const { rows, values } = examples[number]?.vector ?? NOTHING;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] ?? 0;
      const column = columnOfRow[row] ?? -1;
      const packed = column < 0 ? rare : common;
      const end = column < 0 ? ends.rare++ : ends.common++;
      packed.features[end] = column < 0 ? row : column;
      packed.values[end] = values[at] ?? 0;
    }
    rare.starts[number + 1] = ends.rare;
    common.starts[number + 1] = ends.common;
  }
  return { rare, common };
}

function toEmpty(examples: number, size: number): Packed {
  return {
    starts: new Uint32Array(examples + 1),
    features: new Int32Array(size),
    values: new Float32Array(size),
  };
}

function forDense(
  set: { weights: TrainedWeights; columnOfRow: Int32Array; columns: number },
  visit: (cell: number, entry: number) => void,
): void {
  const { starts, skills } = set.weights;
  for (let row = 0; row < set.columnOfRow.length; row++) {
    const column = set.columnOfRow[row] ?? -1;
    if (column < 0) continue;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++)
      visit((skills[entry] ?? 0) * set.columns + column, entry);
  }
}

/** What the features that few examples have say of each skill. */
export function addRare(set: TrainingSet, number: number, scores: Float64Array): void {
  const { starts, skills, values } = set.weights;
  const { features, values: inputs } = set.rare;
  const last = startOf(set.rare, number + 1);
  for (let at = startOf(set.rare, number); at < last; at++) {
    const row = features[at] ?? 0;
    const input = inputs[at] ?? 0;
    if (input === 0) continue;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const skill = skills[entry] ?? 0;
      scores[skill] = (scores[skill] ?? 0) + input * (values[entry] ?? 0);
    }
  }
}
