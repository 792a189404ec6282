// A guard's state in memory and on its disk: decided on in memory, so that two admissions in one turn see each other, and
// answered once it is stored. Memory is ahead of the disk by a whole group of decisions or by nothing.
import type { GuardDecision } from "../../kernel/guard/admission.ts";
import type { GuardChange, GuardState } from "../../kernel/guard/state.ts";
import { forbids, isDurable } from "../../kernel/guard/state.ts";
import { FORBIDS_AFTER_MS } from "../../kernel/ports/guard.ts";
import { GroupCommit } from "./group-commit.ts";
import { GuardStore } from "./guard-store.ts";

/** What was decided since the last save, by all who wait for the next. */
interface Unsaved {
  readonly changes: GuardChange[];
  fault: { readonly error: unknown } | null;
}

const newUnsaved = (): Unsaved => ({ changes: [], fault: null });

export class GuardMemory {
  readonly #store: GuardStore;
  readonly #storage: DurableObjectStorage;
  readonly #load: () => GuardState;
  readonly #isStrict: boolean;
  readonly #commit = new GroupCommit();
  #state: GuardState;
  #unsaved = newUnsaved();

  constructor(
    storage: DurableObjectStorage,
    { isStrict, load }: { readonly isStrict: boolean; readonly load: (store: GuardStore) => GuardState },
  ) {
    this.#storage = storage;
    this.#isStrict = isStrict;
    this.#store = new GuardStore(storage.sql, isStrict);
    this.#load = () => load(this.#store);
    this.#state = this.#load();
  }

  get state(): GuardState {
    return this.#state;
  }

  async keep<Answer>(decide: (state: GuardState) => GuardDecision<Answer>): Promise<Answer> {
    const { answer, changes } = decide(this.#state);
    if (!changes.some((change) => this.#isKept(change))) return answer;
    const unsaved = this.#unsaved;
    unsaved.changes.push(...changes);
    const leave = this.#commit.enter();
    try {
      await this.#commit.add(() => this.#save(unsaved));
    } finally {
      leave();
    }
    // Answered when no runner writes any more by what it was told before.
    if (changes.some(forbids)) await scheduler.wait(FORBIDS_AFTER_MS);
    return answer;
  }

  #isKept(change: GuardChange): boolean {
    return isDurable(change) || (this.#isStrict && change.change === "count");
  }

  /** The first of a group stores what all of it decided. What cannot be stored is forgotten, and none of the group is answered. */
  #save(unsaved: Unsaved): void {
    if (unsaved === this.#unsaved) {
      this.#unsaved = newUnsaved();
      try {
        this.#storage.transactionSync(() => this.#store.save(this.#state, unsaved.changes));
      } catch (error) {
        unsaved.fault = { error };
        this.#state = this.#load();
      }
    }
    if (unsaved.fault) throw unsaved.fault.error;
  }
}
