// A request against a model: scores of all skills, neighbours of the best few, and the evidence calibration reads. It decides nothing.
import type { SparseVector } from "../features/vector.ts";
import { scoreDescriptions } from "./descriptions.ts";
import { addMeanings } from "./meaning-weights.ts";
import type { Model } from "./model.ts";
import { type Neighbours, toNearness } from "./neighbours.ts";
import { addScores } from "./weights.ts";

/** Neighbours are looked up for this many skills: below them nothing wins. */
const RERANKED = 8;
/** The cosine of two requests that say the same in almost the same words. */
const ALMOST_SAME = 0.9;

export interface Ranking {
  /** Skill numbers, best first, ties by number (skills are numbered in the order of their ids). */
  readonly order: readonly number[];
  /** By skill number; -Infinity where the skill takes no part. */
  readonly scores: Float64Array;
  readonly nearness: ReadonlyMap<number, number>;
  /** By skill number: how well its description fits. */
  readonly described: Float64Array;
  /** The score of the skill that does not exist. */
  readonly stranger: number;
  /** It says almost what an author said is not meant, and nothing as near that is. */
  readonly isCounter: boolean;
}

interface RankInput {
  readonly model: Model;
  readonly vector: SparseVector;
  readonly neighbours: Neighbours;
  /** Added to each skill's score before anything else; -Infinity leaves a skill out. */
  readonly offsets: Float64Array;
}

export function rank(input: RankInput): Ranking {
  const { weights, meaning, descriptions, descriptionShare, neighbourShare } = input.model;
  const scores = input.offsets.slice();
  const last = scores.length - 1;
  scores[last] = 0;
  addScores(weights, input.vector, scores);
  addMeanings(meaning, input.vector.meaning, scores);
  const linear = scores[last] ?? 0;
  scores[last] = Number.NEGATIVE_INFINITY;
  const words = input.vector.rows.subarray(0, input.vector.groupEnds[0]);
  const described = scoreDescriptions(descriptions, words, scores.length);
  for (let skill = 0; skill < scores.length; skill++)
    scores[skill] = (scores[skill] ?? 0) + descriptionShare * (described[skill] ?? 0);
  const best = toBest(scores);
  const nearest = new Map(best.map((skill) => [skill, input.neighbours.examplesOf(skill)]));
  const nearness = new Map([...nearest].map(([skill, found]) => [skill, toNearness(found)]));
  const counters = input.neighbours.countersOf(best);
  const stranger = linear + neighbourShare * toNearness(counters);
  const [counter = 0] = counters.cosines;
  const isCounter =
    counter > ALMOST_SAME && [...nearest.values()].every(({ cosines: [own = 0] }) => own < counter);
  for (const [skill, near] of nearness) scores[skill] = (scores[skill] ?? 0) + neighbourShare * near;
  return { order: toBest(scores), scores, nearness, described, stranger, isCounter };
}

export function toBest(scores: Float64Array, limit = RERANKED): number[] {
  const best: number[] = [];
  const scoreOf = (skill: number | undefined): number =>
    skill === undefined ? Number.NEGATIVE_INFINITY : (scores[skill] ?? 0);
  for (let skill = 0; skill < scores.length; skill++) {
    const score = scoreOf(skill);
    if (score <= scoreOf(best[limit - 1])) continue;
    let at = best.length;
    while (at > 0 && score > scoreOf(best[at - 1])) at--;
    best.splice(at, 0, skill);
    best.length = Math.min(best.length, limit);
  }
  return best;
}
