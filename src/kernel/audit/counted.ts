// Refusals as audit entries: the same one again within its window is counted, so that a flood is one row.
import { toShortHash } from "../domain/hash.ts";
import type { AuditEntry, RefusalNote } from "../ports/audit.ts";
import { toFacts } from "./run-entries.ts";

/** Of refusals that have no window of their own. */
export const REFUSAL_WINDOW_MS = 60_000;

export interface Counted {
  readonly entry: AuditEntry & { readonly body: { readonly count: number } };
  /** The window is over: nothing is added any more. */
  readonly dueAt: number;
}

export function toCounted(note: RefusalNote, at: number): Counted {
  const { user, action, target, refusal, windowMs } = note;
  const from = Math.floor(at / windowMs) * windowMs;
  const who = toShortHash(JSON.stringify([user, action, target, refusal.reason]));
  const body = { ...toFacts(refusal), window_ms: windowMs, count: 1, last_at: at };
  const entry = { id: `refused:${from}:${who}`, at, user, action, target, outcome: refusal.reason, body };
  return { entry, dueAt: from + windowMs };
}

/** One more, or one fewer: it was let through after all. */
export function addCount({ entry, dueAt }: Counted, change: 1 | -1, at: number): Counted {
  const body = { ...entry.body, count: entry.body.count + change, ...(change === 1 ? { last_at: at } : {}) };
  return { dueAt, entry: { ...entry, body } };
}

/** How often a count is stored while it grows: a crash loses less than half of it, and a flood writes little. */
export function isStored({ entry }: Counted): boolean {
  return Number.isInteger(Math.log2(entry.body.count));
}
