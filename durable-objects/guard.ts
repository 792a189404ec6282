// One tenant's guard: loads its state once, asks the kernel for each decision with the time, stores, answers.
import { DurableObject } from "cloudflare:workers";
import { toDefaultLimits } from "../src/compose.ts";
import type { Env } from "../src/env.ts";
import type { Refusal } from "../src/kernel/domain/refusal.ts";
import type { GuardDecision } from "../src/kernel/guard/admission.ts";
import { decideAdmission, decideExtension, decideSettlements } from "../src/kernel/guard/admission.ts";
import { toBudgetView } from "../src/kernel/guard/budget.ts";
import type { GuardState } from "../src/kernel/guard/state.ts";
import { applyChange, isDurable } from "../src/kernel/guard/state.ts";
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
  readonly #state: GuardState;
  readonly #commit = new GroupCommit();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#store = new GuardStore(state.storage.sql);
    this.#state = this.#store.load(toDefaultLimits(env), Date.now());
  }

  async admit(admission: Admission): Promise<AdmissionAnswer> {
    return this.#keep(decideAdmission(this.#state, admission, Date.now()));
  }

  async extend(runId: string, neededMicroUsd: number): Promise<Refusal | null> {
    const now = Date.now();
    return this.#keep(decideExtension(this.#state, { runId, neededMicroUsd, deadline: now + HOLD_MS }, now));
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await this.#keep(decideSettlements(this.#state, settlements, Date.now()));
  }

  async budget(): Promise<BudgetView> {
    await this.settle([]);
    return toBudgetView(this.#state);
  }

  async configure(change: Partial<Limits>): Promise<BudgetView> {
    const made = { change: "limits", limits: { ...this.#state.limits, ...change } } as const;
    applyChange(this.#state, made);
    await this.#keep({ answer: null, changes: [made] });
    return toBudgetView(this.#state);
  }

  async registryVersion(): Promise<number> {
    return this.#state.registryVersion;
  }

  async noteRegistry(version: number): Promise<void> {
    const made = { change: "registry", version } as const;
    applyChange(this.#state, made);
    await this.#keep({ answer: null, changes: [made] });
  }

  /** Decided in memory first, so that two admissions in one turn see each other; answered once it is stored. */
  async #keep<Answer>(decision: GuardDecision<Answer>): Promise<Answer> {
    if (!decision.changes.some(isDurable)) return decision.answer;
    const leave = this.#commit.enter();
    try {
      await this.#commit.add(() => this.#store.save(this.#state, decision.changes));
    } finally {
      leave();
    }
    return decision.answer;
  }
}
