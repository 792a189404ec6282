// How often one effect is tried. Reads and deduplicated writes are tried again; any other write never blindly.
import type { EffectFacts } from "../domain/effect.ts";
import { Fault, Refused } from "../domain/refusal.ts";

const TRIES = 3;

export interface Attempts<T> {
  readonly attempt: () => Promise<T>;
  /** The write was sent and its answer was lost. */
  readonly outcomeUnknown: () => Error;
  readonly onFailure: () => void;
}

export async function callWithRetry<T>(facts: EffectFacts, attempts: Attempts<T>): Promise<T> {
  const mayRepeat = facts.class === "read" || facts.resend === "deduplicated";
  let last: unknown;
  for (let n = 1; n <= TRIES; n += 1) {
    try {
      return await attempts.attempt();
    } catch (error) {
      last = error;
      if (!(error instanceof Fault) || error.retry === "never") break;
      if (!mayRepeat) throw attempts.outcomeUnknown();
    }
  }
  attempts.onFailure();
  if (last instanceof Fault && last.code === "network") {
    throw new Refused(
      { reason: "source_unreachable", connector: facts.target, tries: TRIES, last: last.message },
      last,
    );
  }
  throw last;
}
