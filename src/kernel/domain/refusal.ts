// Every expected "no" of the system, as a tagged value with its facts. What it is called and which status it has
// stands in channels/refusals.ts; the compiler names a reason that lacks its row there.
import type { Piece, Thing } from "./thing.ts";
import type { DriftRows } from "./drift.ts";
import type { MicroUsd } from "./money.ts";
import type { Question } from "./question.ts";
import type { BothLanguages, Text } from "./text.ts";

export type WaitingFor = "approval" | "input" | "time" | "event" | "outcome";

export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One mistake in a file: where, which rule, how to mend it. */
export interface FileMistake {
  readonly at: Position;
  readonly rule: string;
  readonly message: Text;
  readonly mend: Text;
}

/** What may be done with what a name follows. */
export type Verb =
  | "delete with"
  | "delete"
  | "write with"
  | "run"
  | "approve"
  | "cancel"
  | "resolve"
  | "answer"
  | "call";
export type Action =
  | `${Verb} ${string}`
  | "make a tenant"
  | "read that file"
  | "erase a tenant"
  | "rotate the master key"
  | "change connectors"
  | "change policies"
  | "pause everything"
  | "explain policies to others";
/** The step of a skill that a refusal is about. */
export interface AtStep {
  readonly skill: string;
  readonly step: string;
}

export type Refusal =
  | {
      readonly reason: "bad_request";
      readonly message: BothLanguages;
      readonly mend?: BothLanguages | undefined;
      readonly field?: string | undefined;
      /** Not what was asked for is wrong, but the skill. */
      readonly at?: AtStep | undefined;
    }
  | { readonly reason: "unauthenticated"; readonly message?: BothLanguages | undefined }
  | {
      readonly reason: "forbidden";
      readonly action: Action;
      readonly rule: string;
      readonly role: string;
      /** Users who may. */
      readonly who?: readonly string[] | undefined;
      /** What mends it, where it is not to ask one of those. */
      readonly mend?: BothLanguages | undefined;
    }
  | {
      readonly reason: "not_found";
      readonly what: Thing;
      readonly id: string;
      readonly suggestion?: string | undefined;
      /** What asks for it. */
      readonly at?: AtStep | undefined;
    }
  | {
      readonly reason: "skill_invalid";
      readonly mistakes: readonly FileMistake[];
      readonly serving?: string | undefined;
    }
  | {
      readonly reason: "input_invalid";
      readonly field: string;
      readonly message: Text;
      /** The inputs that the skill has, where `field` is none of them; the one probably meant comes first. */
      readonly inputs?: readonly string[] | undefined;
      /** What is needed and was not given, where nobody can be asked. */
      readonly missing?: readonly string[] | undefined;
    }
  | {
      readonly reason: "budget_exceeded";
      readonly scope: "request" | "day" | "month";
      readonly neededMicroUsd: MicroUsd;
      readonly limitMicroUsd: MicroUsd;
      readonly remainingMicroUsd: MicroUsd;
      readonly resetsAt: number | null;
      /** Whose budget, where it is not the tenant's: `user:anna`. */
      readonly payer?: string | undefined;
      /** What the same request would cost with the cheaper model, if one is configured. */
      readonly cheaperMicroUsd?: MicroUsd | undefined;
      /** The longest answer of its model that would fit. */
      readonly largestMaxTokens?: number | undefined;
    }
  | {
      readonly reason: "rate_limited";
      readonly limit: number;
      readonly windowMs: number;
      readonly retryAfterMs: number;
    }
  | { readonly reason: "too_many_running"; readonly payer: string; readonly limit: number }
  | { readonly reason: "paused"; readonly payer: string }
  /** An earlier run was billed beyond what was held for it. */
  | { readonly reason: "overrun"; readonly run: string; readonly overMicroUsd: MicroUsd }
  /** A service that failed too often is left alone for a while. */
  | {
      readonly reason: "breaker_open";
      readonly host: string;
      readonly why: "failures" | "slow";
      readonly until: number;
      readonly retryAfterMs: number;
    }
  | {
      readonly reason: "plan_drift";
      readonly message: BothLanguages;
      /** What mends it, where that is not to ask again. */
      readonly mend?: BothLanguages | undefined;
      readonly before: string;
      readonly now: string;
      /** Where it was found row by row. */
      readonly rows?: DriftRows | undefined;
    }
  | {
      readonly reason: "idempotency_mismatch";
      readonly key: string;
      /** The short id of the run that the key belongs to. */
      readonly run?: string | undefined;
    }
  | { readonly reason: "in_progress"; readonly key: string; readonly retryAfterMs: number }
  | { readonly reason: "shown_once"; readonly key: string }
  | {
      readonly reason: "conflict";
      readonly message: BothLanguages;
      /** What was decided before, by whom and when. */
      readonly decided?: { readonly decision: string; readonly by: string; readonly at: string } | undefined;
    }
  | {
      readonly reason: "too_large";
      readonly what: Piece;
      readonly sizeBytes?: number | undefined;
      readonly limitBytes: number;
      /** Its depth is what is too much, not its size. */
      readonly limitLevels?: number | undefined;
      readonly mend?: BothLanguages | undefined;
    }
  | { readonly reason: "gone"; readonly message: BothLanguages; readonly mend: BothLanguages }
  | {
      readonly reason: "secret_missing";
      /** The connector's name, for commands; `connector` is what a person calls it. */
      readonly name: string;
      readonly connector: string;
      readonly key: string;
      readonly docs?: string | undefined;
    }
  | {
      readonly reason: "source_unreachable";
      readonly connector: string;
      readonly tries: number;
      /** From the first try to the last failure. */
      readonly waitedMs: number;
      readonly last: string;
      /** When the answer was given that `allow_stale` would bring back. */
      readonly savedAt?: number | undefined;
    }
  | {
      readonly reason: "no_data";
      readonly message: Text;
      /** The tenant's own table in which nothing was found. */
      readonly table?: string | undefined;
    }
  | { readonly reason: "address_forbidden"; readonly host: string }
  | { readonly reason: "price_unknown"; readonly model: string }
  | {
      readonly reason: "approval_denied";
      /** Nobody's, where the time ran out. */
      readonly by: string;
      readonly at?: number | undefined;
      readonly expired?: true | undefined;
    }
  | {
      readonly reason: "step_failed";
      readonly step: string;
      /** A string where the world said it: a source, a library. */
      readonly message: string | BothLanguages;
      readonly retryable: boolean;
    }
  | { readonly reason: "timeout"; readonly seconds: number; readonly step: string }
  | {
      readonly reason: "unavailable";
      readonly what: string;
      readonly retryAfterMs: number;
      /** In the middle of a change: it may have been made. */
      readonly isUnclear?: true;
    }
  | {
      readonly reason: "vault_closed";
      readonly why: "missing" | "malformed";
      readonly variable: "SKILLOS_MASTER_KEY" | "SKILLOS_MASTER_KEYS_OLD";
    }
  | {
      readonly reason: "seal_broken";
      /** `key_missing`: erased, or wrapped by a master key that is not given. */
      readonly why: "altered" | "key_missing";
      readonly tenant: string;
      /** `table.column`. */
      readonly column: string;
      readonly row: string;
    }
  | { readonly reason: "cancelled" }
  | { readonly reason: "lost"; readonly message: BothLanguages };

export type Reason = Refusal["reason"];
export type RefusalOf<R extends Reason> = Extract<Refusal, { reason: R }>;

/** Time alone may mend it. */
export function mayPass({ reason }: Refusal): boolean {
  return reason === "rate_limited" || reason === "unavailable" || reason === "breaker_open";
}

/** A refusal inside a run, carried up through the steps; caught by the pipeline only. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.reason, { cause });
    this.refusal = refusal;
  }
}

/** The run stops here and waits; it goes on when somebody or something answers. */
export class Suspended extends Error {
  readonly waitingFor: WaitingFor;
  /** The effect key or step path it waits at. */
  readonly at: string;
  /** What a person is asked. */
  readonly question: Question | undefined;
  constructor(waitingFor: WaitingFor, at: string, question?: Question) {
    super(`waiting for ${waitingFor} at ${at}`);
    this.waitingFor = waitingFor;
    this.at = at;
    this.question = question;
  }
}

/** Why a list of things done side by side failed: a write whose outcome nobody knows is asked about before anything else. */
export function findFailure(outcomes: readonly PromiseSettledResult<unknown>[]): { reason: unknown } | null {
  const failed = outcomes.filter((outcome) => outcome.status === "rejected");
  return failed.find(({ reason }) => reason instanceof Suspended) ?? failed[0] ?? null;
}

/** The world broke: a storage, a network, a vendor. `retry` says whether the same call may succeed later. */
export class Fault extends Error {
  readonly code: string;
  readonly retry: "never" | "later";
  // Four, because every throw of the system reads better on one line than with an object.
  // oxlint-disable-next-line max-params
  constructor(code: string, retry: "never" | "later", message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.retry = retry;
  }
}

/** A sentence that must be true here; if it is not, this program has a bug. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${sentence}`);
}
