// Adam, only for the words a step has touched.
const FIRST = 0.9;
const SECOND = 0.999;
const FLOOR = 1e-8;

export class Adam {
  readonly #vectors: Float32Array;
  readonly #size: number;
  readonly #gradients: Float32Array;
  readonly #means: Float32Array;
  readonly #squares: Float32Array;
  readonly #touched = new Set<number>();
  #steps = 0;

  constructor(vectors: Float32Array, size: number) {
    this.#vectors = vectors;
    this.#size = size;
    this.#gradients = new Float32Array(vectors.length);
    this.#means = new Float32Array(vectors.length);
    this.#squares = new Float32Array(vectors.length);
  }

  add(word: number, gradient: Float32Array): void {
    this.#touched.add(word);
    const start = word * this.#size;
    for (let at = 0; at < this.#size; at++)
      this.#gradients[start + at] = (this.#gradients[start + at] ?? 0) + (gradient[at] ?? 0);
  }

  step(rate: number): void {
    this.#steps += 1;
    const scale = (rate * Math.sqrt(1 - SECOND ** this.#steps)) / (1 - FIRST ** this.#steps);
    for (const word of this.#touched) {
      const start = word * this.#size;
      for (let at = start; at < start + this.#size; at++) {
        const gradient = this.#gradients[at] ?? 0;
        const mean = FIRST * (this.#means[at] ?? 0) + (1 - FIRST) * gradient;
        const square = SECOND * (this.#squares[at] ?? 0) + (1 - SECOND) * gradient * gradient;
        this.#means[at] = mean;
        this.#squares[at] = square;
        this.#vectors[at] = (this.#vectors[at] ?? 0) - (scale * mean) / (Math.sqrt(square) + FLOOR);
        this.#gradients[at] = 0;
      }
    }
    this.#touched.clear();
  }
}
