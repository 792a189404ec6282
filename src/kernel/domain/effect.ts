// An effect is anything that touches the world outside a plan. This file names its facts; the door acts on them.
import type { AnswerPrice } from "./answer-price.ts";
import type { SkillId } from "./id.ts";
import type { MicroUsd } from "./money.ts";

/** A later one needs more permission. */
export const EFFECT_CLASSES = ["read", "write", "delete"] as const;
export type EffectClass = (typeof EFFECT_CLASSES)[number];

export function toStrictest(classes: readonly EffectClass[]): EffectClass {
  return EFFECT_CLASSES.findLast((each) => classes.includes(each)) ?? "read";
}

export function isStricter(one: EffectClass, other: EffectClass): boolean {
  return EFFECT_CLASSES.indexOf(one) > EFFECT_CLASSES.indexOf(other);
}

/** What a step asks of the door. `via` names the capability (http, sql, model …), `request` is that capability's own shape. */
export interface EffectRequest {
  readonly via: string;
  readonly connector?: string | undefined;
  readonly request: unknown;
}

/** One thing a write touches, as a person would recognise it. `before`/`after` where the connector can read it. */
export interface Entity {
  readonly id: string;
  readonly label: string;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

/** How a write may be sent again when its answer was lost: the target remembers the key, or never. */
export type Resend = "deduplicated" | "never";

/** What a capability says of a request before anything is sent. */
export interface EffectFacts {
  readonly class: EffectClass;
  /** Host and path, table, model, address: without query strings or secrets. */
  readonly target: string;
  /** What it reads besides a write's target, or each of what a read's target lists: policies are asked about every one. */
  readonly reads?: readonly string[] | undefined;
  readonly resend: Resend;
  /** The most this one attempt can cost. */
  readonly upperMicroUsd: MicroUsd;
  /** The same with the cheaper model, where there is one and it costs less. */
  readonly cheaperMicroUsd?: MicroUsd | undefined;
  /** What is reached in the place of `target` then. */
  readonly cheaperTarget?: string | undefined;
  /** Of a model call: what a shorter answer would cost. */
  readonly answer?: AnswerPrice | undefined;
  /** Of a model call: as which models it may be billed. `any`: only its run can tell. */
  readonly models?: readonly string[] | "any" | undefined;
  /** Which service it is sent to, as far as that is known. */
  readonly host?: string | undefined;
}

/** What a step reaches in truth, where it is about to. */
export interface Intended {
  readonly class: EffectClass;
  readonly target: string;
  readonly step: string;
  /** Where redirects have led it, and lead now. */
  readonly hops?: readonly string[] | undefined;
}

/** What a plan can say of an effect before values are known. */
export interface EffectPattern extends Omit<EffectFacts, "host" | "answer" | "models" | "reads"> {
  readonly step: string;
  readonly via: string;
  readonly connector?: string | undefined;
  /** How many entities at most; null when only a dry run can tell. */
  readonly entities: number | null;
  /** The skills that are called for it, outermost first; absent where it is the asked skill's own. */
  readonly of?: readonly SkillId[];
}

/** Whether an answer came from the service itself or from practice data. */
export type Origin = "live" | "practice";

export interface EffectAnswer {
  readonly value: unknown;
  /** It was left out of what was agreed to: nothing was sent, so nothing answered. */
  readonly isLeftOut?: true;
  readonly origin: Origin;
  readonly costMicroUsd: MicroUsd;
  readonly tokens?: number | undefined;
  /** When the data was current, UTC milliseconds, if older than now. */
  readonly asOf?: number | undefined;
}

/** One line of a manifest: a write that a dry run found. */
export interface PlannedWrite {
  readonly key: string;
  readonly step: string;
  readonly class: Exclude<EffectClass, "read">;
  readonly target: string;
  readonly entities: readonly Entity[] | "unknown until run";
  readonly total: number | null;
}

export interface Manifest {
  readonly writes: readonly PlannedWrite[];
  /** Entities a person left out, by `key#entity id`. */
  readonly excluded: readonly string[];
  readonly hash: string;
  /** How a person is to see the entities. It is not agreed to, so it is not in the hash. */
  readonly shown?: ShownEntities | undefined;
}

export interface ShownEntities {
  /** What the skill's `approval: show:` says of them: its keys are the columns. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Which columns are money: ISO 4217, "" for the tenant's own. */
  readonly formats: Readonly<Record<string, string>>;
}

/** `run id:step path:n`, n within the step: the same on every attempt, so that a retry is no second payment. */
export function toEffectKey(runId: string, path: string, n: number): string {
  return `${runId}:${path}:${n}`;
}

/** The key without its run: a dry run and its execution are two runs with two ids. */
export function toPlaceOfKey(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

/** The step itself, or one of those it holds or calls. */
export function isWithin(step: string, path: string): boolean {
  return step === path || step.startsWith(`${path}/`);
}
