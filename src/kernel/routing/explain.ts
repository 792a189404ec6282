// Where a score comes from: what each group of features, the nearest examples and past corrections added. It never changes a score.
import { GROUPS } from "./features/extract.ts";
import type { SparseVector } from "./features/vector.ts";
import { toNeighbourScore } from "./model/rank.ts";
import { findEntry, type Weights } from "./model/weights.ts";

export function explain(part: {
  readonly weights: Weights;
  readonly vector: SparseVector;
  readonly skill: number;
  readonly near: number;
  readonly described: number;
  readonly demerit: number;
}): Record<string, number> {
  const { weights, vector, skill } = part;
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
  features["examples"] = toNeighbourScore(part.near);
  features["description"] = part.described;
  if (part.demerit !== 0) features["corrections"] = -part.demerit;
  return features;
}
