// One attempt at a run: what it was ordered to do, what it holds in hand, what it has recorded so far.
import type { SkillId } from "../domain/id.ts";
import type { RunOrder, StepRecord } from "../domain/run.ts";
import type { Skill, Step } from "../domain/skill.ts";
import type { EffectFacts } from "../domain/effect.ts";
import type { EffectGuess, StepKind } from "../domain/step-kind.ts";
import type { Door } from "../door/door.ts";
import type { DoorSession } from "../door/session.ts";
import type { Clock } from "../ports/clock.ts";

export interface Execution {
  readonly order: RunOrder;
  readonly runId: string;
  /** Pinned versions: the ordered skill and every skill it calls. */
  readonly skills: ReadonlyMap<SkillId, Skill>;
  readonly kinds: ReadonlyMap<string, StepKind<unknown>>;
  readonly door: Door;
  readonly session: DoorSession;
  readonly clock: Clock;
  /** What expressions see as `run`. */
  readonly runFacts: Readonly<Record<string, unknown>>;
  /** What an effect would be, before its values are known. */
  readonly describe: (guess: EffectGuess) => EffectFacts;
  /** Finished steps by path; a resumed run starts with those of its checkpoint. */
  readonly steps: Map<string, StepRecord>;
  /** Those of them that ended before any write was planned: they cannot have seen an answer that a trial made up. */
  readonly certain: Set<StepRecord>;
  /** Handed in, because a step may hold steps: files that import each other in a ring are hard to read. */
  readonly runBlock: (execution: Execution, steps: readonly Step[], frame: Frame) => Promise<void>;
  /** Set by a cancel request; looked at before each step. */
  readonly isCancelled: () => boolean;
}

/** Where a step stands: the names it can see and the path of its parent. */
export interface Frame {
  readonly scope: Record<string, unknown>;
  readonly prefix: string;
  /** Whether a step around this one was given up: what is left of it must touch nothing any more. */
  readonly isOver: () => boolean;
}

export const MAX_STEPS = 500;
export const MAX_SKILL_DEPTH = 8;
