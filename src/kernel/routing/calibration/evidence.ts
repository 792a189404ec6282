// What is known about one answer before calibration: figures that fall when a request fits no skill. It never maps them to a probability.
import type { SparseVector } from "../features/vector.ts";
import type { Vocabulary } from "../features/vocabulary.ts";
import type { Ranking } from "../model/rank.ts";
import type { Weights } from "../model/weights.ts";

/** What does not depend on the temperature. */
export interface WordEvidence {
  /** The known share of what the words say. */
  readonly coverage: number;
  readonly foreignEffect: boolean;
  /** It asks for what the skill's examples only tell of. */
  readonly foreignForm: boolean;
}

export interface Evidence extends WordEvidence {
  readonly energy: number;
  /** Of the best skill's nearest examples. */
  readonly nearness: number;
  readonly logProbability: number;
  /** How far the best skill's score lies above that of the skill that does not exist. */
  readonly lead: number;
  readonly isCounter: boolean;
}

export function toEvidence(ranking: Ranking, temperature: number, words: WordEvidence): Evidence {
  const energy = toEnergy(ranking.scores, temperature);
  const top = ranking.order[0];
  const { isCounter } = ranking;
  if (top === undefined) return { ...words, energy: 0, nearness: 0, logProbability: 0, lead: 0, isCounter };
  const score = ranking.scores[top] ?? 0;
  const logProbability = score / temperature - energy;
  const lead = score - ranking.stranger;
  return { ...words, energy, nearness: ranking.nearness.get(top) ?? 0, logProbability, lead, isCounter };
}

/** Skills this far behind the best, in temperatures, add less than a millionth each. */
const NEGLIGIBLE = 14;

/** The logarithm of the sum of all skills' exponentials: high when at least one skill claims the request. */
export function toEnergy(scores: Float64Array, temperature: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  if (highest === Number.NEGATIVE_INFINITY) return 0;
  let sum = 0;
  const floor = highest - NEGLIGIBLE * temperature;
  for (const score of scores) if (score > floor) sum += Math.exp((score - highest) / temperature);
  return highest / temperature + Math.log(sum);
}

/** How much of what the words say is known to a skill that takes part. */
export function toCoverage(
  vocabulary: Vocabulary,
  weights: Weights,
  part: { readonly vector: SparseVector; readonly offsets: Float64Array },
): number {
  const { vector, offsets } = part;
  if (vector.wordWeight === 0) return 0;
  let known = 0;
  for (let at = 0; at < (vector.groupEnds[0] ?? 0); at++) {
    const row = vector.rows[at] ?? 0;
    if (isSpokenFor(weights, row, offsets)) known += vocabulary.idf[row] ?? 0;
  }
  return known / vector.wordWeight;
}

function isSpokenFor(weights: Weights, row: number, offsets: Float64Array): boolean {
  const end = weights.starts[row + 1] ?? 0;
  for (let entry = weights.starts[row] ?? 0; entry < end; entry++) {
    if (offsets[weights.skills[entry] ?? 0] !== Number.NEGATIVE_INFINITY) return true;
  }
  return false;
}
