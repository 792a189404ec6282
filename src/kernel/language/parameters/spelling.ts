// "Did you mean": the known name nearest to what was written, if it is near enough to be a slip.

const FARTHEST_SLIP = 2;

/** Edits between two short words; longer words are no names of fields, and are not compared. */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, wanted] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

export function findNearest(written: string, known: readonly string[]): string | undefined {
  const word = written.slice(0, 64).toLowerCase();
  const ranked = known
    .map((name) => ({ name, edits: countEdits(word, name.slice(0, 64).toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.min(FARTHEST_SLIP, Math.ceil(best.name.length / 3))
    ? best.name
    : undefined;
}
