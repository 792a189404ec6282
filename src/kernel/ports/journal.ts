// A runner's durable memory. Statements are synchronous; what is written in one turn is committed before its answer leaves.
import type { RunId } from "../domain/id.ts";
import type { RunRecord } from "../domain/run.ts";
import type { AuditEntry } from "./audit.ts";
import type { Settlement } from "./guard.ts";

/** What a caller was told, byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
}

export type KeyClaim =
  | { readonly claim: "new" }
  | { readonly claim: "known"; readonly runId: RunId; readonly answer: StoredAnswer | null }
  | { readonly claim: "other_body"; readonly runId: RunId };

export interface KeyRequest {
  readonly key: string;
  readonly bodyHash: string;
  readonly runId: RunId;
  readonly now: number;
  readonly expiresAt: number;
}

export interface EndedRun {
  readonly run: RunRecord;
  /** Kept with the key; null: it has none, or its key is free again. */
  readonly answer: StoredAnswer | null;
  readonly account: Account;
}

export interface LedgerLine {
  readonly entry: string;
  readonly account: string;
  readonly microUsd: number;
  readonly runId: string;
  readonly at: number;
}

/** What is left to do for a finished run, written with it: a drain reads no record. */
export interface Account {
  readonly runId: RunId;
  /** Null when it never held money. */
  readonly settlement: Settlement | null;
  readonly ledger: readonly LedgerLine[];
  /** What was decided in its course. */
  readonly decisions: readonly AuditEntry[];
  /** What lists of runs show and search. */
  readonly summary: Readonly<Record<string, string | number | null>>;
}

/** What is known of an unfinished run without reading all of it. */
export type OpenRun = Pick<RunRecord, "id" | "status" | "waitingFor" | "expiresAt" | "wakeAt" | "createdAt">;

/** A run that has ended, as it leaves: sealed where it was kept first and carried to where it stays. */
export interface LeavingRun {
  readonly account: Account;
  /** The record without its events, sealed as `runs.record`. */
  readonly record: string;
  /** A JSON list: telemetry, which holds nothing of the tenant's. */
  readonly events: string;
}

export interface Journal {
  /** Before anything is read here; null: nothing has to be waited for. */
  ready(): Promise<void> | null;
  claimKey(request: KeyRequest): KeyClaim;
  /** Counts a run that is worked on: writes wait a moment for those of the others, to share a commit. Call what it returns. */
  enter(): () => void;
  /** An unfinished run: accepted asynchronously, waiting, or about to write. Written when it returns; sent writes come after. */
  saveLive(run: RunRecord): Promise<void>;
  loadLive(runId: RunId): RunRecord | null;
  /** One that does not open is reported and left out: it must not stop the others. */
  listLive(): readonly OpenRun[];
  liveIds(): readonly RunId[];
  /** Frees the key and drops what was kept of an unfinished run, after every write that was asked for before. */
  forget(runId: RunId): Promise<void>;
  /** Record and answer in one commit, shared with the runs that end at the same moment. */
  saveEnd(ended: EndedRun): Promise<void>;
  loadEnd(runId: RunId): RunRecord | null;
  /** As stored: nothing is opened. */
  listEnded(limit: number): readonly LeavingRun[];
  /** The same end without any value. */
  stripEnded(runId: RunId, note: string): Promise<LeavingRun>;
  dropEnded(runIds: readonly RunId[]): void;
  /** Some of those that are past their time. Answers when the oldest that is left will be; infinity: there is none. */
  dropExpiredKeys(now: number): number;
}
