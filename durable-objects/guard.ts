// One tenant's guard: loads its state once, asks the kernel for each decision with the time, stores, answers.
import { DurableObject } from "cloudflare:workers";
import { toAuditRows, toDefaultLimits } from "../src/compose.ts";
import type { Env } from "../src/env.ts";
import type { Refusal } from "../src/kernel/domain/refusal.ts";
import {
  decideAdmission,
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
  Limits,
  Settlement,
} from "../src/kernel/ports/guard.ts";
import { HOLD_MS } from "../src/kernel/ports/guard.ts";
import type { AuditEntry, Chain, RefusalNote } from "../src/kernel/ports/audit.ts";
import { AuditBook } from "../src/storage/object/audit-book.ts";
import { GuardMemory } from "../src/storage/object/guard-memory.ts";

/** The database was away. */
const AGAIN_MS = 5_000;

export class Guard extends DurableObject<Env> {
  readonly #memory: GuardMemory;
  readonly #audit: AuditBook;
  #alarmAt = Number.POSITIVE_INFINITY;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#memory = new GuardMemory(state.storage, (store) => store.load(toDefaultLimits(env), Date.now()));
    this.#audit = new AuditBook({
      // Objects are named by their tenant in objects.ts.
      tenant: `ten_${(state.id.name ?? "").replace(/^ten_/, "")}`,
      storage: state.storage,
      rows: toAuditRows(env),
      now: () => Date.now(),
      wake: (at) => this.#wake(at),
    });
  }

  async admit(admission: Admission): Promise<AdmissionAnswer> {
    const answer = await this.#memory.keep((state) => decideAdmission(state, admission, Date.now()));
    this.#audit.noteAdmission(admission, answer);
    return answer;
  }

  async extend(runId: string, neededMicroUsd: number): Promise<Refusal | null> {
    const asked = { runId, neededMicroUsd, deadline: Date.now() + HOLD_MS };
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

  /** JSON: the bodies of entries are of any form. */
  async note(entries: string): Promise<void> {
    // Written by objects.ts from entries.
    this.#audit.note(JSON.parse(entries) as AuditEntry[]);
  }

  async noteRefusal(note: RefusalNote): Promise<void> {
    this.#audit.noteRefusal(note);
  }

  async auditChain(): Promise<Chain> {
    return this.#audit.chain();
  }

  async forgetAudit(before: number): Promise<void> {
    await this.#audit.forget(before);
  }

  /** Never throws: an alarm that fails six times is dropped by the platform. */
  override async alarm(): Promise<void> {
    this.#alarmAt = Number.POSITIVE_INFINITY;
    try {
      await this.#audit.drain();
    } catch (error) {
      console.error("guard alarm", error);
      this.#wake(Date.now() + AGAIN_MS);
    }
  }

  /** Setting an alarm costs a commit: only when the one that is set would ring too late. */
  #wake(at: number): void {
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    void this.ctx.storage.setAlarm(at);
  }

  async registryVersion(): Promise<number> {
    return this.#memory.state.registryVersion;
  }

  async noteRegistry(version: number): Promise<void> {
    await this.#memory.keep((state) => decideChange(state, { change: "registry", version }));
  }
}
