// Which examples are held out together. The same rows always fall into the same folds.
import type { Row } from "../model/model.ts";

/** A skill with fewer requests keeps all of them for training. */
const FEWEST_REQUESTS = 3;

/** Row -> fold, -1 for a row that is never held out. */
export function toFolds(rows: readonly Row[], folds: number): number[] {
  const counts = new Map<number, number>();
  rows.forEach((row) => {
    if (row.isRequest) counts.set(row.skill, (counts.get(row.skill) ?? 0) + 1);
  });
  const seen = new Map<number, number>();
  return rows.map((row) => {
    if (!row.isRequest || (counts.get(row.skill) ?? 0) < FEWEST_REQUESTS) return -1;
    const number = seen.get(row.skill) ?? 0;
    seen.set(row.skill, number + 1);
    return (number + row.skill) % folds;
  });
}
