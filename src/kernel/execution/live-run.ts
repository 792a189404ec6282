// A run in memory while it is worked on, and its durable form.
import type { Exchange } from "../domain/connector.ts";
import type { Manifest } from "../domain/effect.ts";
import type { RunId } from "../domain/id.ts";
import type { Refusal, WaitingFor } from "../domain/refusal.ts";
import type { GuardSaid } from "../door/host-watch.ts";
import type { RateView } from "../ports/guard.ts";
import {
  type EffectRecord,
  type HeldBack,
  type RunOrder,
  type RunRecord,
  type RunStatus,
  type StepRecord,
  toHold,
} from "../domain/run.ts";

export interface LiveRun {
  readonly id: RunId;
  readonly order: RunOrder;
  readonly createdAt: number;
  status: RunStatus;
  waitingFor: WaitingFor | undefined;
  waitingAt: string | undefined;
  expiresAt: number | undefined;
  deciders: RunRecord["deciders"];
  askedOf: RunRecord["askedOf"];
  question: RunRecord["question"];
  attempts: number;
  steps: Map<string, StepRecord>;
  effects: Map<string, EffectRecord>;
  manifest: Manifest | null;
  approvedBy: RunRecord["approvedBy"];
  extendedMicroUsd: number;
  recording: Exchange[] | null;
  wakeAt: number | null;
  heldBack: HeldBack | null;
  result: unknown;
  answer: string | null;
  details: string | null;
  refusal: Refusal | null;
  events: RunOrder["events"];
  finishedAt: number | null;
  isCancelled: boolean;
  isHeld: boolean;
  isDegraded: boolean;
  /** How its caller's windows stood when it was counted. */
  rates: readonly RateView[];
  /** When it was admitted: services that were left alone. */
  guardSaid: GuardSaid;
  /** What of its hold is surely there: nothing, where the guard has given it to others. */
  heldMicroUsd: number;
  /** Somebody may know of it by now: it does not vanish. */
  isKept: boolean;
}

const NOTHING_SAID: GuardSaid = { epoch: 0, openHosts: [] };

export function newLiveRun(order: RunOrder, id: RunId, now: number): LiveRun {
  return {
    id,
    // Its events are the run's first ones: a record holds them once.
    order: { ...order, events: [] },
    createdAt: now,
    status: order.isAsync ? "queued" : "running",
    waitingFor: undefined,
    waitingAt: undefined,
    expiresAt: undefined,
    deciders: undefined,
    askedOf: undefined,
    question: undefined,
    attempts: 0,
    steps: new Map(),
    effects: new Map(),
    manifest: null,
    approvedBy: null,
    extendedMicroUsd: 0,
    recording: order.record ? [] : null,
    wakeAt: null,
    heldBack: null,
    result: null,
    answer: null,
    details: null,
    refusal: null,
    events: order.events,
    finishedAt: null,
    isCancelled: false,
    isHeld: false,
    isDegraded: false,
    rates: [],
    guardSaid: NOTHING_SAID,
    heldMicroUsd: toHold({ order, extendedMicroUsd: 0 }),
    isKept: false,
  };
}

export function toRecord(live: LiveRun): RunRecord {
  const { steps, effects, isKept: _, rates: _rates, guardSaid: _said, heldMicroUsd: _held, ...rest } = live;
  return { ...rest, steps: [...steps.values()], effects: [...effects.values()] };
}

/** As it was when last saved: finished steps and sent effects are not done again. */
export function fromRecord(record: RunRecord): LiveRun {
  return {
    ...record,
    waitingFor: record.waitingFor,
    waitingAt: record.waitingAt,
    expiresAt: record.expiresAt,
    deciders: record.deciders,
    askedOf: record.askedOf,
    question: record.question,
    steps: new Map(record.steps.map((step) => [step.path, step])),
    effects: new Map(record.effects.map((effect) => [effect.key, effect])),
    recording: record.recording === null ? null : [...record.recording],
    heldBack: record.heldBack ?? null,
    isCancelled: record.isCancelled ?? false,
    isHeld: record.isHeld ?? false,
    isDegraded: record.isDegraded ?? false,
    rates: [],
    guardSaid: NOTHING_SAID,
    heldMicroUsd: toHold(record),
    isKept: true,
  };
}

export function hasSentWrites(live: LiveRun): boolean {
  return [...live.effects.values()].some((effect) => effect.class !== "read" && effect.state !== "planned");
}
