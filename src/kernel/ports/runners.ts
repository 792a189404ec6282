// The runners of all tenants, as the rest of the Worker sees them.
import type { RunId, TenantId } from "../domain/id.ts";
import type { RunOrder, RunRecord } from "../domain/run.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RateView } from "./guard.ts";
import type { StoredAnswer } from "./journal.ts";

export interface Decision {
  readonly user: string;
  readonly approve: boolean;
  /** He put something into it himself: there is nobody else to ask. */
  readonly isOwn?: true;
  readonly excluded: readonly string[];
}

export interface Resolution {
  readonly user: string;
  readonly happened: boolean;
}

/** Checked against what the run asks. */
export interface FormAnswer {
  readonly user: string;
  /** The path of the step that asks. */
  readonly at: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a person says to a run that waits for it. */
export type PersonsWord =
  | { readonly word: "decision"; readonly decision: Decision }
  | { readonly word: "resolution"; readonly resolution: Resolution }
  | { readonly word: "answer"; readonly answer: FormAnswer };

/** The run is not: nothing has happened. */
export type Declined =
  | {
      readonly reply: "refused";
      readonly refusal: Refusal;
      readonly events: RunOrder["events"];
      readonly rates?: readonly RateView[];
    }
  | { readonly reply: "stale"; readonly version: number };

export type RunnerReply =
  | {
      readonly reply: "answer";
      readonly runId: RunId;
      readonly answer: StoredAnswer;
      readonly replayed: boolean;
      /** How the windows stand that it was counted in; absent where nothing was counted. */
      readonly rates?: readonly RateView[];
    }
  | Declined;

export interface Runners {
  start(order: RunOrder): Promise<RunnerReply>;
  /** Null: the runner does not hold it (any more). */
  view(tenant: TenantId, runId: RunId): Promise<RunRecord | null>;
  decide(tenant: TenantId, runId: RunId, decision: Decision): Promise<RunnerReply>;
  answer(tenant: TenantId, runId: RunId, answer: FormAnswer): Promise<RunnerReply>;
  resolve(tenant: TenantId, runId: RunId, resolution: Resolution): Promise<RunnerReply>;
  cancel(tenant: TenantId, runId: RunId): Promise<RunRecord | null>;
  /** Runs that have not ended: working, queued, waiting. */
  /** What has ended leaves; everything else is dropped, with what was kept under keys. */
  erase(tenant: TenantId): Promise<void>;
  listOpen(tenant: TenantId): Promise<readonly RunRecord[]>;
  /** Settles and archives what has finished; returns when nothing is left. */
  drain(tenant: TenantId): Promise<void>;
  wake(tenant: TenantId, shard: number): Promise<void>;
  /** What held runs back may be over: they are tried now. */
  tryHeldBack(tenant: TenantId): Promise<void>;
}
