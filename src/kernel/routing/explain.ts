// Where a score comes from: what each group of features, the nearest examples and past corrections added. It never changes a score.
import { GROUPS } from "./features/extract.ts";
import type { SparseVector } from "./features/vector.ts";
import { findEntry } from "./model/weights.ts";
import { scoreMeaning } from "./model/meaning-weights.ts";
import type { Model } from "./model/model.ts";

export function explain(part: {
  readonly model: Model;
  readonly vector: SparseVector;
  readonly skill: number;
  readonly near: number;
  readonly described: number;
  readonly demerit: number;
  /** What embeddings added. */
  readonly likeness: number;
  /** What the sentence that fits best changed. */
  readonly sentence: number;
}): Record<string, number> {
  const { vector, skill } = part;
  const { weights } = part.model;
  const features: Record<string, number> = {};
  let at = 0;
  GROUPS.forEach((group, number) => {
    let sum = 0;
    for (const end = vector.groupEnds[number] ?? 0; at < end; at++) {
      const entry = findEntry(weights, vector.rows[at] ?? 0, skill);
      if (entry >= 0) sum += (vector.values[at] ?? 0) * (weights.values[entry] ?? 0) * weights.scale;
    }
    features[group] = sum;
  });
  const { words, direction } = splitMeaning(part);
  if (part.model.vocabulary.table) features["meaning"] = words;
  if (direction !== 0) features["direction"] = direction;
  features["examples"] = part.model.neighbourShare * part.near;
  features["description"] = part.described;
  if (part.sentence !== 0) features["sentence"] = part.sentence;
  if (part.likeness !== 0) features["embeddings"] = part.likeness;
  if (part.demerit !== 0) features["corrections"] = -part.demerit;
  return features;
}

/** The figures behind those of the word table are of the direction. */
function splitMeaning(part: {
  readonly model: Model;
  readonly vector: SparseVector;
  readonly skill: number;
}): { words: number; direction: number } {
  const { meaning, vocabulary } = part.model;
  const ofWords = part.vector.meaning.map((figure, at) => (at < (vocabulary.table?.size ?? 0) ? figure : 0));
  const words = scoreMeaning(meaning, ofWords, part.skill);
  return { words, direction: scoreMeaning(meaning, part.vector.meaning, part.skill) - words };
}
