// Training of a few skills against an index that is trained already: their weights move, those of all others stand still.
import { buildCentroids, type Example, type Learnt } from "../model/centroid.ts";
import { scoreMeaning } from "../model/meaning-weights.ts";
import { toShuffled } from "../model/random.ts";
import { addScores, type TrainedWeights } from "../model/weights.ts";

/** `skill`: a place among the skills that are learnt; one more than they are is any other. */
export interface LateExample extends Example {
  /** The logarithm of the sum of exponentials of what all the others score. */
  readonly others: number;
}

const EPOCHS = 8;
const RATE = 4;
const DECAY = 0.3;
const SMALLEST = 0.001;
/** Of what others have said only some is looked at; without this a fresh skill would take a little of what is theirs. */
const WEIGHT_OF_OTHERS = 2;

/** Examples come grouped by skill, ascending. `rows`: how many features there are. */
export function learnLate(examples: readonly LateExample[], rows: number, skills: number): Learnt {
  const own = examples.filter(({ skill }) => skill < skills);
  const learnt = buildCentroids(own, rows, skills);
  const scores = new Float64Array(skills);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + DECAY * epoch);
    for (const number of toShuffled(examples.length, epoch + 1)) {
      const example = examples[number];
      if (!example) continue;
      score(learnt, example, scores);
      toSteps(scores, example, example.skill < skills ? rate : rate * WEIGHT_OF_OTHERS);
      descend(learnt, example, scores);
    }
  }
  return learnt;
}

function score({ weights, meaning }: Learnt, { vector }: Example, scores: Float64Array): void {
  for (let skill = 0; skill < scores.length; skill++)
    scores[skill] = scoreMeaning(meaning, vector.meaning, skill);
  addScores(weights, vector, scores);
}

/** Scores become steps: rate * (target - probability). */
function toSteps(scores: Float64Array, { skill: own, others }: LateExample, rate: number): void {
  const highest = scores.reduce((most, one) => Math.max(most, one), others);
  let sum = Math.exp(others - highest);
  for (let skill = 0; skill < scores.length; skill++) {
    scores[skill] = Math.exp((scores[skill] ?? 0) - highest);
    sum += scores[skill] ?? 0;
  }
  for (let skill = 0; skill < scores.length; skill++) {
    const missing = (skill === own ? 1 : 0) - (scores[skill] ?? 0) / sum;
    scores[skill] = Math.abs(missing) < SMALLEST ? 0 : rate * missing;
  }
}

function descend({ weights, meaning }: Learnt, example: Example, steps: Float64Array): void {
  if (steps.every((step) => step === 0)) return;
  descendWords(weights, example, steps);
  const { size, values } = meaning;
  for (let skill = 0; skill < steps.length; skill++) {
    const step = steps[skill] ?? 0;
    const start = skill * size;
    for (let at = 0; at < size; at++)
      values[start + at] = (values[start + at] ?? 0) + step * (example.vector.meaning[at] ?? 0);
  }
}

function descendWords(
  { starts, skills, values }: TrainedWeights,
  { vector }: Example,
  steps: Float64Array,
): void {
  for (let at = 0; at < vector.rows.length; at++) {
    const row = vector.rows[at] ?? 0;
    const input = vector.values[at] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++)
      values[entry] = (values[entry] ?? 0) + input * (steps[skills[entry] ?? 0] ?? 0);
  }
}
