// What is told where a part of this system does not answer: nobody is let through because of that.
import type { RefusalOf } from "./refusal.ts";

/** A part that was reset or is overloaded is usually back by then. */
const AWAY_MS = 1_000;

export function toUnavailable(what: string): RefusalOf<"unavailable"> {
  return { reason: "unavailable", what, retryAfterMs: AWAY_MS };
}
