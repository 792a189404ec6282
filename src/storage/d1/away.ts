// A database that is away, overloaded or full, told from a mistake in a statement of ours: the first passes, the second is a bug.
// https://developers.cloudflare.com/d1/observability/debug-d1/
import { Fault } from "../../kernel/domain/refusal.ts";

const AWAY =
  /Network connection lost|Internal error|overloaded|exceeded timeout|reset because|object to be reset|Exceeded maximum DB size|storage operation/i;

/** Null: it is no failure of the database's own. */
export function toDatabaseFault(error: unknown): Fault | null {
  const isAway = error instanceof Error && error.message.startsWith("D1_") && AWAY.test(error.message);
  return isAway ? new Fault("unreachable", "later", "the database", error) : null;
}
