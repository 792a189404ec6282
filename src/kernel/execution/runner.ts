// A runner: accepts runs, keeps their keys and journals, carries them out, goes on after a crash. The durable object around
// it only stores, wakes and passes calls. Every reply is either an answer, a refusal before the start, or `stale`.
import type { RunId } from "../domain/id.ts";
import { toRunId, toShortRunId } from "../domain/id.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RunOrder, RunRecord } from "../domain/run.ts";
import { toExpiry, toOverrun } from "../domain/run.ts";
import type { KeyClaim, OpenRun } from "../ports/journal.ts";
import type { Declined, PersonsWord, RunnerReply } from "../ports/runners.ts";
import { admitAgain, admitRun, releaseHold } from "./ask-guard.ts";
import { applyTimeout, applyWord, hasTimeLimit, toGoingOn } from "./decisions.ts";
import { isHeldBack } from "./hold-back.ts";
import { tryKeepLive, keepLive, LEASE_MS } from "./keep-live.ts";
import type { LiveRun } from "./live-run.ts";
import { fromRecord, newLiveRun, toRecord } from "./live-run.ts";
import { tellOfApprovals } from "../approval/notices.ts";
import { HoldRenewal } from "./renew-holds.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { workOn } from "./work.ts";

interface Active {
  readonly live: LiveRun;
  /** Settles when the work stops. Null: the run says how it stands. */
  readonly stopped: Promise<Declined | null>;
}

/** More expired keys than one look forgets wait this long for the next. */
const KEYS_AGAIN_MS = 60_000;

export class Runner {
  readonly ports: RunnerPorts;
  readonly #active = new Map<RunId, Active>();
  readonly #renewal: HoldRenewal;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
    this.#renewal = new HoldRenewal(ports);
  }

  async start(order: RunOrder): Promise<RunnerReply> {
    const { ports } = this;
    const waiting = ports.journal.ready();
    if (waiting !== null) await waiting;
    const claimed = this.#claim(order);
    if ("reply" in claimed) return claimed.reply;
    const live = newLiveRun(order, claimed.runId, ports.clock.now());
    const { promise: accepted, resolve: accept } = Promise.withResolvers<null>();
    const active = this.#track(
      live,
      this.#admitAndWork(live, () => accept(null)),
    );
    if (!order.isAsync) return this.#within(active, order.waitMs);
    // Accepted or refused, whichever is known first: an accepted run answers before it is done.
    return (await Promise.race([active.stopped, accepted])) ?? this.#tell(live);
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
      const run = toShortRunId(claim.runId);
      const refusal = { reason: "idempotency_mismatch", key: idempotency.key, run } as const;
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
      return this.#within(active, waitMs).then((reply) =>
        reply.reply === "answer" ? { ...reply, replayed: true, rates: [] } : reply,
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
  async #admitAndWork(live: LiveRun, accept: () => void): Promise<Declined | null> {
    const { ports } = this;
    const declined = await admitRun(ports, live);
    if (declined) return declined;
    live.attempts = 1;
    if (live.order.isAsync) {
      await keepLive(ports, live);
      accept();
    }
    return this.#work(live);
  }

  async #work(live: LiveRun): Promise<Declined | null> {
    const progress = await workOn(this.ports, live);
    if (progress.progress === "refused") {
      await this.ports.journal.forget(live.id);
      await releaseHold(this.ports, live, true);
      this.ports.drainSoon();
      return refused(progress.refusal, live.events, live.rates);
    }
    // Waiting or to be tried again later: it gives its money back and is admitted anew when it wakes.
    if (progress.progress === "stopped") await releaseHold(this.ports, live, false);
    else if (live.order.rehearsal === null) await this.#leave(live);
    return null;
  }

  /** What was billed beyond its hold is known to the guard before anybody hears the answer, and asks again. */
  async #leave(live: LiveRun): Promise<void> {
    this.ports.drainSoon();
    if (toOverrun(toRecord(live)) > 0) await this.ports.drainNow().catch(() => undefined);
  }

  /** The reply, or where the run stands when the caller's patience ends first; what cannot be kept is not promised. */
  async #within({ live, stopped }: Active, waitMs: number): Promise<RunnerReply> {
    const { promise: late, resolve } = Promise.withResolvers<"late">();
    const callOff = this.ports.clock.after(waitMs, () => resolve("late"));
    const first = await Promise.race([stopped, late]);
    callOff();
    if (first !== "late") return first ?? this.#tell(live);
    // Over already, and only its last write is awaited: the reply is as good as there.
    const isKept = live.finishedAt === null && (await tryKeepLive(this.ports, live));
    return (isKept ? null : await stopped) ?? this.#tell(live);
  }

  #tell(live: LiveRun): RunnerReply {
    const { id: runId, rates } = live;
    return { reply: "answer", runId, answer: this.ports.toAnswer(toRecord(live)), replayed: false, rates };
  }

  #track(live: LiveRun, working: Promise<Declined | null>): Active {
    const leave = this.ports.journal.enter();
    const stopped = working.finally(() => {
      leave();
      this.#active.delete(live.id);
    });
    const active = { live, stopped };
    this.#active.set(live.id, active);
    // Whoever waits gets the error; an asynchronous run has nobody waiting.
    stopped.catch(() => undefined);
    return active;
  }

  /** Takes up an unfinished run that nobody works on. */
  #resume(runId: RunId, isNews = false): Active | null {
    const record = this.ports.journal.loadLive(runId);
    const isDue = isNews || (record?.wakeAt ?? 0) <= this.ports.clock.now();
    if (!record || (record.status === "waiting" && !(isHeldBack(record) && isDue))) return null;
    const live = toGoingOn(record);
    live.wakeAt = null;
    return this.#track(live, this.#admitAndWorkAgain(live));
  }

  async #admitAndWorkAgain(live: LiveRun): Promise<Declined | null> {
    // Durable before anything else: a decision that was taken, and an attempt that kills this runner.
    live.attempts += 1;
    await tryKeepLive(this.ports, live);
    // A no, or a time that ran out, is carried out whatever the guard says.
    if (live.refusal === null) await admitAgain(this.ports, live);
    return this.#work(live);
  }

  /**
   * Called by the alarm and after a restart: every unfinished run is either being worked on, waits, or starts again. `isNews`:
   * what held runs back may be over.
   */
  async wakeUp(now: number, isNews = false): Promise<void> {
    await this.ports.journal.ready();
    for (const record of this.ports.journal.listLive()) {
      if (this.#active.has(record.id)) continue;
      const isTriedNow = isNews && isHeldBack(record);
      if (record.status === "waiting" && !isHeldBack(record)) this.#expire(record, now);
      else if (record.wakeAt !== null && record.wakeAt > now && !isTriedNow) this.ports.wake(record.wakeAt);
      else this.#resume(record.id, isTriedNow);
    }
    if (this.#active.size > 0) this.ports.wake(now + LEASE_MS);
  }

  async renewHolds(now: number): Promise<void> {
    await this.#renewal.renew(
      [...this.#active.values()].map(({ live }) => live),
      now,
    );
  }

  /** Those who may answer what waits hear of it. */
  async tellOfApprovals(): Promise<void> {
    await tellOfApprovals(this.ports);
  }

  /** Answers when to come again for the next keys; infinity: there are none. */
  forgetKeys(now: number): number {
    return Math.max(this.ports.journal.dropExpiredKeys(now), now + KEYS_AGAIN_MS);
  }

  /** What nobody answered in time ends as was said beforehand, and never with a yes. */
  #expire(open: OpenRun, now: number): void {
    if (!hasTimeLimit(open)) return;
    const expiresAt = toExpiry(open);
    if (expiresAt > now) {
      this.ports.wake(expiresAt);
      return;
    }
    const record = this.ports.journal.loadLive(open.id);
    const live = record === null ? null : applyTimeout(record, now);
    if (live !== null) this.#track(live, this.#work(live));
  }

  /** Whether anything here still has to happen. */
  async isIdle(): Promise<boolean> {
    await this.ports.journal.ready();
    return this.#active.size === 0 && this.ports.journal.listLive().every((run) => run.status === "waiting");
  }

  async view(runId: RunId): Promise<RunRecord | null> {
    const active = this.#active.get(runId);
    if (active) return toRecord(active.live);
    await this.ports.journal.ready();
    return this.ports.journal.loadLive(runId) ?? this.ports.journal.loadEnd(runId);
  }

  /** Unfinished runs as they stand. */
  async listOpen(): Promise<readonly RunRecord[]> {
    const { journal } = this.ports;
    await journal.ready();
    const working = [...this.#active.values()].map(({ live }) => toRecord(live));
    const idle = journal.liveIds().filter((id) => !this.#active.has(id));
    return [...working, ...idle.map((id) => journal.loadLive(id)).filter((record) => record !== null)];
  }

  /** One word wins: the run is taken up in the same turn in which it is looked at, and goes on from there, once. */
  async hear(runId: RunId, said: PersonsWord): Promise<RunnerReply> {
    await this.ports.journal.ready();
    return this.#goOn(applyWord(this.#loadIdle(runId), said, this.ports.clock.now()));
  }

  #loadIdle(runId: RunId): RunRecord | null {
    return this.#active.has(runId) ? null : this.ports.journal.loadLive(runId);
  }

  async #goOn(decided: ReturnType<typeof applyWord>): Promise<RunnerReply> {
    if ("refusal" in decided) return refused(decided.refusal, []);
    const { live } = decided;
    return this.#within(this.#track(live, this.#admitAndWorkAgain(live)), live.order.waitMs);
  }

  async cancel(runId: RunId): Promise<RunRecord | null> {
    const active = this.#active.get(runId);
    if (active) {
      active.live.isCancelled = true;
      await tryKeepLive(this.ports, active.live);
      return toRecord(active.live);
    }
    await this.ports.journal.ready();
    const record = this.#loadIdle(runId);
    if (!record) return this.view(runId);
    const live = fromRecord(record);
    live.isCancelled = true;
    live.refusal = { reason: "cancelled" };
    // Told once it is durable: a crash after the answer must not leave the question open.
    await this.#track(live, this.#work(live)).stopped;
    return toRecord(live);
  }
}

function refused(refusal: Refusal, events: RunOrder["events"], rates: LiveRun["rates"] = []): Declined {
  return { reply: "refused", refusal, events, rates };
}
