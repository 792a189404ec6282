// One step: skipped, repeated from the record, or attempted until it succeeds or its retries are used up.
import type { StepRecord } from "../domain/run.ts";
import { isWithin } from "../domain/effect.ts";
import type { Refusal } from "../domain/refusal.ts";
import { Fault, invariant, Refused, Suspended } from "../domain/refusal.ts";
import type { Step } from "../domain/skill.ts";
import { wait } from "../ports/clock.ts";
import { ExpressionError } from "../language/expression-error.ts";
import { evaluateCondition } from "../language/template.ts";
import type { Execution, Frame } from "./execution.ts";
import { MAX_STEPS } from "./execution.ts";
import { openStepContext } from "./step-context.ts";
import { planUnknown } from "./plan-unknown.ts";
import { checkStepValue } from "./run-size.ts";
import { toStepRefusal } from "./step-refusal.ts";
import { UNKNOWN, UnknownAnswer } from "./unknown.ts";

/** The step's value; UNKNOWN where only the run will know it. */
export async function runStep(execution: Execution, step: Step, frame: Frame): Promise<unknown> {
  const path = frame.prefix + step.id;
  const finished = execution.steps.get(path);
  if (finished && finished.status !== "failed") return toValue(finished);
  if (execution.steps.size >= MAX_STEPS) {
    throw new Refused({
      reason: "step_failed",
      step: path,
      message: { en: `more than ${MAX_STEPS} steps`, ru: `больше ${MAX_STEPS} шагов` },
      retryable: false,
    });
  }
  if (execution.isCancelled() || frame.isOver()) throw new Refused({ reason: "cancelled" });
  const startedAt = execution.clock.now();
  const keep: Keep = (outcome) => {
    // Whoever gave this step up may have begun it anew.
    if (frame.isOver()) return;
    const durationMs = execution.clock.now() - startedAt;
    const record = { path, kind: step.kind, startedAt, durationMs, costMicroUsd: 0, ...outcome };
    execution.steps.set(path, record);
    if (execution.session.planned.length === 0) execution.certain.add(record);
  };
  try {
    if (step.if !== undefined && !evaluateCondition(step.if, frame.scope)) {
      keep({ status: "skipped", attempts: 0, value: null });
      return null;
    }
    const { value, attempts } = await attempt(execution, step, { frame, path });
    const isMadeUp = execution.session.planned.some((write) => write.step === path);
    if (!isMadeUp) checkNotEmpty(step, value, () => findTable(execution, path));
    // Looks at all of it: what holds something unknown is unknown as a whole.
    checkStepValue(path, value);
    keep({ status: "succeeded", attempts, value, ...(isMadeUp && { isUnknown: true }) });
    return isMadeUp ? UNKNOWN : value;
  } catch (error) {
    return fail(execution, error, { step, path, keep });
  }
}

const toValue = ({ isUnknown, value }: StepRecord): unknown => (isUnknown ? UNKNOWN : value);

type Keep = (
  outcome: Pick<StepRecord, "status" | "attempts" | "isUnknown"> & { value?: unknown; problem?: string },
) => void;

/** The value of a step that failed and may: otherwise what it failed with goes on up. */
function fail(
  execution: Execution,
  error: unknown,
  place: { step: Step; path: string; keep: Keep },
): unknown {
  const { step, path, keep } = place;
  if (error instanceof Suspended) suspend(execution, error, path);
  if (error instanceof Suspended || error instanceof UnknownAnswer) {
    if (execution.session.dryRun) planUnknown(execution, path);
    keep({ status: "skipped", attempts: 0, value: null, isUnknown: true });
    return UNKNOWN;
  }
  const refusal = toStepRefusal(
    error,
    { skill: execution.order.plan.skill, step: path },
    execution.order.locale,
  );
  keep({ status: "failed", attempts: 1 + (step.retry?.times ?? 0), problem: refusal.reason });
  if (step.onError === "continue" && !ENDS_RUN.has(refusal.reason))
    return { failed: true, problem: refusal.reason };
  throw new Refused(refusal, error);
}

/** A question waits at its step. Returns where it is not asked: a trial asks nobody, and what would be answered is not known. */
function suspend({ order }: Execution, { waitingFor, at, question }: Suspended, path: string): void {
  if (question === undefined) throw new Suspended(waitingFor, at);
  if (!order.dryRun) throw new Suspended(waitingFor, path, question);
}

/** What stops the whole run, whatever a step may do without. */
const ENDS_RUN: ReadonlySet<Refusal["reason"]> = new Set(["cancelled", "plan_drift", "paused", "forbidden"]);

async function attempt(
  execution: Execution,
  step: Step,
  place: { frame: Frame; path: string },
): Promise<{ value: unknown; attempts: number }> {
  const kind = execution.kinds.get(step.kind);
  invariant(kind, `a step kind named ${step.kind} is registered`);
  const most = 1 + (step.retry?.times ?? 0);
  for (let n = 1; ; n += 1) {
    let isLate = false;
    const frame = { ...place.frame, isOver: () => isLate || place.frame.isOver() };
    try {
      const running = kind.run(step.with, openStepContext(execution, step, { ...place, frame }));
      const within = { step, path: place.path, giveUp: () => (isLate = true) };
      return { value: await withTimeout(execution, running, within), attempts: n };
    } catch (error) {
      if (n >= most || isFinal(error) || execution.isCancelled()) throw error;
      await wait(execution.clock, Math.min((step.retry?.delayMs ?? 0) * 2 ** (n - 1), MAX_RETRY_DELAY_MS));
    }
  }
}

/** A wrong expression is wrong the second time too; a write that may have happened is not sent again. */
function isFinal(error: unknown): boolean {
  if (error instanceof Suspended || error instanceof ExpressionError) return true;
  if (error instanceof Refused) return ENDS_RUN.has(error.refusal.reason);
  return error instanceof Fault && error.code === "doubtful";
}

const MAX_RETRY_DELAY_MS = 5_000;

async function withTimeout(
  execution: Execution,
  running: Promise<unknown>,
  { step, path, giveUp }: { step: Step; path: string; giveUp: () => void },
): Promise<unknown> {
  const { timeoutMs } = step;
  if (timeoutMs === undefined) return running;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const callOff = execution.clock.after(timeoutMs, () => {
    giveUp();
    const sent = [...execution.session.effects.values()].find(
      (effect) => isWithin(effect.step, path) && effect.state === "sent" && effect.class !== "read",
    );
    // A write that has left may still arrive: nobody may say that nothing happened.
    if (sent) reject(new Suspended("outcome", sent.key));
    else reject(new Refused({ reason: "timeout", seconds: timeoutMs / 1000, step: path }));
  });
  return Promise.race([running, late]).finally(callOff);
}

function checkNotEmpty(step: Step, value: unknown, findTable: () => string | undefined): void {
  if (step.ifEmpty === undefined || !isEmpty(value)) return;
  throw new Refused({ reason: "no_data", message: step.ifEmpty, table: findTable() });
}

/** The tenant's own table that a step read, where it read one. */
function findTable({ session }: Execution, path: string): string | undefined {
  const reads = [...session.effects.values()].filter(({ step, via }) => step === path && via === "sql");
  const [read] = reads;
  const isOne = reads.length === 1 && read?.connector === undefined && !read?.target.includes(",");
  return isOne && read?.target !== "store" ? read?.target : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object") return false;
  for (const part of ["rows", "pages", "items"]) {
    const list: unknown = Reflect.get(value, part);
    if (Array.isArray(list)) return list.length === 0;
  }
  return "body" in value && isEmpty(value.body);
}
