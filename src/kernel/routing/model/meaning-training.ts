// The dense part of training: how the weights of meanings score an example's rivals, and move.
import type { Example } from "./centroid.ts";
import type { TrainedMeaning } from "./meaning-weights.ts";

export interface MeaningSet {
  readonly meaning: TrainedMeaning;
  /** Example after example. */
  readonly meanings: Float32Array;
}

interface View {
  readonly rivals: Uint16Array;
  readonly scores: Float64Array;
  readonly steps: Float64Array;
}

export function packMeanings(meaning: TrainedMeaning, examples: readonly Example[]): MeaningSet {
  const meanings = new Float32Array(examples.length * meaning.size);
  examples.forEach(({ vector }, number) => meanings.set(vector.meaning, number * meaning.size));
  return { meaning, meanings };
}

export function scoreMeanings({ meaning, meanings }: MeaningSet, number: number, view: View): void {
  const { size, values } = meaning;
  const own = number * size;
  for (let place = 0; place < view.rivals.length; place++) {
    const rival = view.rivals[place] ?? 0;
    const start = rival * size;
    let sum = 0;
    for (let at = 0; at < size; at++) sum += (meanings[own + at] ?? 0) * (values[start + at] ?? 0);
    view.scores[rival] = (view.scores[rival] ?? 0) + sum;
  }
}

export function descendMeanings({ meaning, meanings }: MeaningSet, number: number, view: View): void {
  const { size, values } = meaning;
  const own = number * size;
  for (let place = 0; place < view.rivals.length; place++) {
    const rival = view.rivals[place] ?? 0;
    const step = view.steps[rival] ?? 0;
    if (step === 0) continue;
    const start = rival * size;
    for (let at = 0; at < size; at++)
      values[start + at] = (values[start + at] ?? 0) + step * (meanings[own + at] ?? 0);
  }
}
