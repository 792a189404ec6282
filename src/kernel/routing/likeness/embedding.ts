// A service that embeds texts, as the router uses it: what it answers is checked, a request that was just asked is not asked again, and a
// service that fails or is late is left alone for a while. It never decides what an answer means.
import { Fault } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Embedder } from "../../ports/embedder.ts";

/** In a row. */
const MOST_MISSES = 3;
const PAUSE_MS = 60_000;
const MOST_KEPT = 500;

export type MissReason = "late" | "failed";

export class Embedding {
  readonly model: string;
  /** How long a request waits for it at most. */
  readonly waitMs: number;
  readonly #embedder: Embedder;
  readonly #clock: Clock;
  readonly #report: (what: string, cause?: unknown) => void;
  readonly #kept = new Map<string, Promise<readonly number[]>>();
  /** Figures of every vector so far: a model whose vectors change in length is not the same model. */
  #size: number | null = null;
  #misses = 0;
  #pausedUntil = 0;

  constructor(
    embedder: Embedder,
    {
      clock,
      waitMs,
      report,
    }: {
      readonly clock: Clock;
      readonly waitMs: number;
      readonly report: (what: string, cause?: unknown) => void;
    },
  ) {
    this.model = embedder.model;
    this.waitMs = waitMs;
    this.#embedder = embedder;
    this.#clock = clock;
    this.#report = report;
  }

  get isPaused(): boolean {
    return this.#clock.now() < this.#pausedUntil;
  }

  /** Throws a fault where what comes back is not one sound vector for each text. */
  async embed(texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    const vectors = await this.#embedder.embed(texts);
    const fault = findFault(vectors, texts.length, this.#size ?? vectors[0]?.length ?? 0);
    if (fault !== null) throw new Fault("embeddings", "later", `${this.model}: ${fault}`);
    this.#size ??= vectors[0]?.length ?? null;
    return vectors;
  }

  /** Of one request. Who comes while it is on its way waits for the same. */
  async ask(text: string): Promise<readonly number[]> {
    const known = this.#kept.get(text);
    if (known) return known;
    const asked = this.embed([text]).then(([vector = []]) => vector);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(text, asked);
    try {
      return await asked;
    } catch (error) {
      this.#kept.delete(text);
      throw error;
    }
  }

  noteAnswer(): void {
    this.#misses = 0;
  }

  noteMiss(reason: MissReason, cause?: unknown): void {
    this.#misses += 1;
    this.#report(`embeddings of ${this.model}: ${reason}`, cause);
    if (this.#misses < MOST_MISSES) return;
    this.#misses = 0;
    this.#pausedUntil = this.#clock.now() + PAUSE_MS;
    this.#report(`embeddings of ${this.model} are not asked for ${PAUSE_MS / 1000} s`);
  }
}

function findFault(vectors: readonly (readonly number[])[], count: number, size: number): string | null {
  if (vectors.length !== count) return `${vectors.length} vectors for ${count} texts`;
  if (size === 0) return "an empty vector";
  const other = vectors.find((vector) => vector.length !== size);
  if (other) return `a vector of ${other.length} figures, not ${size}`;
  const isSound = vectors.every(
    (vector) => vector.every(Number.isFinite) && vector.some((figure) => figure !== 0),
  );
  return isSound ? null : "a vector of no direction";
}
