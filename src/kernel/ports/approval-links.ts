// Links by which a question is answered without a key: each is one person's, good for one decision.
import type { RunId, TenantId } from "../domain/id.ts";
import type { Role } from "../domain/principal.ts";

export interface ApprovalLink {
  /** SHA-256 of the token; the token itself is stored nowhere. */
  readonly hash: string;
  readonly tenant: TenantId;
  readonly runId: RunId;
  readonly user: string;
  readonly role: Role;
  /** The key that it was made with, and ends with; null: nobody's key made it. */
  readonly keyId: string | null;
  /** Beside his own, those that it came into: of whoever has the key that made it, or has set the address. */
  readonly hands: readonly string[];
  /** Hash of what the person was shown. */
  readonly manifest: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

export interface ApprovalLinks {
  add(link: ApprovalLink): Promise<void>;
  find(hash: string): Promise<ApprovalLink | null>;
  /** False: it was used before. Of two at once one gets true. */
  use(hash: string, now: number): Promise<boolean>;
  /** Its decision was not taken, so it is good again. */
  giveBack(hash: string): Promise<void>;
  /** Those that ended before that moment go. */
  forget(before: number): Promise<void>;
}
