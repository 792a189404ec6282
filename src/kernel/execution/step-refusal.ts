// What a step's failure is called when it leaves the step.
import type { AtStep, Refusal } from "../domain/refusal.ts";
import { Fault, Refused } from "../domain/refusal.ts";
import { parseBrokenSeal } from "../domain/seal-broken.ts";
import type { Locale } from "../domain/text.ts";
import { ExpressionError } from "../language/expression-error.ts";

/** Bugs are not refusals: what is neither expected nor a fault of the world is thrown on. */
export function toStepRefusal(error: unknown, at: AtStep, locale: Locale): Refusal {
  const { step } = at;
  if (error instanceof Refused) return withStep(error.refusal, at);
  const broken = parseBrokenSeal(error);
  if (broken) return broken;
  if (error instanceof ExpressionError)
    return { reason: "step_failed", step, message: error.text[locale], retryable: false };
  if (error instanceof Fault) {
    // Of a part that is away, the fault says only its name.
    const message = error.code === "unreachable" ? `${error.message} does not answer` : error.message;
    return { reason: "step_failed", step, message, retryable: error.retry === "later" };
  }
  throw error;
}

/** A capability knows what it could not do, and not for which step; a step inside this one is named already. */
export function withStep(refusal: Refusal, at: AtStep): Refusal {
  if (refusal.reason === "bad_request") return { ...refusal, at: refusal.at ?? at };
  const isNamed = refusal.reason !== "step_failed" || refusal.step.startsWith(`${at.step}/`);
  return isNamed ? refusal : { ...refusal, step: at.step };
}
