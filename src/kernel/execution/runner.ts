// A runner: accepts runs, keeps their keys and journals, carries them out, goes on after a crash. The durable object around
// it only stores, wakes and passes calls. Every reply is either an answer, a refusal before the start, or `stale`.
import type { RunId, TenantId } from "../domain/id.ts";
import { toRunId } from "../domain/id.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RunOrder, RunRecord } from "../domain/run.ts";
import { APPROVAL_MS } from "../domain/run.ts";
import type { Guard } from "../ports/guard.ts";
import type { Ids } from "../ports/ids.ts";
import type { Journal, KeyClaim, StoredAnswer } from "../ports/journal.ts";
import { toExcluded, toManifest } from "../stages/approve.ts";
import { admitAgain, admitRun, releaseHold } from "./admit-run.ts";
import type { AttemptPorts } from "./attempt.ts";
import type { LiveRun } from "./live-run.ts";
import { forget, fromRecord, newLiveRun, toRecord } from "./live-run.ts";
import type { Progress } from "./work.ts";
import { isKept, LEASE_MS, workOn } from "./work.ts";

export type RunnerReply =
  | {
      readonly reply: "answer";
      readonly runId: RunId;
      readonly answer: StoredAnswer;
      readonly replayed: boolean;
    }
  | { readonly reply: "refused"; readonly refusal: Refusal; readonly events: RunOrder["events"] }
  | { readonly reply: "stale"; readonly version: number };

export interface RunnerPorts extends Omit<AttemptPorts, "extendHold" | "saveLive"> {
  readonly tenant: TenantId;
  readonly shard: number;
  readonly ids: Ids;
  readonly guard: Guard;
  readonly journal: Journal;
  /** What the caller is told of a run in this state. */
  readonly toAnswer: (run: RunRecord) => StoredAnswer;
  /** Asks to be woken at this time at the latest; never awaited on a request's way. */
  readonly wake: (at: number) => void;
  readonly drainSoon: () => void;
}

interface Active {
  readonly live: LiveRun;
  readonly reply: Promise<RunnerReply>;
}

export class Runner {
  readonly ports: RunnerPorts;
  readonly #active = new Map<RunId, Active>();

  constructor(ports: RunnerPorts) {
    this.ports = ports;
  }

  async start(order: RunOrder): Promise<RunnerReply> {
    const { ports } = this;
    const claimed = this.#claim(order);
    if ("reply" in claimed) return claimed.reply;
    const live = newLiveRun(order, claimed.runId, ports.clock.now());
    const { promise: accepted, resolve: accept } = Promise.withResolvers<void>();
    const reply = this.#track(live, this.#admitAndWork(live, accept));
    if (!order.isAsync) return this.#within(live, reply, order.waitMs);
    // Accepted or refused, whichever is known first: an accepted run answers before it is done.
    const early = await Promise.race([reply, accepted.then(() => null)]);
    return early ?? this.#tell(live, false);
  }

  /** The id that this run gets, or the reply of the run that has its key. */
  #claim(order: RunOrder): { readonly runId: RunId } | { readonly reply: Promise<RunnerReply> } {
    const { ids, journal, shard, clock } = this.ports;
    const { idempotency } = order;
    const runId = toRunId(shard, ids.ulid());
    if (idempotency === null) return { runId };
    const now = clock.now();
    const claim = journal.claimKey({ ...idempotency, runId, now, expiresAt: now + idempotency.ttlMs });
    if (claim.claim === "new") return { runId };
    if (claim.claim === "other_body") {
      const refusal = { reason: "idempotency_mismatch", key: idempotency.key } as const;
      return { reply: Promise.resolve(refused(refusal, order.events)) };
    }
    const joined = this.#join(claim, order.waitMs);
    // A crash between claim and journal: nothing was written, so the run starts anew under the id it was given then.
    return joined ? { reply: joined } : { runId: claim.runId };
  }

  /** Null: nobody works on the run and nothing of it was kept. */
  #join(claim: Extract<KeyClaim, { claim: "known" }>, waitMs: number): Promise<RunnerReply> | null {
    const { runId, answer } = claim;
    if (answer) return Promise.resolve({ reply: "answer", runId, answer, replayed: true });
    const active = this.#active.get(runId) ?? this.#resume(runId);
    if (active) {
      return this.#within(active.live, active.reply, waitMs).then((reply) =>
        reply.reply === "answer" ? { ...reply, replayed: true } : reply,
      );
    }
    const record = this.ports.journal.loadLive(runId);
    if (!record) return null;
    return Promise.resolve({
      reply: "answer",
      runId,
      answer: this.ports.toAnswer(record),
      replayed: true,
    });
  }

  /** Admission, then the work. `accept` is called once the run is durable, for those who do not wait for its end. */
  async #admitAndWork(live: LiveRun, accept: () => void): Promise<RunnerReply> {
    const { ports } = this;
    const stopped = await admitRun(ports, live);
    if (stopped) return stopped;
    live.attempts = 1;
    if (live.order.isAsync) {
      ports.journal.saveLive(toRecord(live));
      ports.wake(ports.clock.now() + LEASE_MS);
      accept();
    }
    return this.#work(live);
  }

  async #work(live: LiveRun): Promise<RunnerReply> {
    const progress: Progress = await workOn(this.ports, live);
    if (progress.progress === "refused") {
      this.ports.journal.freeKey(live.id);
      this.ports.journal.dropLive(live.id);
      await releaseHold(this.ports, live, true);
      return refused(progress.refusal, live.events);
    }
    if (progress.progress === "stopped") {
      // Waiting or to be tried again later: it gives its money back and is admitted anew when it wakes.
      await releaseHold(this.ports, live, false);
      if (live.wakeAt !== null) this.ports.wake(live.wakeAt);
      return this.#tell(live, false);
    }
    if (live.order.rehearsal === null) this.ports.drainSoon();
    return { reply: "answer", runId: live.id, answer: progress.answer, replayed: false };
  }

  /** The reply, or where the run stands when the caller's patience ends first; what cannot be kept is not promised. */
  async #within(live: LiveRun, reply: Promise<RunnerReply>, waitMs: number): Promise<RunnerReply> {
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const callOff = this.ports.clock.after(waitMs, () => resolve(null));
    const first = await Promise.race([reply, late]);
    callOff();
    if (first) return first;
    if (!isKept(this.ports, live)) return reply;
    this.ports.wake(this.ports.clock.now() + LEASE_MS);
    return this.#tell(live, false);
  }

  #tell(live: LiveRun, replayed: boolean): RunnerReply {
    return { reply: "answer", runId: live.id, answer: this.ports.toAnswer(toRecord(live)), replayed };
  }

  #track(live: LiveRun, reply: Promise<RunnerReply>): Promise<RunnerReply> {
    this.#active.set(live.id, { live, reply });
    const tracked = reply.finally(() => this.#active.delete(live.id));
    // Whoever waits gets the error; an asynchronous run has nobody waiting.
    tracked.catch(() => undefined);
    return tracked;
  }

  /** Takes up an unfinished run that nobody works on. */
  #resume(runId: RunId): Active | null {
    const record = this.ports.journal.loadLive(runId);
    if (!record || record.status === "waiting") return null;
    const live = fromRecord(record);
    live.status = "running";
    live.wakeAt = null;
    const reply = this.#track(live, this.#admitAndWorkAgain(live));
    return { live, reply };
  }

  async #admitAndWorkAgain(live: LiveRun): Promise<RunnerReply> {
    // Durable before anything else: an attempt that kills this runner has to count.
    live.attempts += 1;
    isKept(this.ports, live);
    await admitAgain(this.ports, live);
    return this.#work(live);
  }

  /** Called by the alarm and after a restart: every unfinished run is either being worked on, waits, or starts again. */
  wakeUp(now: number): void {
    for (const record of this.ports.journal.listLive()) {
      if (this.#active.has(record.id)) continue;
      if (record.status === "waiting") this.#expire(record, now);
      else if (record.wakeAt !== null && record.wakeAt > now) this.ports.wake(record.wakeAt);
      else this.#resume(record.id);
    }
    if (this.#active.size > 0) this.ports.wake(now + LEASE_MS);
    this.ports.journal.dropExpiredKeys(now);
  }

  /** A question that nobody answered in time is answered with no. */
  #expire(record: RunRecord, now: number): void {
    const expiresAt = record.createdAt + APPROVAL_MS;
    if (record.waitingFor !== "approval") return;
    if (expiresAt > now) {
      this.ports.wake(expiresAt);
      return;
    }
    const live = fromRecord(record);
    live.refusal = { reason: "gone", message: "Nobody answered the question in time. Nothing was changed." };
    void this.#track(live, this.#work(live));
  }

  /** Whether anything here still has to happen. */
  isIdle(): boolean {
    return this.#active.size === 0 && this.ports.journal.listLive().every((run) => run.status === "waiting");
  }

  view(runId: RunId): RunRecord | null {
    const active = this.#active.get(runId);
    if (active) return toRecord(active.live);
    return this.ports.journal.loadLive(runId) ?? this.ports.journal.loadEnd(runId);
  }

  /** Unfinished runs as they stand. */
  listOpen(): readonly RunRecord[] {
    const working = [...this.#active.values()].map(({ live }) => toRecord(live));
    return [...working, ...this.ports.journal.listLive().filter((record) => !this.#active.has(record.id))];
  }

  /** One decision wins: the status changes in the same turn in which it is looked at. */
  async decide(
    runId: RunId,
    decision: { user: string; approve: boolean; excluded: readonly string[] },
  ): Promise<RunnerReply> {
    const record = this.ports.journal.loadLive(runId);
    if (
      !record ||
      record.status !== "waiting" ||
      record.waitingFor !== "approval" ||
      this.#active.has(runId)
    ) {
      return refused({ reason: "conflict", message: "This run is not waiting for a decision any more." }, []);
    }
    const named = toExcluded(record.manifest?.writes ?? [], decision.excluded);
    if ("refusal" in named) return refused(named.refusal, []);
    const live = fromRecord(record);
    if (!decision.approve) live.refusal = { reason: "approval_denied", by: decision.user };
    if (decision.approve) this.#agree(live, decision.user, named.excluded);
    return this.#goOn(live);
  }

  async #goOn(live: LiveRun): Promise<RunnerReply> {
    live.status = "running";
    live.waitingFor = undefined;
    live.waitingAt = undefined;
    this.ports.journal.saveLive(toRecord(live));
    this.ports.wake(this.ports.clock.now() + LEASE_MS);
    return this.#within(live, this.#track(live, this.#admitAndWorkAgain(live)), live.order.waitMs);
  }

  /** A person says whether a write whose answer was lost did happen; then the run goes on from there, once. */
  async resolve(runId: RunId, resolution: { user: string; happened: boolean }): Promise<RunnerReply> {
    const record = this.ports.journal.loadLive(runId);
    if (
      !record ||
      record.status !== "waiting" ||
      record.waitingFor !== "outcome" ||
      this.#active.has(runId)
    ) {
      return refused({ reason: "conflict", message: "This run does not wait for an outcome." }, []);
    }
    const live = fromRecord(record);
    const effect = live.effects.get(live.waitingAt ?? "");
    if (effect && resolution.happened)
      live.effects.set(effect.key, { ...effect, state: "done", answer: { resolved_by: resolution.user } });
    if (effect && !resolution.happened) forget(live, effect);
    return this.#goOn(live);
  }

  #agree(live: LiveRun, user: string, excluded: readonly string[]): void {
    live.approvedBy = { user, at: this.ports.clock.now(), how: "a person" };
    if (live.manifest && excluded.length > 0) {
      live.manifest = toManifest(live.order.plan.hash, live.manifest.writes, excluded);
    }
  }

  cancel(runId: RunId): RunRecord | null {
    const active = this.#active.get(runId);
    if (active) {
      active.live.isCancelled = true;
      isKept(this.ports, active.live);
      this.ports.wake(this.ports.clock.now() + LEASE_MS);
      return toRecord(active.live);
    }
    const record = this.ports.journal.loadLive(runId);
    if (!record) return this.ports.journal.loadEnd(runId);
    const live = fromRecord(record);
    live.isCancelled = true;
    live.refusal = { reason: "cancelled" };
    void this.#track(live, this.#work(live));
    return toRecord(live);
  }
}

function refused(refusal: Refusal, events: RunOrder["events"]): RunnerReply {
  return { reply: "refused", refusal, events };
}
