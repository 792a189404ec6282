// Eigenvalues and eigenvectors of a small symmetric matrix, largest first: Jacobi's rotations.
const SWEEPS = 30;
const SMALLEST = 1e-12;

/** `vectors`: row after row, one eigenvector per column. */
export function toEigen(given: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const matrix = given.slice();
  const turned = Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let one = 0; one < size; one++)
      for (let other = one + 1; other < size; other++) rotate(matrix, turned, { one, other, size });
  const order = Array.from({ length: size }, (_, at) => at).sort(
    (one, other) => (matrix[other * size + other] ?? 0) - (matrix[one * size + one] ?? 0),
  );
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    for (let row = 0; row < size; row++) vectors[row * size + to] = turned[row * size + from] ?? 0;
  });
  return { values: Float64Array.from(order, (at) => matrix[at * size + at] ?? 0), vectors };
}

function rotate(
  matrix: Float64Array,
  turned: Float64Array,
  { one, other, size }: { one: number; other: number; size: number },
): void {
  const off = matrix[one * size + other] ?? 0;
  if (Math.abs(off) < SMALLEST) return;
  const theta = ((matrix[other * size + other] ?? 0) - (matrix[one * size + one] ?? 0)) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const mix = (values: Float64Array, first: number, second: number) => {
    const before = values[first] ?? 0;
    const after = values[second] ?? 0;
    values[first] = cosine * before - sine * after;
    values[second] = sine * before + cosine * after;
  };
  for (let at = 0; at < size; at++) mix(matrix, at * size + one, at * size + other);
  for (let at = 0; at < size; at++) mix(matrix, one * size + at, other * size + at);
  for (let at = 0; at < size; at++) mix(turned, at * size + one, at * size + other);
}
