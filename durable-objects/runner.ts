// One shard of a tenant's runs: stores, wakes and drains for the kernel's Runner; every rule is there.
import { DurableObject } from "cloudflare:workers";
import { clock, toArchive, toRunnerPorts } from "../src/compose.ts";
import type { Env } from "../src/env.ts";
import { type RunId, toTenantId } from "../src/kernel/domain/id.ts";
import type { RunOrder } from "../src/kernel/domain/run.ts";
import { toAuditTrail, toGuard } from "../src/objects.ts";
import { DRAIN_NET_MS, Drainer } from "../src/kernel/execution/drain.ts";
import { Runner as KernelRunner } from "../src/kernel/execution/runner.ts";
import type { PersonsWord, RunnerReply } from "../src/kernel/ports/runners.ts";
import type { Shard } from "../src/storage/object/alarm-clock.ts";
import { AlarmClock } from "../src/storage/object/alarm-clock.ts";
import { GroupCommit } from "../src/storage/object/group-commit.ts";
import { NoticeRows } from "../src/storage/object/notice-rows.ts";
import { ObjectJournal } from "../src/storage/object/journal.ts";

export class Runner extends DurableObject<Env> {
  readonly #runner: KernelRunner;
  readonly #drainer: Drainer;
  readonly #alarm: AlarmClock;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    const { tenant, shard } = parseName(state.id.name ?? "");
    const archive = toArchive(env);
    const journal = new ObjectJournal(state.storage, new GroupCommit());
    this.#alarm = new AlarmClock(state, { tenant, shard }, { archive, clock });
    const wake = (at: number): void => this.#alarm.wake(at);
    const report = (runId: string, cause: unknown): void => console.error(runId, cause);
    const [guard, audit] = [toGuard(env), toAuditTrail(env)];
    this.#drainer = new Drainer({ tenant, journal, guard, audit, archive, report }, clock, wake);
    const drainer = this.#drainer;
    const drain = { drainSoon: () => drainer.soon(), drainNow: () => drainer.now() };
    const notices = new NoticeRows(state.storage.sql);
    const own = { tenant, shard, journal, wake, report, notices, ...drain };
    this.#runner = new KernelRunner(toRunnerPorts(env, own));
  }

  async start(order: string): Promise<RunnerReply> {
    // Written by objects.ts from an order.
    return this.#runner.start(JSON.parse(order) as RunOrder);
  }

  /** JSON: marked values of a result cross the object's border as what they are in JSON. */
  async view(runId: RunId): Promise<string | null> {
    const run = this.#runner.view(runId);
    return run === null ? null : JSON.stringify(run);
  }

  async listOpen(): Promise<string> {
    return JSON.stringify(this.#runner.listOpen());
  }

  /** JSON of what a person says; written by objects.ts. */
  async hear(runId: RunId, word: string): Promise<RunnerReply> {
    return this.#runner.hear(runId, JSON.parse(word) as PersonsWord);
  }

  async cancel(runId: RunId): Promise<string | null> {
    const run = await this.#runner.cancel(runId);
    return run === null ? null : JSON.stringify(run);
  }

  async drain(): Promise<void> {
    await this.#drainer.now();
  }

  async wake(): Promise<void> {
    this.#runner.wakeUp(clock.now());
    this.#drainer.soon();
  }

  /** Never throws: an alarm that fails six times is dropped by the platform. */
  override async alarm(): Promise<void> {
    this.#alarm.hasRung();
    try {
      this.#runner.wakeUp(clock.now());
      await this.#runner.renewHolds(clock.now());
      await this.#drainer.now();
      await this.#runner.tellOfQuestions();
      if (this.#runner.isIdle()) this.#alarm.rest();
      const keysAt = this.#runner.forgetKeys(clock.now());
      if (keysAt !== null) this.#alarm.remind(keysAt);
    } catch (error) {
      console.error("runner alarm", error);
      this.#alarm.wake(clock.now() + DRAIN_NET_MS);
    }
  }
}

/** Objects are named `tenant/shard` by objects.ts. */
function parseName(name: string): Shard {
  const [tenant = "", shard = "0"] = name.split("/");
  return { tenant: toTenantId(tenant), shard: Number(shard) };
}
