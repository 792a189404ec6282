// A model trained for measuring: what routing needs of an index, without being one.
import type { Desk } from "../answer.ts";
import { type Lesson, trainWithVectors } from "../model/model.ts";
import type { Slices } from "../slices.ts";
import { toPostings } from "./postings.ts";

/** Of an averaged model the same is measured, within a thousandth, in four times the time. */
const TRAININGS = 1;

export function* toDesk(lesson: Lesson): Slices<Desk> {
  const { model, vectors } = yield* trainWithVectors(lesson, TRAININGS);
  const examples: number[][] = lesson.selves.map(() => []);
  const counters: number[][] = lesson.selves.map(() => []);
  lesson.rows.forEach(({ skill, soundsLike }, at) => {
    examples[skill]?.push(at);
    if (soundsLike !== undefined) counters[soundsLike]?.push(at);
  });
  const neighboursOf = toPostings(vectors, { features: model.vocabulary.idf.length, examples, counters });
  return { model, skills: lesson.selves.length, neighboursOf };
}

/** Every skill takes part, but for the one of strangers, which is the last. */
export function toOpenOffsets(desk: Desk): Float64Array {
  const offsets = new Float64Array(desk.skills + 1);
  offsets[desk.skills] = Number.NEGATIVE_INFINITY;
  return offsets;
}
