// How often each 32-bit key was counted, in the order keys were first seen. A `Map` boxes every number this large: an index
// was built in twice the time.

const FEWEST_SLOTS = 512;
/** Fewer keys than one in so many slots are forgotten one by one: one long text must not slow down all that follow. */
const SPARSE = 8;

export class KeyCounts {
  #keys = new Uint32Array(FEWEST_SLOTS / 2);
  #counts = new Uint32Array(FEWEST_SLOTS / 2);
  /** Open addressing: slot -> place in keys + 1, 0 = empty. */
  #places = new Uint32Array(FEWEST_SLOTS);
  #size = 0;

  get keys(): Uint32Array {
    return this.#keys.subarray(0, this.#size);
  }

  get counts(): Uint32Array {
    return this.#counts.subarray(0, this.#size);
  }

  /** Answers the key's place in the order. */
  add(key: number): number {
    const mask = this.#places.length - 1;
    let slot = key & mask;
    for (let place = this.#places[slot] ?? 0; place !== 0; place = this.#places[slot] ?? 0) {
      if (this.#keys[place - 1] === key) {
        this.#counts[place - 1] = (this.#counts[place - 1] ?? 0) + 1;
        return place - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (this.#size === this.#keys.length) {
      this.#grow();
      return this.add(key);
    }
    this.#keys[this.#size] = key;
    this.#counts[this.#size] = 1;
    this.#size += 1;
    this.#places[slot] = this.#size;
    return this.#size - 1;
  }

  clear(): void {
    if (this.#size * SPARSE < this.#places.length) this.#forget();
    else this.#places.fill(0);
    this.#size = 0;
  }

  #forget(): void {
    for (let place = 1; place <= this.#size; place++) this.#places[this.#slotOf(place)] = 0;
  }

  #slotOf(place: number): number {
    const mask = this.#places.length - 1;
    let slot = (this.#keys[place - 1] ?? 0) & mask;
    while (this.#places[slot] !== place) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const longer = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const made = new Uint32Array(old.length * 2);
      made.set(old);
      return made;
    };
    this.#keys = longer(this.#keys);
    this.#counts = longer(this.#counts);
    this.#places = new Uint32Array(this.#places.length * 2);
    const mask = this.#places.length - 1;
    for (let place = 0; place < this.#size; place++) {
      let slot = (this.#keys[place] ?? 0) & mask;
      while (this.#places[slot] !== 0) slot = (slot + 1) & mask;
      this.#places[slot] = place + 1;
    }
  }
}
