// What a list of measurements says.

/** The value below which `share` of the list lies; 0 of an empty list. */
export function percentile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function median(list: readonly number[]): number {
  return percentile(list, 0.5);
}
