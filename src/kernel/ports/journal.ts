// A runner's durable memory. Statements are synchronous; what is written in one turn is committed before its answer leaves.
import type { RunId } from "../domain/id.ts";
import type { RunRecord } from "../domain/run.ts";

/** What a caller was told, byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
}

export type KeyClaim =
  | { readonly claim: "new" }
  | { readonly claim: "known"; readonly runId: RunId; readonly answer: StoredAnswer | null }
  | { readonly claim: "other_body" };

export interface KeyRequest {
  readonly key: string;
  readonly bodyHash: string;
  readonly runId: RunId;
  readonly now: number;
  readonly expiresAt: number;
}

export interface EndedRun {
  readonly run: RunRecord;
  readonly answer: StoredAnswer;
}

export interface Journal {
  claimKey(request: KeyRequest): KeyClaim;
  /** A run that ended before any write leaves its key to the next try. */
  freeKey(runId: RunId): void;
  /** An unfinished run: accepted asynchronously, waiting, or about to write. */
  saveLive(run: RunRecord): void;
  loadLive(runId: RunId): RunRecord | null;
  listLive(): readonly RunRecord[];
  dropLive(runId: RunId): void;
  /** Record and answer in one commit, shared with the runs that end at the same moment. */
  saveEnd(ended: EndedRun): Promise<void>;
  loadEnd(runId: RunId): RunRecord | null;
  /** Each with its JSON as stored. */
  listEnded(limit: number): readonly { readonly run: RunRecord; readonly json: string }[];
  dropEnded(runIds: readonly RunId[]): void;
  dropExpiredKeys(now: number): void;
}
