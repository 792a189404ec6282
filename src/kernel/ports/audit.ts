// Decisions, changes of configuration and refusals, append-only and chained: every row carries the hash of the row before it.
// One guard per tenant orders and chains them and keeps the head of the chain apart from the rows.
import type { TenantId } from "../domain/id.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { AuditAction } from "./audit-actions.ts";

/** As it stands: whatever was noted by an earlier release, or made of a row by somebody's hands. */
export interface StoredEntry {
  /** Unique within the tenant: written twice, it stands once. */
  readonly id: string;
  readonly at: number;
  readonly user: string;
  readonly action: string;
  readonly target: string;
  readonly outcome: string;
  /** Facts, never inputs, secrets or names of people. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends StoredEntry {
  readonly action: AuditAction;
}

/** Where a chain has come to: the position of a row, from 1 without a gap, and its hash. */
export interface Link {
  readonly position: number;
  readonly hash: string;
}

export interface ChainedEntry extends StoredEntry, Link {
  /** The hash of the row before it. */
  readonly previous: string;
}

/** Rows after `base`, up to `head`; those up to `base` are past their time and forgotten. */
export interface Chain {
  readonly base: Link;
  readonly head: Link;
}

/** The same refusal again within its window is counted, not written. */
export interface RefusalNote {
  readonly user: string;
  readonly action: AuditAction;
  readonly target: string;
  readonly refusal: Refusal;
  readonly windowMs: number;
}

/** Longer than a change takes that is still under way. */
export const BEGUN_MS = 10_000;

/** One tenant's order of things: its guard. */
export interface AuditTrail {
  /** Returns when they are stored, and before they are chained. */
  note(tenant: TenantId, entries: readonly AuditEntry[]): Promise<void>;
  /** Kept now, and chained as it is unless `end` comes within `BEGUN_MS`. */
  begin(tenant: TenantId, entry: AuditEntry): Promise<void>;
  /** In its place. None: nothing was changed. */
  end(tenant: TenantId, begun: string, entries: readonly AuditEntry[]): Promise<void>;
  noteRefusal(tenant: TenantId, note: RefusalNote): Promise<void>;
  /** All that was noted stands in its rows; refusals whose window is open come later. */
  chain(tenant: TenantId): Promise<Chain>;
  /** Rows from before that moment go, as far as all before them do. */
  forget(tenant: TenantId, before: number): Promise<void>;
  /** The tenant is no more: all that its guard keeps goes, once what was noted stands in its rows. */
  erase(tenant: TenantId): Promise<void>;
}

/** The rows as the guard writes them. */
export interface AuditRows {
  findLast(tenant: TenantId): Promise<Link | null>;
  /** The last of those from before that moment that no younger row precedes. */
  findLastBefore(tenant: TenantId, before: number): Promise<Link | null>;
  /** Written before there was a chain. */
  listUnchained(tenant: TenantId): Promise<readonly StoredEntry[]>;
  /** Which of these stand in the chain. */
  findKnown(tenant: TenantId, ids: readonly string[]): Promise<readonly string[]>;
  /** Those that stand already are left as they are. Throws unless all of them stand. */
  save(tenant: TenantId, entries: readonly ChainedEntry[]): Promise<void>;
  dropUpTo(tenant: TenantId, position: number): Promise<void>;
}

export interface Audit {
  add(tenant: TenantId, entries: readonly AuditEntry[]): Promise<void>;
  begin: AuditTrail["begin"];
  end: AuditTrail["end"];
  erase: AuditTrail["erase"];
  addRefusal(tenant: TenantId, note: RefusalNote): Promise<void>;
  chain(tenant: TenantId): Promise<Chain>;
  /** Oldest first, after a position. */
  list(
    tenant: TenantId,
    filter: { since: number; action: AuditAction | null; limit: number },
  ): Promise<readonly ChainedEntry[]>;
  /** A row that no chain up to `head` can hold. */
  findStray(tenant: TenantId): Promise<{ readonly id: string; readonly position: number | null } | null>;
  /** Of every tenant: a bounded piece of what is older. */
  forget(before: number): Promise<void>;
}
