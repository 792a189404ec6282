// A cache within a number of bytes. What it may keep, and for how long it is right, its user knows.
/** Keeps what was used last, up to a number of bytes as the caller counts them. */
export class ByteBudgetCache<Value> {
  readonly #limitBytes: number;
  readonly #entries = new Map<string, { value: Value; sizeBytes: number }>();
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // A Map remembers insertion order: the first key is the one unused for longest.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, sizeBytes: number): void {
    this.#drop(key);
    this.#entries.set(key, { value, sizeBytes });
    this.#sizeBytes += sizeBytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#sizeBytes <= this.#limitBytes || oldest === key) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#sizeBytes -= entry.sizeBytes;
  }
}
