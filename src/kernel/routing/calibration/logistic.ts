// A logistic curve through two groups of figures, each group counting the same whatever its size.
export interface Curve {
  readonly intercept: number;
  readonly slope: number;
}

const STEPS = 300;
const RATE = 0.5;
/** Holds the slope near its start where a small catalogue says little. */
const PULL_BACK = 0.01;
const START: Curve = { intercept: 2, slope: 1 };
const GENTLEST = 0.3;

export function toProbability(curve: Curve, figure: number): number {
  return 1 / (1 + Math.exp(-(curve.intercept + curve.slope * figure)));
}

export function fitCurve(inside: readonly number[], outside: readonly number[]): Curve {
  let curve = START;
  for (let step = 0; step < STEPS; step++) {
    const up = toPull(curve, inside, 1);
    const down = toPull(curve, outside, 0);
    const slope = curve.slope + RATE * (up.slope + down.slope - PULL_BACK * (curve.slope - START.slope));
    curve = {
      intercept: curve.intercept + RATE * (up.intercept + down.intercept),
      slope: Math.max(GENTLEST, slope),
    };
  }
  return curve;
}

function toPull(curve: Curve, figures: readonly number[], target: number): Curve {
  let intercept = 0;
  let slope = 0;
  for (const figure of figures) {
    const error = (target - toProbability(curve, figure)) / figures.length;
    intercept += error;
    slope += error * figure;
  }
  return { intercept, slope };
}
