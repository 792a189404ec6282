// Where training starts: each skill's weights are the sum of its examples, scaled to one length. It never looks at other skills.
import type { SparseVector } from "../features/vector.ts";
import type { TrainedMeaning } from "./meaning-weights.ts";
import type { TrainedWeights } from "./weights.ts";

export interface Example {
  readonly skill: number;
  readonly vector: SparseVector;
}

/** The length of a skill's weights before training: decides how sure the first scores are. */
const LENGTH = 10;

/** Examples must come grouped by skill, ascending. */
export interface Learnt {
  readonly weights: TrainedWeights;
  readonly meaning: TrainedMeaning;
}

export function buildCentroids(examples: readonly Example[], rows: number, skills: number): Learnt {
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
  const meaning = sumMeanings(examples, skills);
  toOneLength({ weights, meaning }, skills);
  return { weights, meaning };
}

function sumMeanings(examples: readonly Example[], skills: number): TrainedMeaning {
  const size = examples[0]?.vector.meaning.length ?? 0;
  const values = new Float32Array(skills * size);
  for (const { skill, vector } of examples)
    for (let at = 0; at < size; at++)
      values[skill * size + at] = (values[skill * size + at] ?? 0) + (vector.meaning[at] ?? 0);
  return { size, values, scale: 1 };
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

function toOneLength({ weights, meaning }: Learnt, skills: number): void {
  const squares = new Float64Array(skills);
  const skillOf = (at: number): number => Math.floor(at / meaning.size);
  addSquares(squares, weights.values, (entry) => weights.skills[entry] ?? 0);
  addSquares(squares, meaning.values, skillOf);
  const factors = squares.map((sum) => (sum > 0 ? LENGTH / Math.sqrt(sum) : 1));
  scale(weights.values, factors, (entry) => weights.skills[entry] ?? 0);
  scale(meaning.values, factors, skillOf);
}

function addSquares(squares: Float64Array, values: Float32Array, skillOf: (at: number) => number): void {
  for (let at = 0; at < values.length; at++) {
    const skill = skillOf(at);
    squares[skill] = (squares[skill] ?? 0) + (values[at] ?? 0) ** 2;
  }
}

function scale(values: Float32Array, factors: Float64Array, skillOf: (at: number) => number): void {
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) * (factors[skillOf(at)] ?? 1);
}
