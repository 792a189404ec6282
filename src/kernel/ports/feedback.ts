// What people said a request really meant. The tenant's data: routing learns from it, telemetry never sees the text.
import type { SkillId, TenantId } from "../domain/id.ts";
import type { Listed } from "../domain/seal-broken.ts";

export interface FeedbackNote {
  readonly tenant: TenantId;
  /** The same for the same user and request: one person counts once. */
  readonly id: string;
  readonly user: string;
  readonly query: string;
  readonly chosen: SkillId | null;
  readonly expected: SkillId | null;
  readonly source: string;
  readonly createdAt: number;
}

export interface Feedback {
  /** Stores it and raises the registry's version in one batch; the new version. */
  add(note: FeedbackNote): Promise<number>;
  /** Newest first. `user` null: of everybody. */
  list(
    tenant: TenantId,
    asked: { user: string | null; limit: number },
  ): Promise<readonly Listed<FeedbackNote>[]>;
  /** Takes it back, and raises the registry's version in the same batch; null: there is none of this id that is the user's. */
  remove(tenant: TenantId, note: { id: string; user: string | null }): Promise<number | null>;
}
