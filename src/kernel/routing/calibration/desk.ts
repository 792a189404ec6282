// A model trained for measuring: what routing needs of an index, without being one.
import type { Desk } from "../answer.ts";
import { type SparseVector, toVector } from "../features/vector.ts";
import { type Lesson, type Model, type Row, trainModel } from "../model/model.ts";

export function toDesk(lesson: Lesson): Desk {
  const model = trainModel(lesson);
  const bySkill: Row[][] = lesson.selves.map(() => []);
  const byLikeness: Row[][] = lesson.selves.map(() => []);
  for (const row of lesson.rows) {
    bySkill[row.skill]?.push(row);
    if (row.soundsLike !== undefined) byLikeness[row.soundsLike]?.push(row);
  }
  return {
    model,
    skills: lesson.selves.length,
    scratch: new Float32Array(model.vocabulary.idf.length),
    examplesOf: toVectorsOf(model, bySkill),
    countersOf: toVectorsOf(model, byLikeness),
  };
}

function toVectorsOf(model: Model, rows: readonly Row[][]): (skill: number) => readonly SparseVector[] {
  const made = new Map<number, readonly SparseVector[]>();
  return (skill) => {
    const known = made.get(skill);
    if (known) return known;
    const vectors = (rows[skill] ?? []).map((row) => toVector(model.vocabulary, row.features));
    made.set(skill, vectors);
    return vectors;
  };
}

/** Every skill takes part, but for the one of strangers, which is the last. */
export function toOpenOffsets(desk: Desk): Float64Array {
  const offsets = new Float64Array(desk.skills + 1);
  offsets[desk.skills] = Number.NEGATIVE_INFINITY;
  return offsets;
}
