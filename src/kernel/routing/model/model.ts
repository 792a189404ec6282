// The trained part of an index: vocabulary and weights from examples. It knows skills as numbers only.
import { backgroundShare } from "../features/background.ts";
import { type Features, toFeatures, toWordKey } from "../features/extract.ts";
import { toVector } from "../features/vector.ts";
import { buildVocabulary, findRow, type Vocabulary } from "../features/vocabulary.ts";
import { normalise, toWords } from "../text/normalise.ts";
import { mendSlips } from "../text/slips.ts";
import { toStem } from "../text/stem.ts";
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
  return toRequestOf(toWords(normalise(text)));
}

/** A request as the catalogue would spell it: slips of the keyboard are mended where it knows the word meant. */
export function toMendedRequest(text: string, vocabulary: Vocabulary): Request {
  const isKnown = (word: string): boolean => {
    const key = toWordKey(toStem(word));
    return findRow(vocabulary, key) >= 0 || backgroundShare(key) > 0;
  };
  return toRequestOf(mendSlips(normalise(text), isKnown));
}

function toRequestOf(words: readonly string[]): Request {
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
