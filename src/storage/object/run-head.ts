// What of a run is written again whenever it has changed.
import type { RunRecord } from "../../kernel/domain/run.ts";

/** A run without what never changes and what only grows. */
export type Head = Omit<RunRecord, "order" | "steps" | "effects">;

/** Compared without being written out. A recording grows in place. */
export function isSame(written: Head, now: Head): boolean {
  return (
    now.recording === null &&
    Object.entries(now).every(([name, value]) => Object.is(value, Reflect.get(written, name)))
  );
}
