// Schedules and their occurrences. One occurrence per (schedule, slot), for ever: two ticks of one slot start one run.
import type { SkillId, TenantId } from "../domain/id.ts";
import type { Role } from "../domain/principal.ts";
import type { Listed } from "../domain/seal-broken.ts";

export interface Schedule {
  readonly tenant: TenantId;
  readonly id: string;
  readonly skill: SkillId;
  /** One of the two is set. */
  readonly runAt: number | null;
  readonly cron: string | null;
  readonly timeZone: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Who gave it, whoever has taken the schedule over since. */
  readonly inputBy: string;
  readonly isEnabled: boolean;
  readonly maxRetries: number;
  /** Null: nothing is due any more. */
  readonly nextAt: number | null;
  readonly user: string;
  readonly role: Role;
  /** The key that bounds them; null: no key does. */
  readonly keyId: string | null;
  readonly createdAt: number;
}

/** `due`: taken by a tick, its run not started yet. */
export type OccurrenceStatus = "due" | "started" | "succeeded" | "failed";

export interface Occurrence {
  readonly tenant: TenantId;
  readonly schedule: string;
  readonly slot: number;
  readonly status: OccurrenceStatus;
  readonly runId: string | null;
  readonly startedAt: number;
}

export interface Schedules {
  /** False: the tenant has one of this id. */
  add(schedule: Schedule): Promise<boolean>;
  /** With its occurrences: a new schedule of the same id starts anew. */
  drop(tenant: TenantId, id: string): Promise<boolean>;
  /** From now on it is theirs. False: there is none. */
  give(tenant: TenantId, id: string, to: Pick<Schedule, "user" | "role" | "keyId">): Promise<boolean>;
  setEnabled(tenant: TenantId, id: string, change: Pick<Schedule, "isEnabled" | "nextAt">): Promise<boolean>;
  find(tenant: TenantId, id: string): Promise<Schedule | null>;
  list(tenant: TenantId): Promise<readonly Listed<Schedule>[]>;
  /** Enabled and due by now. Null: of every tenant. */
  listDue(tenant: TenantId | null, now: number, limit: number): Promise<readonly Listed<Schedule>[]>;
  /** Takes the slot and moves the schedule on, in one transaction. False: somebody else took it. */
  take(schedule: Schedule, slot: { at: number; nextAt: number | null; now: number }): Promise<boolean>;
  markOccurrence(
    of: { tenant: TenantId; schedule: string; slot: number },
    status: OccurrenceStatus,
    runId: string | null,
  ): Promise<void>;
  /** Taken, then running, in any order: what stays open keeps nobody behind it. Last touched before this; null: of every tenant. */
  listOpen(tenant: TenantId | null, before: number, limit: number): Promise<readonly Occurrence[]>;
  listOccurrences(tenant: TenantId, schedule: string, limit: number): Promise<readonly Occurrence[]>;
}
