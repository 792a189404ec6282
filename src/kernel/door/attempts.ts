// How often one effect is tried. Reads and deduplicated writes are tried again; any other write never blindly.
import type { EffectFacts } from "../domain/effect.ts";
import { Fault, Refused } from "../domain/refusal.ts";

const TRIES = 3;

export interface Attempts<T> {
  readonly attempt: () => Promise<T>;
  /** Before a write is sent once more: throws where it may not be by now. */
  readonly again: () => Promise<void>;
  /** Whether anything has left for the target. */
  readonly hasLeft: () => boolean;
  readonly now: () => number;
  /** When the answer was given that would do where the caller takes a stale one. */
  readonly savedAt: () => number | undefined;
  /** The write was sent and its answer was lost. */
  readonly outcomeUnknown: () => Error;
  readonly onFailure: (verdict: "failed" | "doubtful", error: unknown) => void;
}

export async function callWithRetry<T>(facts: EffectFacts, attempts: Attempts<T>): Promise<T> {
  const mayRepeat = facts.class === "read" || facts.resend === "deduplicated";
  return mayRepeat ? repeat(facts, attempts) : callOnce(attempts);
}

async function repeat<T>(facts: EffectFacts, attempts: Attempts<T>): Promise<T> {
  const startedAt = attempts.now();
  let last: unknown;
  let hasLeft = false;
  for (let n = 1; n <= TRIES; n += 1) {
    if (n > 1 && facts.class !== "read") await askAgain(attempts);
    try {
      return await attempts.attempt();
    } catch (error) {
      last = error;
      if (hasLeft && isForbidden(facts, error)) {
        attempts.onFailure("doubtful", error);
        throw error;
      }
      hasLeft ||= attempts.hasLeft();
      if (!(error instanceof Fault) || error.retry === "never") break;
    }
  }
  attempts.onFailure("failed", last);
  if (last instanceof Fault && last.code === "network") {
    const how = {
      tries: TRIES,
      waitedMs: attempts.now() - startedAt,
      last: last.message,
      savedAt: attempts.savedAt(),
    };
    throw new Refused({ reason: "source_unreachable", connector: toSource(facts.target), ...how }, last);
  }
  throw last;
}

/** It was not let out once more, which says nothing of the time before. A service that is left alone is asked again later. */
function isForbidden(facts: EffectFacts, error: unknown): boolean {
  if (facts.class === "read" || !(error instanceof Refused)) return false;
  return error.refusal.reason !== "breaker_open";
}

/** What was sent before may have happened all the same. */
async function askAgain<T>({ again, hasLeft, onFailure }: Attempts<T>): Promise<void> {
  try {
    await again();
  } catch (error) {
    onFailure(hasLeft() ? "doubtful" : "failed", error);
    throw error;
  }
}

/** `cbr.ru` of `cbr.ru/scripts/daily`; the name of a model has no host. */
function toSource(target: string): string {
  const [host = target] = target.split("/");
  return /[.:]/.test(host) ? host : target;
}

async function callOnce<T>(attempts: Attempts<T>): Promise<T> {
  try {
    return await attempts.attempt();
  } catch (error) {
    const verdict = attempts.hasLeft() ? judge(error) : "failed";
    if (verdict === "unknown") throw attempts.outcomeUnknown();
    attempts.onFailure(verdict, error);
    throw verdict === "doubtful" ? toDoubtful(error) : error;
  }
}

/** A write that may have happened, and that nobody sends again. */
export function toDoubtful(before: unknown): Fault {
  const why = before instanceof Error ? before.message : "it was answered with a fault";
  return new Fault("doubtful", "never", `${why}; it may have happened, and is not sent again`, before);
}

/**
 * What the failure of a write that has left says of it. Only an answer is proof of anything: a 4xx is a no, a 5xx a fault on
 * the way or halfway. The platform calls a refused connection and one that broke after the body by the same name.
 */
function judge(error: unknown): "failed" | "doubtful" | "unknown" {
  if (!(error instanceof Fault)) return "unknown";
  if (error.code === "http_refused" || error.code === "mail_refused") return "failed";
  return error.code === "http_status" ? "doubtful" : "unknown";
}
