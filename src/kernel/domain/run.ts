// A run: what was ordered, what happened to each step and effect, and what is told to the caller.
import type { Exchange } from "./connector.ts";
import type { PaidPart } from "./correction.ts";
import type { EffectClass, Manifest, Origin, PlannedWrite } from "./effect.ts";
import type { TelemetryEvent } from "./event.ts";
import type { RunId, SkillId } from "./id.ts";
import type { MicroUsd } from "./money.ts";
import type { Plan } from "./plan.ts";
import type { Principal, Role } from "./principal.ts";
import type { Question } from "./question.ts";
import { invariant, type Refusal, type WaitingFor } from "./refusal.ts";
import type { Locale } from "./text.ts";

export type RunStatus = "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | "planned";

const ENDED: Readonly<Record<RunStatus, boolean>> = {
  queued: false,
  running: false,
  waiting: false,
  succeeded: true,
  failed: true,
  cancelled: true,
  planned: true,
};

export function hasEnded(status: RunStatus): boolean {
  return ENDED[status];
}

/** What routing and parameter finding told the caller; carried along so that every answer of the run can repeat it. */
export interface Understanding {
  /** What the skill says of itself, in the language of the request. */
  readonly description?: string;
  /** What it calls the names and words of its input and output there. */
  readonly names?: Readonly<Record<string, string>>;
  readonly confidence: number | null;
  readonly alternatives: readonly { readonly skill: SkillId; readonly confidence: number }[];
  /** The run that chose between two that fitted about equally well. */
  readonly chosenBy?: RunId;
  readonly understood: readonly { readonly name: string; readonly value: unknown; readonly words: string }[];
}

/** Mocks of a skill test: no effect leaves, the store is a scratch one. */
export interface Rehearsal {
  /** The time of the test, UTC milliseconds. */
  readonly now: number;
  readonly store: string;
  readonly mocks: Readonly<Record<string, readonly Exchange[]>>;
}

/** What the pipeline hands to a runner. Plain data: it crosses an object boundary and is stored. */
/** Requests under one key are one run. */
export interface RunKey {
  readonly key: string;
  readonly bodyHash: string;
  readonly ttlMs: number;
  /** Of an event, which is one run whatever became of it. A caller's key is free again when its run failed before any write. */
  readonly isEvent?: true;
}

export interface RunOrder {
  readonly requestId: string;
  readonly principal: Principal;
  readonly channel: string;
  /** The words of the request: the tenant's data, never telemetry. */
  readonly query: string | null;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly currency: string;
  readonly plan: Plan;
  readonly understanding: Understanding;
  /** Null: not a keyed request. */
  readonly idempotency: RunKey | null;
  readonly dryRun: boolean;
  /** A trial only because nobody said what to do: where it finds nothing that would be written, the run goes on. */
  readonly goesOnIdle: boolean;
  /** The caller said yes, and policy lets them decide. */
  readonly approved: boolean;
  /** Beside its user, whoever gave what it is made of: nobody of them agrees to it. */
  readonly askers?: readonly string[];
  readonly approval: {
    readonly needed: "yes" | "no" | "unknown";
    readonly by: Role;
    readonly always: boolean;
  };
  /** How long the question stands, and what becomes of it then. */
  readonly terms: ApprovalTerms;
  /** Plan-and-manifest hash the caller agreed to. */
  readonly agreedHash: string | null;
  /** What that list held, where its trial is known. */
  readonly agreedWrites?: readonly PlannedWrite[];
  readonly excluded: readonly string[];
  readonly data: "live" | "practice";
  readonly allowStale: boolean;
  readonly record: boolean;
  readonly isAsync: boolean;
  readonly waitMs: number;
  readonly maxRetries: number;
  readonly catalogueVersion: number;
  readonly debug: boolean;
  readonly rehearsal: Rehearsal | null;
  readonly events: readonly TelemetryEvent[];
}

export interface StepRecord {
  readonly path: string;
  readonly kind: string;
  readonly status: "succeeded" | "failed" | "skipped";
  readonly startedAt: number;
  readonly durationMs: number;
  readonly attempts: number;
  readonly costMicroUsd: MicroUsd;
  readonly value?: unknown;
  /** A person's answer is its value. */
  readonly answeredBy?: { readonly user: string; readonly at: number };
  /** Nobody knows what it answers: its write was only planned, was left out, or it depends on one of those. */
  readonly isUnknown?: true;
  readonly problem?: string | undefined;
}

/**
 * `sent` without an answer is an unknown outcome. `failed` did not happen. `doubtful`: a write that cannot be deduplicated was
 * answered with a fault of its target; nobody knows what was done before that fault, so it is never sent again.
 */
export type EffectState = "sent" | "done" | "failed" | "doubtful" | "planned";

export interface EffectRecord {
  readonly key: string;
  readonly step: string;
  readonly class: EffectClass;
  readonly via: string;
  readonly connector?: string | undefined;
  readonly target: string;
  /** Beside its target: where redirects led it, the newest last. Absent: nowhere. */
  readonly hops?: readonly string[] | undefined;
  readonly state: EffectState;
  readonly costMicroUsd: MicroUsd;
  readonly tokens: number;
  readonly durationMs: number;
  readonly origin: Origin;
  readonly asOf?: number | undefined;
  readonly total?: number | undefined;
  /** What of its cost was settled when its run stopped to wait, and when: in the ledger as in the budget. */
  readonly paid?: readonly { readonly at: number; readonly microUsd: MicroUsd }[] | undefined;
  /** How it failed. */
  readonly problem?: string | undefined;
  /** The answer of a write, kept so that a resumed run does not send it again. */
  readonly answer?: unknown;
}

/** A run that was to go on and may not yet, for something that passes. */
export interface HeldBack {
  readonly refusal: Refusal;
  readonly since: number;
  readonly tries: number;
  /** It is tried until then, and not for longer. */
  readonly endsAt: number;
}

/** Of many, some. */
export interface AskedOf {
  /** Those whose yes counts. */
  readonly who: readonly string[];
  /** Of these, who get no link, because somebody who asked has set their address. */
  readonly unlinked: readonly string[];
}

export interface ApprovedBy {
  readonly user: string;
  readonly at: number;
  readonly how: string;
  /** He put something into it himself: there was nobody else to ask. */
  readonly isOwn?: true;
}

export interface RunRecord {
  readonly id: RunId;
  readonly order: RunOrder;
  readonly status: RunStatus;
  readonly waitingFor?: WaitingFor | undefined;
  /** The effect key or step path it waits at. */
  readonly waitingAt?: string | undefined;
  /** What a person is asked, where it waits for input. */
  readonly question?: Question | undefined;
  /** Beside all who asked, those who could say yes when the question was put, or within the day before; of many, some. */
  readonly deciders?: readonly string[] | undefined;
  /** Of its question, as it was put. */
  readonly askedOf?: AskedOf | undefined;
  /** When nobody's answer is waited for any more. */
  readonly expiresAt?: number | undefined;
  readonly attempts: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly steps: readonly StepRecord[];
  readonly effects: readonly EffectRecord[];
  readonly manifest: Manifest | null;
  readonly approvedBy: ApprovedBy | null;
  readonly result: unknown;
  readonly answer: string | null;
  readonly details: string | null;
  readonly refusal: Refusal | null;
  readonly events: readonly TelemetryEvent[];
  /** Asked of the guard beyond the forecast, because a price was only known on the way. */
  readonly extendedMicroUsd: MicroUsd;
  readonly recording: readonly Exchange[] | null;
  /** When a retry or a sleep is due. */
  readonly wakeAt: number | null;
  /** While it waits for time; and when it goes on, so that all its tries together have an end. */
  readonly heldBack?: HeldBack | null;
  /** Asked for while it ran: looked at before each step, after a crash too. */
  readonly isCancelled?: boolean;
  /** The guard counts it among the runs under way, whether or not it costs anything. */
  readonly isHeld?: boolean;
  /** Near the budget's end: its models are the cheaper ones. */
  readonly isDegraded?: boolean;
}

/** What the guard reserves for it: the most that its plan may cost, and what it was extended by. */
export function toHold({ order, extendedMicroUsd }: Pick<RunRecord, "order" | "extendedMicroUsd">): MicroUsd {
  return order.plan.forecast.upperMicroUsd + extendedMicroUsd;
}

/** What a run has cost so far: the sum of its effects. */
export function toCost(run: Pick<RunRecord, "effects">): MicroUsd {
  return run.effects.reduce((sum, effect) => sum + effect.costMicroUsd, 0);
}

/** What was billed beyond all that was held for it. */
export function toOverrun(run: Pick<RunRecord, "effects" | "order" | "extendedMicroUsd">): MicroUsd {
  return Math.max(0, toCost(run) - toHold(run));
}

function toPaid({ paid = [] }: EffectRecord): MicroUsd {
  return paid.reduce((sum, { microUsd }) => sum + microUsd, 0);
}

/** The run stops and is settled as far as it is: what it has cost counts from now. */
export function withPaid(effect: EffectRecord, at: number): EffectRecord {
  const microUsd = effect.costMicroUsd - toPaid(effect);
  return microUsd > 0 ? { ...effect, paid: [...(effect.paid ?? []), { at, microUsd }] } : effect;
}

/** When which part of it was spent; what was not settled before counts when its run ended. */
export function toParts(effect: EffectRecord, endedAt: number): NonNullable<EffectRecord["paid"]> {
  return withPaid(effect, endedAt).paid ?? [];
}

/** What of a run was spent when, of all its effects; what is not settled yet counts at `endedAt`, where it has ended. */
export function toSpentParts(
  { effects }: Pick<RunRecord, "effects">,
  endedAt: number | null,
): readonly PaidPart[] {
  const sums = new Map<number, MicroUsd>();
  const parts = effects.flatMap((effect) =>
    endedAt === null ? (effect.paid ?? []) : toParts(effect, endedAt),
  );
  for (const { at, microUsd } of parts) sums.set(at, (sums.get(at) ?? 0) + microUsd);
  return [...sums].map(([at, microUsd]) => ({ at, microUsd })).toSorted((one, other) => one.at - other.at);
}

/** When it was settled last while it went on. */
export function toPaidUntil({ effects }: Pick<RunRecord, "effects">): number | null {
  const times = effects.flatMap(({ paid = [] }) => paid.map(({ at }) => at));
  return times.length === 0 ? null : Math.max(...times);
}

/** One practice answer makes the whole result practice. */
export function toOrigin(effects: readonly EffectRecord[]): Origin {
  const done = effects.filter((effect) => effect.state === "done");
  return done.some((effect) => effect.origin === "practice") ? "practice" : "live";
}

/** What a skill says of the time for its question. */
export interface ApprovalTerms {
  readonly expiresMs: number;
  readonly onTimeout: TimeoutAction;
}

/** No yes among them: silence agrees to nothing. */
export const TIMEOUT_ACTIONS = ["deny", "cancel"] as const;
export type TimeoutAction = (typeof TIMEOUT_ACTIONS)[number];

/** How long a question waits for its answer where nobody says otherwise. */
export const APPROVAL_MS = 24 * 3_600_000;

/** When the question that a run waits with stands no longer. */
export function toExpiry({ expiresAt }: Pick<RunRecord, "expiresAt">): number {
  invariant(expiresAt !== undefined, "whoever waits for a person waits until some time");
  return expiresAt;
}
