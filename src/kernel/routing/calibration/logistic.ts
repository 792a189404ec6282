// A logistic curve through two groups of figures, each group counting the same whatever its size.
const STEPS = 60;
const GENTLEST = 0.3;
const STEEPEST = 6;

export interface Curve {
  readonly slope: number;
  readonly middle: number;
}

export function fitLogistic(inside: readonly number[], outside: readonly number[]): Curve {
  let slope = 1;
  let shift = 0;
  for (let step = 0; step < STEPS; step++) {
    const pull = { slope: 0, shift: 0, ss: 1e-3, sb: 0, bb: 1e-3 };
    addPull(pull, { figures: inside, target: 1, slope, shift });
    addPull(pull, { figures: outside, target: 0, slope, shift });
    const determinant = pull.ss * pull.bb - pull.sb * pull.sb;
    slope += (pull.bb * pull.slope - pull.sb * pull.shift) / determinant;
    shift += (pull.ss * pull.shift - pull.sb * pull.slope) / determinant;
    slope = Math.min(STEEPEST, Math.max(GENTLEST, slope));
  }
  return { slope, middle: -shift / slope };
}

/** Newton's method: gradient and curvature of one group. */
function addPull(
  pull: { slope: number; shift: number; ss: number; sb: number; bb: number },
  group: { figures: readonly number[]; target: number; slope: number; shift: number },
): void {
  for (const figure of group.figures) {
    const probability = 1 / (1 + Math.exp(-(group.slope * figure + group.shift)));
    const error = (group.target - probability) / group.figures.length;
    const curvature = (probability * (1 - probability)) / group.figures.length;
    pull.slope += error * figure;
    pull.shift += error;
    pull.ss += curvature * figure * figure;
    pull.sb += curvature * figure;
    pull.bb += curvature;
  }
}
