// Training: the weights learn to tell the skills apart, by stochastic gradient descent in an order fixed by a seed.
import type { Example, Learnt } from "./centroid.ts";
import { descendMeanings, type MeaningSet, packMeanings, scoreMeanings } from "./meaning-training.ts";
import { type Among, toHiddenShare, toPaces, toShowing } from "./pace.ts";
import { toShuffled } from "./random.ts";
import type { Slices } from "../slices.ts";
import { findRivals } from "./rivals.ts";
import { addRare, packExamples, startOf, type TrainingSet, unpack } from "./training-set.ts";

interface Plan {
  readonly epochs: number;
  readonly rate: number;
  /** A share or a gradient below this moves nothing. */
  readonly smallest: number;
  /** Of an example's features, at each look. */
  readonly hidden: number;
}

/** One example being looked at: its rivals, its own skill first. */
interface View {
  readonly rivals: Uint16Array;
  /** By skill; only those of rivals are read. */
  readonly scores: Float64Array;
  /** By skill; 0 for all but the rivals, so that the loops over entries need not ask who is one. */
  readonly steps: Float64Array;
  readonly rate: number;
  readonly smallest: number;
}

const DECAY = 0.3;
/** No plan has more: each epoch of each training has an order of its own. */
const MOST_EPOCHS = 1_000;
/** An example that is answered this well is looked at in every other epoch only. */
const WELL_KNOWN = 0.97;

function planTraining(examples: number, skills: number): Plan {
  // Four looks are too few to hide anything.
  if (skills > 300) return { epochs: 4, rate: 4, smallest: examples < 5 * skills ? 0.001 : 0.01, hidden: 0 };
  const hidden = toHiddenShare(examples, skills);
  if (examples >= 50 * skills && examples > 4_000)
    return {
      epochs: Math.min(10, Math.max(5, Math.round(80_000 / examples))),
      rate: 6,
      smallest: 0.001,
      hidden,
    };
  return { epochs: 10, rate: 2.5, smallest: 0.001, hidden };
}

/** Changes the weights in place, an epoch a slice. */
export function* train(
  { weights, meaning }: Learnt,
  examples: readonly Example[],
  among: Among,
): Slices<void> {
  const { skills, training = 0 } = among;
  const plan = planTraining(examples.length, skills);
  const set = { ...packExamples(weights, examples, skills), ...packMeanings(meaning, examples) };
  const skillOf = Uint16Array.from(examples, (example) => example.skill);
  yield;
  const allRivals = findRivals(set, skillOf);
  yield;
  const paces = toPaces(skillOf, among);
  const show = toShowing([set.rare, set.common], plan.hidden, training);
  const width = examples.length > 0 ? allRivals.length / examples.length : 0;
  const { smallest } = plan;
  const scores = new Float64Array(skills);
  const steps = new Float64Array(skills);
  const known = new Float32Array(examples.length);
  const active = new Uint16Array(examples.length).fill(width);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const rate = plan.rate / (1 + DECAY * epoch);
    for (const number of toShuffled(examples.length, MOST_EPOCHS * training + epoch + 1)) {
      if (epoch % 2 === 1 && (known[number] ?? 0) > WELL_KNOWN) continue;
      const start = number * width;
      const rivals = allRivals.subarray(start, start + (active[number] ?? 0));
      show(number);
      const pace = paces[skillOf[number] ?? 0] ?? 1;
      known[number] = learn(set, number, { rivals, scores, steps, rate: rate * pace, smallest });
      active[number] = keepActive(rivals, steps);
    }
    yield;
  }
  unpack(set);
}

/** Answers how probable the true skill was before the step. */
function learn(set: TrainingSet & MeaningSet, number: number, view: View): number {
  // Only rivals' scores are read: to forget those of all skills took as long again in a catalogue of thousands.
  for (let place = 0; place < view.rivals.length; place++) view.scores[view.rivals[place] ?? 0] = 0;
  addRare(set, number, view.scores);
  scoreCommon(set, number, view);
  scoreMeanings(set, number, view);
  const probability = toSteps(view);
  if (1 - probability >= view.smallest) {
    descendRare(set, number, view);
    descendCommon(set, number, view);
    descendMeanings(set, number, view);
  }
  return probability;
}

/** Moves the rivals that still took part to the front and forgets the steps. Answers how many they are. */
function keepActive(rivals: Uint16Array, steps: Float64Array): number {
  let kept = 0;
  for (let place = 0; place < rivals.length; place++) {
    const rival = rivals[place] ?? 0;
    if (place === 0 || steps[rival] !== 0) rivals[kept++] = rival;
    steps[rival] = 0;
  }
  return kept;
}

/** Scores become steps: rate * (target - probability). Answers the probability of the true skill. */
function toSteps(view: View): number {
  const { rivals, steps, rate, smallest } = view;
  const sum = toWeightsOfRivals(view);
  const own = rivals[0] ?? 0;
  const probability = (steps[own] ?? 0) / sum;
  for (let place = 0; place < rivals.length; place++) {
    const rival = rivals[place] ?? 0;
    const share = (steps[rival] ?? 0) / sum;
    steps[rival] = share < smallest ? 0 : -rate * share;
  }
  steps[own] = rate * (1 - probability);
  return probability;
}

/** What each rival's probability is in proportion to, into `steps`; answers their sum. */
function toWeightsOfRivals({ rivals, scores, steps }: View): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < rivals.length; place++)
    highest = Math.max(highest, scores[rivals[place] ?? 0] ?? 0);
  let sum = 0;
  for (let place = 0; place < rivals.length; place++) {
    const rival = rivals[place] ?? 0;
    const weight = Math.exp((scores[rival] ?? 0) - highest);
    steps[rival] = weight;
    sum += weight;
  }
  return sum;
}

function descendRare(set: TrainingSet, number: number, view: View): void {
  const { starts, skills, values } = set.weights;
  const { features, values: inputs } = set.rare;
  const { steps } = view;
  const last = startOf(set.rare, number + 1);
  for (let at = startOf(set.rare, number); at < last; at++) {
    const row = features[at] ?? 0;
    const input = inputs[at] ?? 0;
    if (input === 0) continue;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      values[entry] = (values[entry] ?? 0) + input * (steps[skills[entry] ?? 0] ?? 0);
    }
  }
}

function scoreCommon(set: TrainingSet, number: number, { rivals, scores }: View): void {
  const { features, values: inputs } = set.common;
  const first = startOf(set.common, number);
  const last = startOf(set.common, number + 1);
  for (let place = 0; place < rivals.length; place++) {
    const rival = rivals[place] ?? 0;
    const line = rival * set.columns;
    let sum = 0;
    for (let at = first; at < last; at++)
      sum += (inputs[at] ?? 0) * (set.dense[line + (features[at] ?? 0)] ?? 0);
    scores[rival] = (scores[rival] ?? 0) + sum;
  }
}

function descendCommon(set: TrainingSet, number: number, { rivals, steps }: View): void {
  const { features, values: inputs } = set.common;
  const first = startOf(set.common, number);
  const last = startOf(set.common, number + 1);
  for (let place = 0; place < rivals.length; place++) {
    const skill = rivals[place] ?? 0;
    const step = steps[skill] ?? 0;
    if (step === 0) continue;
    const line = skill * set.columns;
    for (let at = first; at < last; at++) {
      const cell = line + (features[at] ?? 0);
      const weight = set.dense[cell] ?? 0;
      if (weight !== 0) set.dense[cell] = weight + step * (inputs[at] ?? 0);
    }
  }
}
