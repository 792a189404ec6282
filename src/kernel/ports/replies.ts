// Answers to requests that start no run, kept under their Idempotency-Key. (A run's key is its runner's: journal.ts.)
import type { TenantId } from "../domain/id.ts";

/** What a caller was told, byte for byte. */
export interface KeptReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ReplyRequest {
  /** A hash: of who asks, which operation, and the key as it was sent. */
  readonly key: string;
  readonly bodyHash: string;
  readonly expiresAt: number;
}

export type ReplyClaim =
  /** `claim` is shown when it ends: who comes too late ends nobody else's. `isAgain`: it was begun before, and nobody heard its end. */
  | { readonly claimed: "new"; readonly claim: number; readonly isAgain: boolean }
  | { readonly claimed: "in_progress" }
  | { readonly claimed: "other_body" }
  /** Null: it was done, and what was told is not kept. */
  | { readonly claimed: "known"; readonly reply: KeptReply | null };

/** `free`: nothing was done, and the same key may ask again. `unclear`: it may have been done; only the same request may. */
export type ReplyEnd = KeptReply | "not kept" | "free" | "unclear";

export interface Replies {
  claim(tenant: TenantId, request: ReplyRequest): Promise<ReplyClaim>;
  end(tenant: TenantId, ended: { key: string; claim: number; as: ReplyEnd }): Promise<void>;
}
