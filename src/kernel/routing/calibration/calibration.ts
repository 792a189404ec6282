// From scores to probabilities: how sure the best skill is, and whether any skill fits at all. Parameters come from fit.ts.
import type { Evidence } from "./evidence.ts";
import { type Curve, toProbability } from "./logistic.ts";

export interface Calibration {
  readonly temperature: number;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly curve: Curve;
  /** Authors said what is not meant. Without that nothing tells how much the lead over strangers says, and its share is 0. */
  readonly isTold: boolean;
  readonly leadShare: number;
  /** Added to the score of a skill nobody has given an example of, where others have examples. */
  readonly unheardLift: number;
}

/** Fixed, not learnt: fitted shares did better on the set they were fitted on and worse on real requests. */
const SHARES = [1, 0.3, 0.3, 0.15];
/** A change that the best skill never mentions: however well the nouns fit, the fit is no better than usual, and worse by this. */
const FOREIGN_EFFECT = 1.25;
/** And, where authors say what is not meant, lies this far below what is accepted, in units of the curve's logit. */
const FOREIGN_GAP = 0.3;
/** Of ten requests people send, about nine are meant for some skill; the curve was fitted as if it were one in two. */
const USUAL_ODDS = 9;
/** An author who lists near misses has seen them: there, about one of three is. */
const TOLD_ODDS = 2;

/** Where nothing could be measured. */
export const UNMEASURED: Calibration = {
  temperature: 0.7,
  means: [8, 0.4, -0.5, 0.7, 5],
  deviations: [4, 0.2, 0.5, 0.25, 4],
  curve: { intercept: 1, slope: 1.4 },
  isTold: false,
  leadShare: 0,
  unheardLift: 0,
};

/** How far requests in scope lie above strangers where there is no example to see it, in deviations of the strangers. */
export const USUAL_DISTANCE = 1.4;

/** How well the request fits, in deviations of the catalogue's own examples; 0 is their usual. */
export function toFit(calibration: Calibration, evidence: Evidence): number {
  const { energy, nearness, logProbability, coverage, lead } = evidence;
  const shares = [...SHARES, calibration.leadShare];
  const mixed = [energy, nearness, logProbability, coverage, lead].reduce((sum, figure, at) => {
    const distance = (figure - (calibration.means[at] ?? 0)) / (calibration.deviations[at] ?? 1);
    return sum + (shares[at] ?? 0) * distance;
  }, 0);
  return evidence.foreignEffect ? Math.min(mixed, 0) - FOREIGN_EFFECT : mixed;
}

/** The probability that some skill fits the request. */
export function toInScope(calibration: Calibration, evidence: Evidence): number {
  const { curve, isTold } = calibration;
  const fit = toFit(calibration, evidence);
  const highest =
    isTold && evidence.foreignEffect
      ? -(curve.intercept + FOREIGN_GAP) / curve.slope
      : Number.POSITIVE_INFINITY;
  const even = toProbability(curve, Math.min(fit, highest));
  const odds = toOdds(calibration);
  return (odds * even) / (odds * even + 1 - even);
}

/** Where fit and no fit would be equally probable without knowing the odds: below it a request is refused. */
export function toLeastInScope(calibration: Calibration): number {
  const odds = toOdds(calibration);
  return odds / (odds + 1);
}

function toOdds({ isTold }: Calibration): number {
  return isTold ? TOLD_ODDS : USUAL_ODDS;
}
