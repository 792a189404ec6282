// What the meaning of a text says of each skill: a dense row of weights per skill, beside the sparse ones of its words.
export interface MeaningWeights {
  /** Figures per skill, an even number. */
  readonly size: number;
  readonly values: Float32Array | Int16Array;
  /** What one unit of a value is worth: 1 while training. */
  readonly scale: number;
}

export interface TrainedMeaning extends MeaningWeights {
  readonly values: Float32Array;
}

const LARGEST = 32_767;

export function toWholeMeaning({ size, values }: TrainedMeaning): MeaningWeights {
  let largest = 0;
  for (let at = 0; at < values.length; at++) largest = Math.max(largest, Math.abs(values[at] ?? 0));
  const scale = largest / LARGEST || 1;
  return { size, values: Int16Array.from(values, (value) => Math.round(value / scale)), scale };
}

export function scoreMeaning(
  { size, values, scale }: MeaningWeights,
  meaning: Float32Array,
  skill: number,
): number {
  let at = skill * size;
  let [even, odd] = [0, 0];
  // Two sums at once: the second need not wait for the first.
  for (let place = 0; place < size; place += 2, at += 2) {
    even += (meaning[place] ?? 0) * (values[at] ?? 0);
    odd += (meaning[place + 1] ?? 0) * (values[at + 1] ?? 0);
  }
  return (even + odd) * scale;
}

export function addMeanings(weights: MeaningWeights, meaning: Float32Array, scores: Float64Array): void {
  if (weights.size === 0) return;
  for (let skill = 0; skill < scores.length; skill++)
    scores[skill] = (scores[skill] ?? 0) + scoreMeaning(weights, meaning, skill);
}
