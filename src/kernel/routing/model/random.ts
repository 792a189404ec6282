// What looks random and is not: the same seed gives the same on every machine.

/** One number after another, from 0 to below 1. */
export function toChances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function toShuffled(size: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, at) => at);
  const nextChance = toChances(seed);
  for (let last = size - 1; last > 0; last--) {
    const other = Math.floor(nextChance() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
