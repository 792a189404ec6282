// The skills of an index that stay: how well they claim an example, and which of their own examples are at stake when a new one comes.
import type { SparseVector } from "../features/vector.ts";
import { examplesOf, type RoutingIndex } from "../index-type.ts";
import type { KeptExamples } from "../model/kept-examples.ts";
import { scoreMeaning } from "../model/meaning-weights.ts";
import { toBest } from "../model/rank.ts";
import { RIVALS } from "../model/rivals.ts";
import { addScores } from "../model/weights.ts";

/** Of so many the meaning is looked at: who is far behind by words is no rival, and to score a thousand meanings takes half the time. */
const MEASURED = 2 * RIVALS;
/** Of the examples of its rivals, those most like a fresh skill: the others would not be mistaken for it. */
const MOST_AT_STAKE = 40;

/** How the skills that stay claim one example. */
export interface Claims {
  /** The logarithm of the sum of the exponentials of the best scores: as in training, only a few count. */
  readonly sum: number;
  /** Number before -> share; of the best few. */
  readonly shares: ReadonlyMap<number, number>;
}

/** An example by its skill's number before and its place among the skill's texts. */
export interface AtStake {
  readonly skill: number;
  readonly text: number;
}

/** `numberOf`: number before -> number now, -1 for a skill that does not stay. The strangers, who come last, do. */
export function toOffsets(numberOf: Int32Array): Float64Array {
  return Float64Array.from(numberOf, (number) => (number < 0 ? Number.NEGATIVE_INFINITY : 0));
}

export function toClaims({ model }: RoutingIndex, vector: SparseVector, offsets: Float64Array): Claims {
  const scores = offsets.slice();
  addScores(model.weights, vector, scores);
  const { meaning } = model;
  for (const skill of meaning.size > 0 ? toBest(scores, MEASURED) : [])
    scores[skill] = (scores[skill] ?? 0) + scoreMeaning(meaning, vector.meaning, skill);
  const best = toBest(scores, RIVALS);
  const highest = scores[best[0] ?? 0] ?? 0;
  const parts = best.map((skill) => Math.exp((scores[skill] ?? 0) - highest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const shares = new Map(best.map((skill, at) => [skill, (parts[at] ?? 0) / total]));
  return { sum: highest + Math.log(total), shares };
}

/** The skills that claim most of a fresh skill's examples. */
export function findRivalsOf(claims: readonly Claims[], strangers: number): number[] {
  const total = new Map<number, number>();
  for (const { shares } of claims)
    for (const [skill, share] of shares) total.set(skill, (total.get(skill) ?? 0) + share);
  total.delete(strangers);
  const best = [...total].sort(([one, its], [other, others]) => others - its || one - other);
  return best.slice(0, RIVALS).map(([skill]) => skill);
}

/** The examples of its rivals that are most like those of a fresh skill. `scratch`: of the vocabulary's size, all zero between calls. */
export function findAtStake(
  index: RoutingIndex,
  rivals: readonly number[],
  fresh: { readonly vectors: readonly SparseVector[]; readonly scratch: Float32Array },
): AtStake[] {
  const { vectors, scratch } = fresh;
  for (const { rows, values } of vectors)
    for (let at = 0; at < rows.length; at++)
      scratch[rows[at] ?? 0] = (scratch[rows[at] ?? 0] ?? 0) + (values[at] ?? 0);
  const found = rivals.flatMap((skill) => {
    const kept = examplesOf(index, skill);
    const alike = Array.from({ length: kept.count }, (_, text) => toProduct(kept, text, scratch));
    return alike.map((product, text) => ({ skill, text, product }));
  });
  for (const { rows } of vectors) for (const row of rows) scratch[row] = 0;
  return found.sort((one, other) => other.product - one.product).slice(0, MOST_AT_STAKE);
}

function toProduct(
  { starts, rows, values, scales }: KeptExamples,
  text: number,
  scratch: Float32Array,
): number {
  let product = 0;
  const end = starts[text + 1] ?? 0;
  for (let at = starts[text] ?? 0; at < end; at++)
    product += (scratch[rows[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return product * (scales[text] ?? 0);
}
