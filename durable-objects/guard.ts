// One tenant's guard: loads its state once, asks the kernel for each decision with the time, stores, answers.
import { DurableObject } from "cloudflare:workers";
import { toDefaultLimits } from "../src/compose.ts";
import type { Env } from "../src/env.ts";
import type { Refusal } from "../src/kernel/domain/refusal.ts";
import type { GuardDecision } from "../src/kernel/guard/admission.ts";
import {
  decideAdmission,
  decideChange,
  decideExtension,
  decideSettlements,
} from "../src/kernel/guard/admission.ts";
import { toBudgetView } from "../src/kernel/guard/budget.ts";
import type { GuardChange, GuardState } from "../src/kernel/guard/state.ts";
import { isDurable } from "../src/kernel/guard/state.ts";
import type {
  Admission,
  AdmissionAnswer,
  BudgetView,
  Limits,
  Settlement,
} from "../src/kernel/ports/guard.ts";
import { GroupCommit } from "../src/storage/object/group-commit.ts";
import { GuardStore } from "../src/storage/object/guard-store.ts";

const HOLD_MS = 15 * 60_000;

export class Guard extends DurableObject<Env> {
  readonly #store: GuardStore;
  #state: GuardState;
  readonly #commit = new GroupCommit();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#store = new GuardStore(state.storage.sql);
    this.#state = this.#load();
  }

  async admit(admission: Admission): Promise<AdmissionAnswer> {
    return this.#keep((state) => decideAdmission(state, admission, Date.now()));
  }

  async extend(runId: string, neededMicroUsd: number): Promise<Refusal | null> {
    const asked = { runId, neededMicroUsd, deadline: Date.now() + HOLD_MS };
    return this.#keep((state) => decideExtension(state, asked, Date.now()));
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await this.#keep((state) => decideSettlements(state, settlements, Date.now()));
  }

  async budget(): Promise<BudgetView> {
    await this.settle([]);
    return toBudgetView(this.#state);
  }

  async configure(change: Partial<Limits>): Promise<BudgetView> {
    const limits = { ...this.#state.limits, ...change };
    await this.#keep((state) => decideChange(state, { change: "limits", limits }));
    return toBudgetView(this.#state);
  }

  async registryVersion(): Promise<number> {
    return this.#state.registryVersion;
  }

  async noteRegistry(version: number): Promise<void> {
    await this.#keep((state) => decideChange(state, { change: "registry", version }));
  }

  #load(): GuardState {
    return this.#store.load(toDefaultLimits(this.env), Date.now());
  }

  /** Decided in memory first, so that two admissions in one turn see each other; answered once it is stored. */
  async #keep<Answer>(decide: (state: GuardState) => GuardDecision<Answer>): Promise<Answer> {
    const state = this.#state;
    const { answer, changes } = decide(state);
    if (!changes.some(isDurable)) return answer;
    const leave = this.#commit.enter();
    try {
      await this.#commit.add(() => this.#save(state, changes));
    } finally {
      leave();
    }
    return answer;
  }

  /** Memory that could not be stored is ahead of the disk: it goes, and with it whatever else was decided on it. */
  #save(state: GuardState, changes: readonly GuardChange[]): void {
    if (state !== this.#state) throw new Error("what this was decided on could not be stored");
    try {
      this.ctx.storage.transactionSync(() => this.#store.save(state, changes));
    } catch (error) {
      this.#state = this.#load();
      throw error;
    }
  }
}
