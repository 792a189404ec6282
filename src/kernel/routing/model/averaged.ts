// A catalogue of up to some hundred skills is trained several times, each time in another order and with other features hidden, and the
// weights are averaged: what one order made of a few examples by chance, the others did not. It costs time when an index is built
// and none when it answers.
import type { Slices } from "../slices.ts";
import type { Example, Learnt } from "./centroid.ts";
import type { Among } from "./pace.ts";
import { train } from "./softmax.ts";

/** With more than a few examples the order matters less and the time more. */
const FEW_EXAMPLES = 3_000;
const TRAININGS = { few: 4, many: 2 };
/** Above it nothing is hidden, and trainings differ little. */
const MOST_SKILLS = 300;

/** Changes the weights in place. */
export function* trainAveraged(learnt: Learnt, examples: readonly Example[], among: Among): Slices<void> {
  if (among.skills > MOST_SKILLS) return yield* train(learnt, examples, among);
  const trainings = among.trainings ?? (examples.length <= FEW_EXAMPLES ? TRAININGS.few : TRAININGS.many);
  const parts = [learnt.weights.values, learnt.meaning.values].map((values) => ({
    values,
    start: values.slice(),
    sum: new Float64Array(values.length),
  }));
  for (let training = 0; training < trainings; training++) {
    for (const { values, start } of parts) values.set(start);
    yield* train(learnt, examples, { ...among, training });
    for (const { values, sum } of parts) values.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + value));
  }
  for (const { values, sum } of parts) sum.forEach((value, at) => (values[at] = value / trainings));
}
