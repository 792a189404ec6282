// What somebody is told who reads a sealed value that does not open: which one, and nothing of what it holds.
import { Fault, type RefusalOf } from "./refusal.ts";

const MARK = "a sealed value does not open";

export type BrokenSeal = RefusalOf<"seal_broken">;
type Facts = Omit<BrokenSeal, "reason">;

export class SealBroken extends Fault {
  readonly told: BrokenSeal;

  constructor({ why, tenant, column, row }: Facts, cause?: unknown) {
    super(`seal_${why}`, "never", `${MARK}: ${JSON.stringify([why, tenant, column, row])}`, cause);
    this.told = { reason: "seal_broken", why, tenant, column, row };
  }
}

/** A row of a list: one whose sealed part does not open is there without it, and stops no other. */
export type Listed<Row> = Row & { readonly broken?: BrokenSeal | undefined };

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

/** One that was changed is told in its place: it must not stop its neighbours. */
export async function orBroken<T>(opening: Promise<T>): Promise<T | SealBroken> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof SealBroken) return error;
    throw error;
  }
}

/** `closed`: the row as it is shown when it does not open. */
export async function toListed<Row extends object>(opening: Promise<Row>, closed: Row): Promise<Listed<Row>> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof SealBroken) return { ...closed, broken: error.told };
    throw error;
  }
}
