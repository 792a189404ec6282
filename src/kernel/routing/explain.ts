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
}): Record<string, number> {
  const { vector, skill } = part;
  const { weights, meaning } = part.model;
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
  if (meaning.size > 0) features["meaning"] = scoreMeaning(meaning, vector.meaning, skill);
  features["examples"] = part.model.neighbourShare * part.near;
  features["description"] = part.described;
  if (part.demerit !== 0) features["corrections"] = -part.demerit;
  return features;
}
