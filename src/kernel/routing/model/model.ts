// The trained part of an index: vocabulary and weights from examples. It knows skills as numbers only.
import { type Features, toFeatures } from "../features/extract.ts";
import { toVector } from "../features/vector.ts";
import { buildVocabulary, type Vocabulary } from "../features/vocabulary.ts";
import { normalise, toWords } from "../text/normalise.ts";
import { buildCentroids, type Example } from "./centroid.ts";
import { train } from "./softmax.ts";
import { toWholeNumbers, type Weights } from "./weights.ts";

export interface Model {
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
}

/** A text ready to be compared. */
export interface Request {
  readonly words: readonly string[];
  readonly features: Features;
}

export interface Row extends Request {
  readonly skill: number;
}

export function toRequest(text: string): Request {
  const words = toWords(normalise(text));
  return { words, features: toFeatures(words) };
}

/** Rows must come grouped by skill, ascending. */
export function trainModel(rows: readonly Row[], skills: number): Model {
  const vocabulary = buildVocabulary(rows.map((row) => row.features));
  const examples: Example[] = rows.map((row) => ({
    skill: row.skill,
    vector: toVector(vocabulary, row.features),
  }));
  const weights = buildCentroids(examples, vocabulary.idf.length, skills);
  train(weights, examples, skills);
  return { vocabulary, weights: toWholeNumbers(weights) };
}
