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
  /** Kept with the key; null where nobody can ask for it again. */
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

export interface Journal {
  claimKey(request: KeyRequest): KeyClaim;
  /** Counts a run that is worked on: writes wait a moment for those of the others, to share a commit. Call what it returns. */
  enter(): () => void;
  /** An unfinished run: accepted asynchronously, waiting, or about to write. Written when it returns; sent writes come after. */
  saveLive(run: RunRecord): Promise<void>;
  loadLive(runId: RunId): RunRecord | null;
  listLive(): readonly OpenRun[];
  /** Frees the key and drops what was kept of an unfinished run, after every write that was asked for before. */
  forget(runId: RunId): Promise<void>;
  /** Record and answer in one commit, shared with the runs that end at the same moment. */
  saveEnd(ended: EndedRun): Promise<void>;
  loadEnd(runId: RunId): RunRecord | null;
  /** Each with its record as JSON, as stored. */
  listEnded(limit: number): readonly { readonly account: Account; readonly json: string }[];
  dropEnded(runIds: readonly RunId[]): void;
  /** Some of those that are past their time. Answers when the oldest that is left will be; null: there is none. */
  dropExpiredKeys(now: number): number | null;
}
