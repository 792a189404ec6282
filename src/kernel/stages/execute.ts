// Carries out a plan step by step and says how it ended. Nothing here knows what a step does.
import type { ShownEntities } from "../domain/effect.ts";
import type { Question } from "../domain/question.ts";
import type { Refusal, WaitingFor } from "../domain/refusal.ts";
import { Refused, Suspended } from "../domain/refusal.ts";
import type { RunOrder } from "../domain/run.ts";
import { toOrigin } from "../domain/run.ts";
import type { Skill } from "../domain/skill.ts";
import type { DoorSession } from "../door/session.ts";
import type { Execution } from "../execution/execution.ts";
import { toOutput, toSentence, toShownEntities } from "../execution/output.ts";
import { toStepRefusal } from "../execution/step-refusal.ts";
import { copyScope, orNull } from "../execution/unknown.ts";

export type ExecuteOutcome =
  | {
      readonly ended: "succeeded";
      readonly result: unknown;
      readonly answer: string | null;
      readonly details: string | null;
    }
  /** A dry run: everything up to the writes was done, the writes are listed. */
  | { readonly ended: "planned"; readonly shown: ShownEntities | undefined }
  | { readonly ended: "failed"; readonly refusal: Refusal }
  | {
      readonly ended: "waiting";
      readonly waitingFor: WaitingFor;
      readonly at: string;
      readonly question?: Question | undefined;
    };

export async function execute(execution: Execution, skill: Skill): Promise<ExecuteOutcome> {
  const { order, session } = execution;
  const scope: Record<string, unknown> = { input: order.plan.input, run: execution.runFacts };
  try {
    await execution.runBlock(execution, skill.steps, { scope, prefix: "", isOver: () => false });
    if (session.dryRun) return { ended: "planned", shown: toShownEntities(skill, scope) };
    return toSucceeded(skill, withOrigin(scope, session), order);
  } catch (error) {
    if (error instanceof Suspended) {
      const { waitingFor, at, question } = error;
      return { ended: "waiting", waitingFor, at, question };
    }
    if (error instanceof Refused) return { ended: "failed", refusal: error.refusal };
    return {
      ended: "failed",
      refusal: toStepRefusal(error, { skill: skill.id, step: "output" }, order.locale),
    };
  }
}

function toSucceeded(skill: Skill, scope: Record<string, unknown>, order: RunOrder): ExecuteOutcome {
  const output = toOutput(skill, scope, orNull);
  const reader = {
    locale: order.locale,
    format: { currency: order.currency, timeZone: order.timeZone, year: toYear(scope) },
  };
  const withOutput = Object.assign(copyScope(scope), { output });
  return {
    ended: "succeeded",
    result: output,
    answer: orNull(() => toSentence(skill.answer, withOutput, reader)),
    details: orNull(() => toSentence(skill.details, withOutput, reader)),
  };
}

/** What the answer may say of itself: `run.data` is known once the steps are done. */
function withOrigin(scope: Record<string, unknown>, session: DoorSession): Record<string, unknown> {
  const run = { ...toFacts(scope), data: toOrigin([...session.effects.values()]) };
  return Object.assign(copyScope(scope), { run });
}

function toFacts(scope: Record<string, unknown>): object {
  const { run } = scope;
  return typeof run === "object" && run !== null ? run : {};
}

function toYear(scope: Record<string, unknown>): number {
  const facts = toFacts(scope);
  return "today" in facts ? Number(String(facts.today).slice(0, 4)) : 0;
}
