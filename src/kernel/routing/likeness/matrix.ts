// Vectors of one model in a quarter of the memory: a byte for each figure, and cosines taken over all of them. It knows no skill.
import type { VectorHit } from "../../ports/vectors.ts";

export interface VectorMatrix {
  readonly ids: readonly string[];
  /** Figures per vector; 0 where there is none. */
  readonly size: number;
  /** Vector after vector. */
  readonly bytes: Int8Array;
  /** One over the length of each in bytes. */
  readonly scales: Float64Array;
}

/** A vector as bytes: its largest figure is 127. */
export function toVectorBytes(values: ArrayLike<number>): Int8Array {
  let highest = 0;
  for (let at = 0; at < values.length; at++) highest = Math.max(highest, Math.abs(values[at] ?? 0));
  const bytes = new Int8Array(values.length);
  if (highest === 0) return bytes;
  for (let at = 0; at < values.length; at++) bytes[at] = Math.round((127 * (values[at] ?? 0)) / highest);
  return bytes;
}

/** Of other lengths than the first are left out: nothing can be compared with them. */
export function toMatrix(rows: readonly { readonly id: string; readonly bytes: Int8Array }[]): VectorMatrix {
  const size = rows[0]?.bytes.length ?? 0;
  const kept = rows.filter(({ bytes }) => bytes.length === size);
  const bytes = new Int8Array(kept.length * size);
  const scales = new Float64Array(kept.length);
  kept.forEach((row, at) => {
    bytes.set(row.bytes, at * size);
    const length = Math.sqrt(row.bytes.reduce((sum, figure) => sum + figure * figure, 0));
    scales[at] = length === 0 ? 0 : 1 / length;
  });
  return { ids: kept.map(({ id }) => id), size, bytes, scales };
}

export function toMatrixBytes({ bytes, ids }: VectorMatrix): number {
  return bytes.byteLength + ids.length * 140;
}

/** The nearest first, ties by id. */
export function findNearestVectors(
  matrix: VectorMatrix,
  values: ArrayLike<number>,
  limit: number,
): readonly VectorHit[] {
  if (values.length !== matrix.size) return [];
  const cosines = toCosines(matrix, values);
  const places = Array.from(cosines.keys());
  const isBefore = (one: number, other: number): number =>
    (cosines[other] ?? 0) - (cosines[one] ?? 0) ||
    ((matrix.ids[one] ?? "") < (matrix.ids[other] ?? "") ? -1 : 1);
  return pickFirst(places, isBefore, limit).map((place) => ({
    id: matrix.ids[place] ?? "",
    score: cosines[place] ?? 0,
  }));
}

export function toVectorAt({ bytes, size }: VectorMatrix, place: number): Int8Array {
  return bytes.subarray(place * size, (place + 1) * size);
}

function toCosines({ ids, size, bytes, scales }: VectorMatrix, values: ArrayLike<number>): Float64Array {
  const wanted = Float32Array.from(values);
  const length = Math.sqrt(wanted.reduce((sum, figure) => sum + figure * figure, 0));
  const cosines = new Float64Array(ids.length);
  if (length === 0) return cosines;
  for (let place = 0; place < ids.length; place++) {
    let product = 0;
    const start = place * size;
    for (let at = 0; at < size; at++) product += (wanted[at] ?? 0) * (bytes[start + at] ?? 0);
    cosines[place] = (product * (scales[place] ?? 0)) / length;
  }
  return cosines;
}

function pickFirst(
  places: readonly number[],
  isBefore: (one: number, other: number) => number,
  limit: number,
): number[] {
  const first: number[] = [];
  for (const place of places) {
    const last = first[limit - 1];
    if (last !== undefined && isBefore(place, last) > 0) continue;
    let at = first.length;
    while (at > 0 && isBefore(place, first[at - 1] ?? 0) < 0) at--;
    first.splice(at, 0, place);
    first.length = Math.min(first.length, limit);
  }
  return first;
}
