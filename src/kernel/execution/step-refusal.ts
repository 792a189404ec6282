// What a step's failure is called when it leaves the step.
import type { Refusal } from "../domain/refusal.ts";
import { Fault, Refused } from "../domain/refusal.ts";
import type { Locale } from "../domain/text.ts";
import { ExpressionError } from "../language/expression-error.ts";

/** Bugs are not refusals: what is neither expected nor a fault of the world is thrown on. */
export function toStepRefusal(error: unknown, step: string, locale: Locale): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof ExpressionError)
    return { reason: "step_failed", step, message: error.text[locale], retryable: false };
  if (error instanceof Fault) {
    // Of a part that is away, the fault says only its name.
    const message = error.code === "unreachable" ? `${error.message} does not answer` : error.message;
    return { reason: "step_failed", step, message, retryable: error.retry === "later" };
  }
  throw error;
}
