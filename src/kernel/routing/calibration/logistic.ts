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

/** Several groups of figures out of scope share the weight of one. */
export function fitCurve(
  inside: readonly number[],
  outside: readonly (readonly number[])[],
): { readonly curve: Curve; readonly loss: number } {
  let curve = START;
  for (let step = 0; step < STEPS; step++) {
    const pulls = [toPull(curve, inside, 1), ...outside.map((group) => toPull(curve, group, 0))];
    let { intercept, slope } = curve;
    pulls.forEach((pull, at) => {
      const rate = at === 0 ? RATE : RATE / outside.length;
      intercept += rate * pull.intercept;
      slope += rate * pull.slope;
    });
    slope -= RATE * PULL_BACK * (curve.slope - START.slope);
    curve = { intercept, slope: Math.max(GENTLEST, slope) };
  }
  const losses = outside.map((group) => toLoss(curve, group, 0));
  const loss = toLoss(curve, inside, 1) + losses.reduce((sum, one) => sum + one, 0) / outside.length;
  return { curve, loss };
}

function toLoss(curve: Curve, figures: readonly number[], target: number): number {
  let loss = 0;
  for (const figure of figures) loss -= Math.log(1e-9 + Math.abs(1 - target - toProbability(curve, figure)));
  return loss / Math.max(1, figures.length);
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
