// One request answered by a model, with all that calibration wants to know. Used by routing and, on held-out examples, by calibration.
import { asksForeignEffect, asksForeignForm } from "./calibration/effects.ts";
import { toCoverage, type WordEvidence } from "./calibration/evidence.ts";
import { type SparseVector, toVector } from "./features/vector.ts";
import type { Model, Request } from "./model/model.ts";
import type { Neighbours } from "./model/neighbours.ts";
import { type Ranking, rank } from "./model/rank.ts";

export interface Answer {
  readonly vector: SparseVector;
  readonly ranking: Ranking;
  readonly words: WordEvidence;
}

export interface Desk {
  readonly model: Model;
  readonly skills: number;
  readonly neighboursOf: (vector: SparseVector) => Neighbours;
}

/** `offsets` are added to the skills' scores; -Infinity leaves a skill out. */
export function answer(desk: Desk, request: Request, offsets: Float64Array): Answer {
  const { vocabulary, weights } = desk.model;
  const vector = toVector(vocabulary, request.features);
  const ranking = rank({ model: desk.model, vector, offsets, neighbours: desk.neighboursOf(vector) });
  const coverage = toCoverage(vocabulary, weights, { vector, offsets });
  const [skill] = ranking.order;
  const foreignEffect = skill !== undefined && asksForeignEffect(request.words, desk.model, skill);
  const foreignForm = skill !== undefined && asksForeignForm(request.words, desk.model, skill);
  return { vector, ranking, words: { coverage, foreignEffect, foreignForm } };
}
