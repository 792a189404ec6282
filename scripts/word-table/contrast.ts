// Training by contrast: two texts of one label are to lie nearer to each other than to the texts of other labels.
import { Adam } from "./adam.ts";
import type { Lexicon } from "./lexicon.ts";
import { toRandom } from "./random.ts";

export interface ContrastPlan {
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: number;
}

const TEMPERATURE = 0.08;
/** Of a text's words this share is left out each time, so that no single word carries a text. */
const DROPPED = 0.25;

/** A chance below this pulls nothing: nine of ten. */
const SMALLEST = 1e-3;

/** One side of a batch: a text per line. */
interface Side {
  readonly words: Int32Array[];
  readonly units: Float32Array;
  readonly lengths: Float32Array;
  readonly pulls: Float32Array;
}

/** Changes the vectors in place: word after word, `size` figures each. */
export function contrast(vectors: Float32Array, lexicon: Lexicon, plan: ContrastPlan): void {
  const size = vectors.length / lexicon.words.length;
  const random = toRandom(plan.seed);
  const draw = toDraw(lexicon, random);
  const adam = new Adam(vectors, size);
  const [left, right] = [toSide(plan.batch, size), toSide(plan.batch, size)];
  const labels = new Int32Array(plan.batch);
  const chances = new Float32Array(plan.batch * plan.batch);
  for (let step = 0; step < plan.steps; step++) {
    for (let line = 0; line < plan.batch; line++) {
      const { one, other, label } = draw();
      labels[line] = label;
      left.words[line] = drop(lexicon.texts[one], random);
      right.words[line] = drop(lexicon.texts[other], random);
    }
    read(vectors, size, left);
    read(vectors, size, right);
    compare({ left, right, labels, chances, size });
    pull(adam, size, left);
    pull(adam, size, right);
    adam.step(plan.rate * (1 - step / plan.steps));
  }
}

function toSide(batch: number, size: number): Side {
  return {
    words: Array.from({ length: batch }, () => new Int32Array(0)),
    units: new Float32Array(batch * size),
    lengths: new Float32Array(batch),
    pulls: new Float32Array(batch * size),
  };
}

/** Labels by the root of their size, two different texts of each. */
function toDraw({ texts, labels, drawn }: Lexicon, random: () => number) {
  const textsOf: number[][] = Array.from(drawn, () => []);
  labels.forEach((label, text) => {
    if ((texts[text]?.length ?? 0) > 0) textsOf[label]?.push(text);
  });
  const paired = textsOf.map((own, label) => ({ own, label })).filter(({ own }) => own.length > 1);
  const ends: number[] = [];
  for (const { own, label } of paired)
    ends.push((ends.at(-1) ?? 0) + Math.sqrt(own.length) * (drawn[label] ?? 0));
  return () => {
    const mark = random() * (ends.at(-1) ?? 0);
    let low = 0;
    for (let high = ends.length - 1; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? 0) > mark) high = middle;
      else low = middle + 1;
    }
    const { own, label } = paired[low] ?? { own: [0, 0], label: 0 };
    const first = Math.floor(random() * own.length);
    const second = (first + 1 + Math.floor(random() * (own.length - 1))) % own.length;
    return { one: own[first] ?? 0, other: own[second] ?? 0, label };
  };
}

function drop(text: Int32Array | undefined, random: () => number): Int32Array {
  const whole = text ?? new Int32Array(0);
  const kept = whole.filter(() => random() >= DROPPED);
  return kept.length > 0 ? kept : whole;
}

function read(vectors: Float32Array, size: number, side: Side): void {
  const { units } = side;
  side.words.forEach((words, line) => {
    const start = line * size;
    units.fill(0, start, start + size);
    for (const word of words)
      for (let at = 0; at < size; at++)
        units[start + at] = (units[start + at] ?? 0) + (vectors[word * size + at] ?? 0);
    let squares = 1e-12;
    for (let at = 0; at < size; at++) squares += (units[start + at] ?? 0) ** 2;
    const length = Math.sqrt(squares);
    side.lengths[line] = length;
    for (let at = 0; at < size; at++) units[start + at] = (units[start + at] ?? 0) / length;
  });
  side.pulls.fill(0);
}

interface Comparison {
  readonly left: Side;
  readonly right: Side;
  readonly labels: Int32Array;
  readonly chances: Float32Array;
  readonly size: number;
}

/** Softmax over each line and over each column; both pull the pair together and the others apart. */
function compare(comparison: Comparison): void {
  const { labels, chances } = comparison;
  const batch = labels.length;
  for (let place = 0; place < chances.length; place++) chances[place] = toScore(comparison, place);
  const steps = new Float32Array(batch * batch);
  for (let line = 0; line < batch; line++) {
    addSoftmax(chances, steps, { start: line * batch, stride: 1, own: line, batch });
    addSoftmax(chances, steps, { start: line, stride: batch, own: line, batch });
  }
  const factor = 1 / (2 * TEMPERATURE * batch);
  steps.forEach((step, place) => {
    if (Math.abs(step) >= SMALLEST) move(comparison, place, step * factor);
  });
}

/** Of one text on the left and one on the right; two of one label are no opposites. */
function toScore({ left, right, labels, size }: Comparison, place: number): number {
  const line = Math.floor(place / labels.length);
  const column = place % labels.length;
  if (line !== column && labels[line] === labels[column]) return Number.NEGATIVE_INFINITY;
  const [one, other] = [left.units, right.units];
  let [from, to] = [line * size, column * size];
  let [even, odd] = [0, 0];
  for (const end = from + size; from < end; from += 2, to += 2) {
    even += (one[from] ?? 0) * (other[to] ?? 0);
    odd += (one[from + 1] ?? 0) * (other[to + 1] ?? 0);
  }
  return (even + odd) / TEMPERATURE;
}

function move({ left, right, labels, size }: Comparison, place: number, weight: number): void {
  const from = Math.floor(place / labels.length) * size;
  const to = (place % labels.length) * size;
  for (let at = 0; at < size; at++) {
    left.pulls[from + at] = (left.pulls[from + at] ?? 0) + weight * (right.units[to + at] ?? 0);
    right.pulls[to + at] = (right.pulls[to + at] ?? 0) + weight * (left.units[from + at] ?? 0);
  }
}

function addSoftmax(
  scores: Float32Array,
  steps: Float32Array,
  { start, stride, own, batch }: { start: number; stride: number; own: number; batch: number },
): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < batch; at++) highest = Math.max(highest, scores[start + at * stride] ?? 0);
  let sum = 0;
  for (let at = 0; at < batch; at++) sum += Math.exp((scores[start + at * stride] ?? 0) - highest);
  for (let at = 0; at < batch; at++) {
    const place = start + at * stride;
    const chance = Math.exp((scores[place] ?? 0) - highest) / sum;
    steps[place] = (steps[place] ?? 0) + chance - (at === own ? 1 : 0);
  }
}

/** From the texts' directions to their words. */
function pull(adam: Adam, size: number, { words, units, lengths, pulls }: Side): void {
  const gradient = new Float32Array(size);
  words.forEach((text, line) => {
    const start = line * size;
    let along = 0;
    for (let at = 0; at < size; at++) along += (units[start + at] ?? 0) * (pulls[start + at] ?? 0);
    for (let at = 0; at < size; at++)
      gradient[at] = ((pulls[start + at] ?? 0) - along * (units[start + at] ?? 0)) / (lengths[line] ?? 1);
    for (const word of text) adam.add(word, gradient);
  });
}
