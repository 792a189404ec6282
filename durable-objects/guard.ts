// One tenant's guard: loads its state once, asks the kernel for each decision with the time, stores, answers.
import { DurableObject } from "cloudflare:workers";
import { toDefaultLimits } from "../src/compose.ts";
import type { Env } from "../src/env.ts";
import type { Refusal } from "../src/kernel/domain/refusal.ts";
import {
  decideAdmission,
  decideCaps,
  decideChange,
  decideExtension,
  decideRenewal,
  decideSettlements,
} from "../src/kernel/guard/admission.ts";
import { toBudgetView } from "../src/kernel/guard/budget.ts";
import type {
  Admission,
  AdmissionAnswer,
  BudgetView,
  Caps,
  Extension,
  Limits,
  Payer,
  Spent,
  Settlement,
} from "../src/kernel/ports/guard.ts";
import { HOLD_MS } from "../src/kernel/ports/guard.ts";
import { GuardMemory } from "../src/storage/object/guard-memory.ts";

export class Guard extends DurableObject<Env> {
  readonly #memory: GuardMemory;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#memory = new GuardMemory(state.storage, (store) => store.load(toDefaultLimits(env), Date.now()));
  }

  async admit(admission: Admission): Promise<AdmissionAnswer> {
    return this.#memory.keep((state) => decideAdmission(state, admission, Date.now()));
  }

  async extend(extension: Extension): Promise<Refusal | null> {
    const asked = { ...extension, deadline: Date.now() + HOLD_MS };
    return this.#memory.keep((state) => decideExtension(state, asked, Date.now()));
  }

  async renew(runIds: readonly string[]): Promise<void> {
    const deadline = Date.now() + HOLD_MS;
    await this.#memory.keep((state) => decideRenewal(state, runIds, deadline));
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await this.#memory.keep((state) => decideSettlements(state, settlements, Date.now()));
  }

  async budget(): Promise<BudgetView> {
    await this.settle([]);
    return toBudgetView(this.#memory.state);
  }

  async configure(change: Partial<Limits>): Promise<BudgetView> {
    const limits = { ...this.#memory.state.limits, ...change };
    await this.#memory.keep((state) => decideChange(state, { change: "limits", limits }));
    return toBudgetView(this.#memory.state);
  }

  async cap(payer: Payer, how: { change: Partial<Caps>; spent: Spent }): Promise<BudgetView> {
    await this.#memory.keep((state) => decideCaps(state, { payer, ...how }));
    return toBudgetView(this.#memory.state);
  }

  async pause(payer: Payer, isPaused: boolean): Promise<BudgetView> {
    await this.#memory.keep((state) => decideChange(state, { change: "pause", payer, isPaused }));
    return toBudgetView(this.#memory.state);
  }

  async registryVersion(): Promise<number> {
    return this.#memory.state.registryVersion;
  }

  async noteRegistry(version: number): Promise<void> {
    await this.#memory.keep((state) => decideChange(state, { change: "registry", version }));
  }
}
