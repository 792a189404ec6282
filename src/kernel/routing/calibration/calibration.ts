// From scores to probabilities: how sure the best skill is, and whether any skill fits at all. Parameters come from fit.ts.
import type { Evidence } from "./evidence.ts";

export interface Calibration {
  readonly temperature: number;
  readonly means: Evidence;
  readonly deviations: Evidence;
  /** Logistic curve over the mixed evidence. */
  readonly slope: number;
  readonly middle: number;
}

/** Fixed, not learnt: fitted shares did better on the set they were fitted on and worse on real requests. */
const SHARES: Evidence = [1, 0.5, 0.3, 0.3];

/** Where nothing could be measured: a catalogue with too few examples to hold some out. */
export const UNMEASURED: Calibration = {
  temperature: 0.6,
  means: [8, 0.4, -0.5, 0.7],
  deviations: [4, 0.2, 0.5, 0.25],
  slope: 1.5,
  middle: -1,
};

export function toFit(calibration: Calibration, evidence: Evidence): number {
  let mixed = 0;
  for (let at = 0; at < SHARES.length; at++) {
    const distance = (evidence[at] ?? 0) - (calibration.means[at] ?? 0);
    mixed += ((SHARES[at] ?? 0) * distance) / (calibration.deviations[at] ?? 1);
  }
  return mixed;
}

/** The probability that some skill fits the request. */
export function toInScope(calibration: Calibration, evidence: Evidence): number {
  return 1 / (1 + Math.exp(-calibration.slope * (toFit(calibration, evidence) - calibration.middle)));
}
