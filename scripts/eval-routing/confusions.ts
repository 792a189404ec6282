// Which skills are taken for which: the pairs to look at first when a set falls short.
import type { Judged } from "./score.ts";

export interface Confusion {
  /** Null: no skill is right. */
  readonly expected: string | null;
  /** Null: no skill was found. */
  readonly got: string | null;
  readonly times: number;
  readonly example: string;
}

const MOST = 15;

/** Most frequent first. A request of which the router asked back counts as what it would have chosen. */
export function countConfusions(judged: readonly Judged[]): readonly Confusion[] {
  const found = new Map<string, { -readonly [key in keyof Confusion]: Confusion[key] }>();
  for (const { row, got, isRight } of judged) {
    if (isRight) continue;
    const pair = JSON.stringify([row.skill, got]);
    const known = found.get(pair);
    if (known) known.times++;
    else found.set(pair, { expected: row.skill, got, times: 1, example: row.query });
  }
  return [...found.values()].sort((one, other) => other.times - one.times).slice(0, MOST);
}
