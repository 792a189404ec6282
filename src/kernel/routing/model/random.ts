// What looks random and is not: the same seed gives the same on every machine.

/** The number after one, both below 2 ** 32. */
export function toNext(state: number): number {
  return (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
}

export function toShuffled(size: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, at) => at);
  let state = seed >>> 0;
  for (let last = size - 1; last > 0; last--) {
    state = toNext(state);
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
