// One tenant's guard: loads its state once, asks the kernel for each decision with the time, stores, answers.
import { DurableObject } from "cloudflare:workers";
import { clock, isStrict, toArchive, toAuditRows, toDefaultLimits } from "../src/compose/compose.ts";
import type { Env } from "../src/env.ts";
import { toTenantId } from "../src/kernel/domain/id.ts";
import type { Refusal } from "../src/kernel/domain/refusal.ts";
import {
  decideAdmission,
  decideChange,
  decideExtension,
  decideRenewal,
} from "../src/kernel/guard/admission.ts";
import { toBudgetView, toStanding } from "../src/kernel/guard/budget.ts";
import { decideCall } from "../src/kernel/guard/hosts.ts";
import { decideOrder } from "../src/kernel/guard/orders.ts";
import { decideSettlements } from "../src/kernel/guard/settlement.ts";
import type * as port from "../src/kernel/ports/guard.ts";
import type { Chain } from "../src/kernel/ports/audit.ts";
import { AuditBook, type AuditOrder } from "../src/storage/object/audit-book.ts";
import { GuardMemory } from "../src/storage/object/guard-memory.ts";
import { GuardNews } from "../src/storage/object/guard-news.ts";
import type { GuardStore } from "../src/storage/object/guard-store.ts";

export class Guard extends DurableObject<Env> {
  readonly #memory: GuardMemory;
  readonly #audit: AuditBook;
  readonly #news: GuardNews;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    const load = (store: GuardStore) => store.load(toDefaultLimits(env), Date.now());
    this.#memory = new GuardMemory(state.storage, { isStrict: isStrict(env), load });
    this.#audit = new AuditBook(state, toAuditRows(env), clock);
    // Guards are named by their tenant in objects.ts.
    this.#news = new GuardNews(toTenantId(state.id.name ?? ""), {
      archive: toArchive(env),
      book: this.#audit,
    });
  }

  async admit(admission: port.Admission): Promise<port.AdmissionAnswer> {
    const answer = await this.#memory.keep((state) => decideAdmission(state, admission, Date.now()));
    this.#audit.noteAdmission(admission, answer);
    return answer;
  }

  async extend(extension: port.Extension): Promise<Refusal | null> {
    return this.#memory.keep((state) => decideExtension(state, extension, Date.now()));
  }

  async renew(runIds: readonly string[]): Promise<readonly string[]> {
    return this.#memory.keep((state) => decideRenewal(state, runIds, Date.now()));
  }

  async tryCall(call: port.HostCall): Promise<Refusal | null> {
    return this.#memory.keep((state) => decideCall(state, call, Date.now()));
  }

  async settle(
    settlements: readonly port.Settlement[],
    calls: readonly port.CallTally[] = [],
  ): Promise<void> {
    const told = { settlements, calls };
    const news = await this.#memory.keep((state) => decideSettlements(state, told, Date.now()));
    await this.#news.tell(this.#memory.state, news, Date.now());
  }

  async budget(): Promise<port.BudgetView> {
    await this.settle([]);
    return toBudgetView(this.#memory.state, Date.now());
  }

  async change(order: port.GuardOrder): Promise<port.BudgetView> {
    await this.#memory.keep((state) => decideOrder(state, order, Date.now()));
    return this.budget();
  }

  /** JSON: the bodies of entries are of any form. */
  async audit(order: string): Promise<void> {
    // Written by objects.ts from an order.
    await this.#audit.take(JSON.parse(order) as AuditOrder);
  }

  async auditChain(): Promise<Chain> {
    return this.#audit.chain();
  }

  override async alarm(): Promise<void> {
    await this.#audit.ring();
  }

  async standing(): Promise<port.Standing> {
    return toStanding(this.#memory.state);
  }

  async noteRegistry(version: number, isOfPolicies: boolean): Promise<void> {
    await this.#memory.keep((state) => decideChange(state, { change: "registry", version, isOfPolicies }));
  }
}
