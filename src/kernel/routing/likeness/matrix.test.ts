import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNearestVectors, toMatrix, toVectorBytes } from "./matrix.ts";

const SIZE = 8;
const vector = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: SIZE, maxLength: SIZE })
  .filter((values) => Math.hypot(...values) > 0.1);

const toCosine = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, figure, at) => sum + figure * (other[at] ?? 0), 0) /
  Math.hypot(...one) /
  Math.hypot(...other);

describe("a matrix of vectors", () => {
  it("finds what exact cosines find, but for what a byte leaves out", () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 30 }), vector, (vectors, wanted) => {
        const rows = vectors.map((values, at) => ({ id: `v${at}`, bytes: toVectorBytes(values) }));
        const found = findNearestVectors(toMatrix(rows), wanted, 5);
        expect(found).toHaveLength(Math.min(5, vectors.length));
        const scores = found.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((one, other) => other - one));
        for (const { id, score } of found)
          expect(score).toBeCloseTo(toCosine(vectors[Number(id.slice(1))] ?? [], wanted), 1);
      }),
    );
  });

  it("is of vectors of one length, and compares with no other", () => {
    const matrix = toMatrix([
      { id: "a", bytes: toVectorBytes([1, 0]) },
      { id: "odd", bytes: toVectorBytes([1, 0, 0]) },
    ]);
    expect(matrix.ids).toEqual(["a"]);
    expect(findNearestVectors(matrix, [1, 0, 0], 3)).toEqual([]);
    expect(findNearestVectors(toMatrix([]), [1], 3)).toEqual([]);
  });
});
