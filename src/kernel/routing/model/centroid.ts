// Where training starts: each skill's weights are the sum of its examples, scaled to one length. It never looks at other skills.
import type { SparseVector } from "../features/vector.ts";
import type { TrainedWeights } from "./weights.ts";

export interface Example {
  readonly skill: number;
  readonly vector: SparseVector;
}

/** The length of a skill's weights before training: decides how sure the first scores are. */
const LENGTH = 10;

/** Examples must come grouped by skill, ascending. */
export function buildCentroids(examples: readonly Example[], rows: number, skills: number): TrainedWeights {
  const starts = countEntries(examples, rows);
  const total = starts[rows] ?? 0;
  const owners = new Uint16Array(total);
  const values = new Float32Array(total);
  const next = starts.slice();
  for (const { skill, vector } of examples) {
    for (let at = 0; at < vector.rows.length; at++) {
      const row = vector.rows[at] ?? 0;
      const last = (next[row] ?? 0) - 1;
      const isKnown = last >= (starts[row] ?? 0) && owners[last] === skill;
      const entry = isKnown ? last : last + 1;
      if (!isKnown) next[row] = entry + 1;
      owners[entry] = skill;
      values[entry] = (values[entry] ?? 0) + (vector.values[at] ?? 0);
    }
  }
  const weights = { starts, skills: owners, values, scale: 1 };
  toOneLength(weights, skills);
  return weights;
}

function countEntries(examples: readonly Example[], rows: number): Uint32Array {
  const starts = new Uint32Array(rows + 1);
  const lastSkill = new Int32Array(rows).fill(-1);
  for (const { skill, vector } of examples) {
    for (const row of vector.rows) {
      if (lastSkill[row] === skill) continue;
      lastSkill[row] = skill;
      starts[row + 1] = (starts[row + 1] ?? 0) + 1;
    }
  }
  for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  return starts;
}

function toOneLength(weights: TrainedWeights, skills: number): void {
  const squares = new Float64Array(skills);
  for (let entry = 0; entry < weights.values.length; entry++) {
    const skill = weights.skills[entry] ?? 0;
    squares[skill] = (squares[skill] ?? 0) + (weights.values[entry] ?? 0) ** 2;
  }
  for (let entry = 0; entry < weights.values.length; entry++) {
    const length = Math.sqrt(squares[weights.skills[entry] ?? 0] ?? 0);
    if (length > 0) weights.values[entry] = ((weights.values[entry] ?? 0) * LENGTH) / length;
  }
}
