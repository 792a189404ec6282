// One shard of a tenant's runs: stores, wakes and drains for the kernel's Runner; every rule is there.
import { DurableObject } from "cloudflare:workers";
import { clock, toArchive, toRunnerPorts, toVault } from "../src/compose/compose.ts";
import type { Env } from "../src/env.ts";
import type { RunId } from "../src/kernel/domain/id.ts";
import type { RunOrder } from "../src/kernel/domain/run.ts";
import { toAuditTrail, toGuard } from "../src/compose/objects.ts";
import { HostWatch } from "../src/kernel/door/host-watch.ts";
import { DRAIN_NET_MS, Drainer } from "../src/kernel/execution/drain.ts";
import { Runner as KernelRunner } from "../src/kernel/execution/runner.ts";
import type { ReplyClaim } from "../src/kernel/ports/replies.ts";
import type { PersonsWord, RunnerReply } from "../src/kernel/ports/runners.ts";
import { AlarmClock, KEYS_MS, parseShard } from "../src/storage/object/alarm-clock.ts";
import { GroupCommit } from "../src/storage/object/group-commit.ts";
import { NoticeRows } from "../src/storage/object/notice-rows.ts";
import { ObjectJournal } from "../src/storage/object/journal.ts";
import type { ReplyKeys } from "../src/storage/object/reply-keys.ts";

export class Runner extends DurableObject<Env> {
  readonly #runner: KernelRunner;
  readonly #drainer: Drainer;
  readonly #alarm: AlarmClock;
  readonly #replies: ReplyKeys;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    const { tenant, shard } = parseShard(state.id.name ?? "");
    const [archive, guard, audit] = [toArchive(env), toGuard(env), toAuditTrail(env)];
    const report = (runId: string, cause: unknown): void => console.error(runId, cause);
    const sealing = { tenant, vault: toVault(env), report };
    const journal = new ObjectJournal(state.storage, new GroupCommit(), sealing);
    this.#replies = journal.replies;
    this.#alarm = new AlarmClock(state, { tenant, shard }, { archive, clock });
    const wake = (at: number): void => this.#alarm.wake(at);
    const hosts = new HostWatch(clock, (call) => guard.tryCall(tenant, call));
    this.#drainer = new Drainer({ tenant, journal, guard, audit, archive, hosts, report }, clock, wake);
    const drain = { drainSoon: () => this.#drainer.soon(), drainNow: () => this.#drainer.now() };
    const notices = new NoticeRows(state.storage.sql);
    const own = { tenant, shard, journal, hosts, wake, report, notices, ...drain };
    this.#runner = new KernelRunner(toRunnerPorts(env, own));
  }

  async start(order: string): Promise<RunnerReply> {
    return this.#runner.start(JSON.parse(order) as RunOrder); // Written by objects.ts from an order.
  }

  /** JSON: marked values of a result cross the object's border as what they are in JSON. */
  async view(runId: RunId): Promise<string> {
    return JSON.stringify(await this.#runner.view(runId));
  }

  async cancel(runId: RunId): Promise<string> {
    return JSON.stringify(await this.#runner.cancel(runId));
  }

  async listOpen(): Promise<string> {
    return JSON.stringify(await this.#runner.listOpen());
  }

  /** JSON of what a person says; written by objects.ts. */
  async hear(runId: RunId, word: string): Promise<RunnerReply> {
    return this.#runner.hear(runId, JSON.parse(word) as PersonsWord);
  }

  async reply(order: string): Promise<ReplyClaim | null> {
    await this.#alarm.remindOnce(clock.now() + KEYS_MS);
    return this.#replies.take(order, clock.now());
  }

  async drain(): Promise<void> {
    await this.#drainer.now();
  }

  async erase(): Promise<void> {
    await this.#drainer.now();
    await Promise.all([this.ctx.storage.deleteAlarm(), this.ctx.storage.deleteAll()]);
  }

  async wake(isNews = false): Promise<void> {
    await this.#runner.wakeUp(clock.now(), isNews);
    this.#drainer.soon();
  }

  /** Never throws: an alarm that fails six times is dropped by the platform. */
  override async alarm(): Promise<void> {
    this.#alarm.hasRung();
    try {
      await this.#runner.wakeUp(clock.now());
      await this.#runner.renewHolds(clock.now());
      await this.#drainer.now();
      await this.#runner.tellOfApprovals();
      if (await this.#runner.isIdle()) this.#alarm.rest();
      this.#alarm.remind(this.#runner.forgetKeys(clock.now()));
    } catch (error) {
      console.error("runner alarm", error);
      this.#alarm.wake(clock.now() + DRAIN_NET_MS);
    }
  }
}
