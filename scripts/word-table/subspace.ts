// The directions in which the rows of a sparse matrix differ most: a truncated singular value decomposition by subspace iteration.
import type { SparseMatrix } from "./associations.ts";
import { toEigen } from "./eigen.ts";
import { toRandom } from "./random.ts";

const ITERATIONS = 8;
const SPARE = 8;

/** Row after row, `size` figures each: the left singular vectors, each times the root of its singular value. */
export function toCoordinates(matrix: SparseMatrix, size: number): Float32Array {
  const rows = matrix.starts.length - 1;
  const random = toRandom(1);
  let basis = Array.from({ length: size + SPARE }, () =>
    Float64Array.from({ length: rows }, () => random() - 0.5),
  );
  orthonormalise(basis);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    basis = basis.map((column) => multiply(matrix, multiplyTransposed(matrix, column)));
    orthonormalise(basis);
  }
  const images = basis.map((column) => multiplyTransposed(matrix, column));
  const gram = Float64Array.from(images.flatMap((one) => images.map((other) => dot(one, other))));
  const { values, vectors } = toEigen(gram, basis.length);
  const found = new Float32Array(rows * size);
  for (let axis = 0; axis < size; axis++) {
    const direction = new Float64Array(rows);
    basis.forEach((column, at) => add(direction, column, vectors[at * basis.length + axis] ?? 0));
    const length = Math.max(0, values[axis] ?? 0) ** 0.25;
    direction.forEach((figure, row) => {
      found[row * size + axis] = figure * length;
    });
  }
  return found;
}

function multiplyTransposed(
  { starts, columns, values, width }: SparseMatrix,
  input: Float64Array,
): Float64Array {
  const output = new Float64Array(width);
  input.forEach((figure, row) => {
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const column = columns[entry] ?? 0;
      output[column] = (output[column] ?? 0) + figure * (values[entry] ?? 0);
    }
  });
  return output;
}

function multiply({ starts, columns, values }: SparseMatrix, input: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: starts.length - 1 }, (_, row) => {
    let sum = 0;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++)
      sum += (input[columns[entry] ?? 0] ?? 0) * (values[entry] ?? 0);
    return sum;
  });
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) + factor * (other[at] ?? 0);
}

/** Gram-Schmidt, twice: once leaves what rounding left. */
function orthonormalise(basis: readonly Float64Array[]): void {
  basis.forEach((column, number) => {
    for (let pass = 0; pass < 2; pass++)
      for (const other of basis.slice(0, number)) add(column, other, -dot(column, other));
    const length = Math.sqrt(dot(column, column)) || 1;
    column.forEach((figure, row) => {
      column[row] = figure / length;
    });
  });
}
