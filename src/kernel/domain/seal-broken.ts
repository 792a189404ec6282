// What somebody is told who reads a sealed value that does not open: which one, and nothing of what it holds.
import { Fault, type RefusalOf } from "./refusal.ts";

const MARK = "a sealed value does not open";

export type BrokenSeal = RefusalOf<"seal_broken">;
type Facts = Omit<BrokenSeal, "reason">;

export class SealBroken extends Fault {
  constructor({ why, tenant, column, row }: Facts, cause?: unknown) {
    super(`seal_${why}`, "never", `${MARK}: ${JSON.stringify([why, tenant, column, row])}`, cause);
  }
}

/** By its words: an error that comes out of an object has lost its class. Null: it is another error. */
export function parseBrokenSeal(error: unknown): BrokenSeal | null {
  if (!(error instanceof Error)) return null;
  const at = error.message.indexOf(`${MARK}: `);
  if (at === -1) return null;
  // Written above.
  const [why, tenant, column, row] = JSON.parse(error.message.slice(at + MARK.length + 2)) as [
    BrokenSeal["why"],
    string,
    string,
    string,
  ];
  return { reason: "seal_broken", why, tenant, column, row };
}
