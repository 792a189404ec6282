// From scores to probabilities: how sure the best skill is, and whether any skill fits at all. Parameters come from fit.ts.
import type { Evidence } from "./evidence.ts";
import { type Curve, toProbability } from "./logistic.ts";

export interface Calibration {
  readonly temperature: number;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly curve: Curve;
  /** Authors said what is not meant. Without that nothing tells how much the lead over strangers says: `leadShare` is 0 and a small one is taken. */
  readonly isTold: boolean;
  readonly leadShare: number;
  /** Added to the score of a skill nobody has given an example of, where others have examples. */
  readonly unheardLift: number;
}

/** Fixed, not learnt: fitted shares did better on the set they were fitted on and worse on real requests. */
const SHARES = { energy: 1, nearness: 0.4, logProbability: 0.3, coverage: 0.15, lead: 0.3 };
/** A change that the best skill never mentions: however well the nouns fit, the fit is no better than usual, and worse by this. */
const FOREIGN_EFFECT = 1.25;
/** Where authors say what is not meant, that and a foreign change lie this far below what is accepted, in units of the curve's logit. */
const REFUSED_GAP = 0.3;
/**
 * Of twenty requests people send, about nineteen are meant for some skill; the curve was fitted as if it were one in two. An author who lists
 * near misses has seen them: there, two of three. `least` is what is accepted. Without counter-examples the curve cannot see near misses,
 * and it is where fit and no fit would be equally probable; with them a little lower than even, because an author's counter-examples
 * are chosen to be harder than what people send.
 */
const UNTOLD = { odds: 19, least: 0.95 };
const TOLD = { odds: 2, least: 0.45 };

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
  const distances = [energy, nearness, logProbability, coverage, lead].map(
    (figure, at) => (figure - (calibration.means[at] ?? 0)) / (calibration.deviations[at] ?? 1),
  );
  const { leadShare } = calibration;
  // Unknown words lower the lead already: with a vote of their own, two of them refuse what is otherwise clear.
  const coverageShare = leadShare > 0 ? 0 : SHARES.coverage;
  const shares = [
    SHARES.energy,
    SHARES.nearness,
    SHARES.logProbability,
    coverageShare,
    leadShare || SHARES.lead,
  ];
  const mixed = distances.reduce((sum, distance, at) => sum + (shares[at] ?? 0) * distance, 0);
  return evidence.foreignEffect ? Math.min(mixed, 0) - FOREIGN_EFFECT : mixed;
}

/** The probability that some skill fits the request. */
export function toInScope(calibration: Calibration, evidence: Evidence): number {
  const { curve, isTold } = calibration;
  const { odds, least } = isTold ? TOLD : UNTOLD;
  const acceptedAt = (Math.log(least / (1 - least) / odds) - curve.intercept) / curve.slope;
  const isCapped = evidence.isCounter || (isTold && (evidence.foreignEffect || evidence.foreignForm));
  const highest = isCapped ? acceptedAt - REFUSED_GAP / curve.slope : Number.POSITIVE_INFINITY;
  const even = toProbability(curve, Math.min(toFit(calibration, evidence), highest));
  return (odds * even) / (odds * even + 1 - even);
}

/** Below it a request is refused. */
export function toLeastInScope({ isTold }: Calibration): number {
  return isTold ? TOLD.least : UNTOLD.least;
}
