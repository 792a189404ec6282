// What a runner is given.
import type { TenantId } from "../domain/id.ts";
import type { RunRecord } from "../domain/run.ts";
import type { Guard } from "../ports/guard.ts";
import type { Ids } from "../ports/ids.ts";
import type { Journal, StoredAnswer } from "../ports/journal.ts";
import type { AttemptPorts } from "./attempt.ts";
import type { NoticePorts } from "../approval/notices.ts";

export interface RunnerPorts extends Omit<AttemptPorts, "extendHold" | "saveLive"> {
  readonly tenant: TenantId;
  readonly shard: number;
  readonly ids: Ids;
  readonly guard: Guard;
  readonly journal: Journal;
  /** What the caller is told of a run in this state. */
  readonly toAnswer: (run: RunRecord) => StoredAnswer;
  /** Asks to be woken at this time at the latest; never awaited on a request's way. */
  readonly wake: (at: number) => void;
  readonly notices: NoticePorts["notices"];
  readonly drainSoon: () => void;
  /** Whether runs that had ended were settled. */
  readonly drainNow: () => Promise<boolean>;
}
