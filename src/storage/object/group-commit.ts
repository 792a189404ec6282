// Those who finish together share one turn, hence one disk sync; one who is alone waits for nobody.
// A Durable Object commits what one turn wrote before any answer of that turn leaves, so sharing a turn is sharing a commit.

interface Write {
  readonly run: () => void;
  fault: { readonly error: unknown } | null;
}

export class GroupCommit {
  #writes: Write[] = [];
  #waiting: { promise: Promise<void>; resolve: () => void } | null = null;
  #inside = 0;

  /** Counts a call that may write later, so that others know whom to wait for. */
  enter(): () => void {
    this.#inside += 1;
    return () => {
      this.#inside -= 1;
    };
  }

  /**
   * `run` is one synchronous statement, or undoes what it did when it throws: the turn is shared with others, who do not notice.
   * Throws what it throws.
   */
  async add(run: () => void): Promise<void> {
    const write: Write = { run, fault: null };
    this.#writes.push(write);
    if (this.#writes.length >= this.#inside) this.#flush();
    else {
      this.#waiting ??= this.#startWaiting();
      await this.#waiting.promise;
    }
    if (write.fault) throw write.fault.error;
  }

  #startWaiting(): { promise: Promise<void>; resolve: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    // About a millisecond in this runtime: the longest that a write waits for company.
    setTimeout(() => this.#flush(), 0);
    return { promise, resolve };
  }

  #flush(): void {
    const writes = this.#writes;
    const waiting = this.#waiting;
    this.#writes = [];
    this.#waiting = null;
    for (const write of writes) {
      try {
        write.run();
      } catch (error) {
        write.fault = { error };
      }
    }
    waiting?.resolve();
  }
}
