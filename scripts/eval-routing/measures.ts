// The measures: area under the ROC curve, in-scope accuracy where most of the rest is refused, calibration.
interface Answered {
  readonly place: number;
  readonly confidence: number;
  readonly inScope: number;
}

const BINS = 15;

export function toMean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / Math.max(1, figures.length);
}

/** How often a request in scope scores higher than one out of scope; ties count half. */
export function measureRocArea(inside: readonly number[], outside: readonly number[]): number {
  const all = [
    ...inside.map((score) => ({ score, isIn: true })),
    ...outside.map((score) => ({ score, isIn: false })),
  ];
  all.sort((one, other) => one.score - other.score);
  let ranks = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.score === all[start]?.score) end++;
    for (let at = start; at < end; at++) if (all[at]?.isIn) ranks += (start + end + 1) / 2;
    start = end;
  }
  return (ranks - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** The share of requests in scope that are accepted and right when this share of the others is refused. */
export function measureInScopeAt(
  inside: readonly Answered[],
  outside: readonly Answered[],
  refused: number,
): number {
  const scores = outside.map((one) => one.inScope).toSorted((one, other) => one - other);
  const threshold = scores[Math.ceil(scores.length * refused) - 1] ?? 0;
  return toMean(inside.map((one) => (one.inScope > threshold && one.place === 1 ? 1 : 0)));
}

/** Expected calibration error (15 bins) and Brier score of the confidence over requests in scope. */
export function measureCalibration(answered: readonly Answered[]): {
  ece: number;
  brier: number;
  answers: number;
} {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }));
  let brier = 0;
  for (const { confidence, place } of answered) {
    const right = place === 1 ? 1 : 0;
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (bin) {
      bin.confidence += confidence;
      bin.right += right;
    }
    brier += (confidence - right) ** 2;
  }
  const size = Math.max(1, answered.length);
  const ece = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / size;
  return { ece: Number(ece.toFixed(4)), brier: Number((brier / size).toFixed(4)), answers: answered.length };
}
