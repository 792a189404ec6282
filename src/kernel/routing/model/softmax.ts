// Training: the weights learn to tell the skills apart, by stochastic gradient descent in an order fixed by a seed.
import { toShuffled } from "./random.ts";
import type { Example } from "./centroid.ts";
import { addScores, type TrainedWeights } from "./weights.ts";

export interface TrainingPlan {
  readonly epochs: number;
  readonly rate: number;
}

const DECAY = 0.3;
/** A gradient below this moves nothing. */
const SMALLEST = 1e-3;
/** An example that is answered this well is looked at in every other epoch only. */
const WELL_KNOWN = 0.97;

export function planTraining(examples: number, skills: number): TrainingPlan {
  if (skills > 300) return { epochs: 4, rate: 4 };
  if (examples >= 50 * skills && examples > 4_000) return { epochs: Math.min(10, Math.max(5, Math.round(80_000 / examples))), rate: 6 };
  return { epochs: 10, rate: 2.5 };
}

/** Changes the weights in place. */
export function train(weights: TrainedWeights, examples: readonly Example[], skills: number): void {
  const plan = planTraining(examples.length, skills);
  const scores = new Float64Array(skills);
  const known = new Float32Array(examples.length);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const rate = plan.rate / (1 + DECAY * epoch);
    for (const number of toShuffled(examples.length, epoch + 1)) {
      const example = examples[number];
      if (!example || (epoch % 2 === 1 && (known[number] ?? 0) > WELL_KNOWN)) continue;
      scores.fill(0);
      addScores(weights, example.vector, scores);
      known[number] = toGradient(scores, example.skill, rate);
      descend(weights, example, scores);
    }
  }
}

/** Scores become steps: rate * (target - probability). Answers the probability of the true skill. */
function toGradient(scores: Float64Array, skill: number, rate: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at++) sum += scores[at] = Math.exp((scores[at] ?? 0) - highest);
  const probability = (scores[skill] ?? 0) / sum;
  for (let at = 0; at < scores.length; at++) {
    const share = (scores[at] ?? 0) / sum;
    scores[at] = share < SMALLEST ? 0 : -rate * share;
  }
  scores[skill] = rate * (1 - probability);
  return probability;
}

function descend(weights: TrainedWeights, example: Example, steps: Float64Array): void {
  const { starts, skills, values } = weights;
  const { rows, values: inputs } = example.vector;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const input = inputs[at] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const step = steps[skills[entry] ?? 0] ?? 0;
      if (step !== 0) values[entry] = (values[entry] ?? 0) + step * input;
    }
  }
}
